"""
Real radio: 89 s of Apollo 11, what a large model heard of it, and what NASA wrote down, to the second.

By text alone an utterance is located where a place proposed for it overlaps its time. By the audio too, the
whole text is placed by what the large model heard of it and by transmissions (`placing.guide`), and an
utterance counts where it begins within a second and a half: of a short recording whose text is known whole, nearly any
placing overlaps. Beside it, how many begin so near when the text is spread evenly over the recording.
"""

import json
import re
from itertools import accumulate, chain, pairwise

from bench.figure import Figure, rounded
from bench.spoken import SHARED
from transcription import audio, formats
from transcription.alignment import align
from transcription.alignment.speech import hear
from transcription.formats import TranscriptFormat
from transcription.placing import guide, turns
from transcription.span import Span
from transcription.text import fold
from transcription.transcript import Segment, Transcript

LEAST_WORDS = 4
"""From so many words on an utterance counts as one of the longer ones."""
WITHIN_MS = 1500
_OUTPUTS = {"large": "large", "tiny": "accurate.tiny", "looped": "stucked_lm"}


def figures() -> list[Figure]:
    """Utterances located by text alone, and by the audio too; nothing without the recordings."""
    if not SHARED.is_dir():
        return []
    official = json.loads((SHARED / "en_apollo11_official_transcript.json").read_text("utf-8"))
    said = [(line["t"] * 1000, line["text"]) for line in official["segments"]]
    return [_by_text(said), _by_audio(said)]


def _heard(name: str) -> Transcript:
    path = SHARED / "whisper_outputs" / f"corner_cases__{_OUTPUTS[name]}_apollo11.mp3.words.json"
    return formats.read(path.read_bytes(), format=TranscriptFormat.WHISPER)


def _is_longer(text: str) -> bool:
    return len(re.findall(r"[\w']+", text)) >= LEAST_WORDS


def _by_text(said: list[tuple[int, str]]) -> Figure:
    heard = hear(_heard("large"))
    found = []
    for (start, text), (end, _) in pairwise([*said, (said[-1][0] + 10_000, "")]):
        told = align(text, quote_language="en", transcript=heard).occurrences
        spans = [place.span_ms for place in told if place.span_ms]
        near = any(span.start_ms < end and start < span.end_ms for span in spans)
        if near and _is_longer(text):
            found.append(text[:40])
    return Figure(
        name=f"Apollo 11: utterances of {sum(_is_longer(text) for _, text in said)} located",
        value=len(found),
        unit="",
        bar=5,
        facts={"located": found},
    )


def _by_audio(said: list[tuple[int, str]]) -> Figure:
    with (SHARED / "en_tests_data_apollo11.mp3").open("rb") as file:
        samples = audio.samples(file)
    text = Transcript("en", tuple(Segment(line, None, None) for _, line in said))
    late = {
        name: _late(
            said,
            [segment.start_ms for segment in guide.timed(text, samples, _heard(name)).segments],
        )
        for name in _OUTPUTS
    }
    lines = [[fold(word) for word in line.split() if fold(word)] for _, line in said]
    whole = Span(0, len(samples) * 1000 // audio.SAMPLE_RATE_HZ)
    even = turns.laid([list(chain(*lines))], [whole], whole, letters_a_second=1)
    firsts = accumulate(map(len, lines[:-1]), initial=0)
    evenly = _late(said, [even[first].start_ms for first in firsts])
    return Figure(
        name=f"Apollo 11: utterances of {len(evenly)} that begin within 1.5 s, by the audio too",
        value=_near(late["large"]),
        unit="",
        bar=6,
        facts={
            "how late each begins, s": rounded([one for one in late["large"] if one is not None]),
            "by the tiny model's words": _near(late["tiny"]),
            "by looped words": _near(late["looped"]),
            "spread evenly over the recording": _near(evenly),
        },
    )


def _late(said: list[tuple[int, str]], starts: list[int | None]) -> list[float | None]:
    """In seconds, for each of the longer utterances; `None` where it has no time."""
    return [
        None if start is None else (start - at) / 1000
        for (at, text), start in zip(said, starts, strict=True)
        if _is_longer(text)
    ]


def _near(late: list[float | None]) -> int:
    return sum(one is not None and abs(one) * 1000 <= WITHIN_MS for one in late)
