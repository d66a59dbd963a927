"""
Placing a text by a Whisper model's own attention: for each of its languages, where its weights are at hand.

The engine hears the recording once. Words of the text that it heard too say roughly when each part of the text is
said, and the parts, none longer than it hears at once, are put into its mouth to see where it looks
(`forced_times`). A part of which the engine itself heard less than three words in ten is given no times: what is put
into its mouth it says, wherever that is.

Against the method of synthetic voices (`placement`): it needs weights and knows a hundred languages; its
times are coarser (a test and the bench say by how much), and a word's per mille is another thing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from more_itertools import chunked
from rapidfuzz.distance import Levenshtein

from transcription.activity import SAMPLE_RATE_HZ, Samples
from transcription.engines.engine import Engine, Forcing
from transcription.errors import EngineUnavailable, NothingToAlign, UnsupportedLanguage
from transcription.placing.timing import regrouped, unsaid
from transcription.span import Span
from transcription.text import fold
from transcription.transcript import Transcript, Word

METHOD = "attention"
VERSION = "1"
MARGIN_MS = 400
"""So much is heard to either side of a part."""
LONGEST_MS = 8000
LEAST_HEARD_PERMILLE = 300
PERMILLE = "A word's per mille is how likely the engine finds it, all before it taken for granted."

Told = Callable[[str], None]


class Aligner(Engine, Forcing, Protocol):
    """An engine that hears and can be forced."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Roughly when a word is said, and whether the engine heard this very word."""

    start_ms: int
    end_ms: int
    is_heard: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of the text from `first` to before `last`, and where they are said."""

    first: int
    last: int
    span: Span


def able(engine: Engine, language: str) -> Aligner:
    """
    The engine as one that can place a text in a language.

    `EngineUnavailable` if none of its attention is known to follow the audio, `UnsupportedLanguage` if it
    does not know the language.
    """
    if not isinstance(engine, Forcing) or engine.parameters.get("word_times") != METHOD:
        raise EngineUnavailable(
            engine.name,
            reason="none of its attention is known to follow the audio",
            remedy="Choose an official Whisper model.",
        )
    if language not in engine.languages:
        raise UnsupportedLanguage(language, by=engine.name)
    return engine


def timed(
    transcript: Transcript,
    samples: Samples,
    engine: Aligner,
    *,
    told: Told = lambda _: None,
) -> Transcript:
    """
    The same segments and words with the times at which they are said in `samples` (16 kHz).

    As `timing.timed` otherwise. Raises as `able` does, and `NothingToAlign` for a text without words.
    """
    able(engine, transcript.language)
    skipped = unsaid(transcript)
    words = [word.text for word in transcript.words()]
    said = [n for n, word in enumerate(words) if n not in skipped and fold(word)]
    if not said:
        raise NothingToAlign("text")
    told("hearing the recording")
    heard = list(_heard(engine, samples, transcript.language))
    parts = _parts(
        [words[number] for number in said],
        heard,
        length_ms=len(samples) * 1000 // SAMPLE_RATE_HZ,
        longest_ms=min(LONGEST_MS, engine.window_ms - 2 * MARGIN_MS),
    )
    placed = [Word(word) for word in words]
    for done, part in enumerate(parts):
        told(f"placing part {done + 1} of {len(parts)}")
        numbers = said[part.first : part.last]
        text = " ".join(words[number] for number in numbers)
        times = engine.forced_times(samples, part.span, text, language=transcript.language)
        if len(times) == len(numbers):
            for number, word in zip(numbers, times, strict=True):
                placed[number] = replace(word, text=words[number])
    return regrouped(transcript, placed)


def derivation(engine: Engine) -> dict[str, object]:
    """What made the times: method, engine, model and every parameter, as plain values."""
    return {
        "method": METHOD,
        "version": f"{METHOD} {VERSION}, {engine.version}",
        "engine": engine.name,
        "model_sha256": engine.model_digest,
        "parameters": {
            **engine.parameters,
            "part_margin_ms": MARGIN_MS,
            "longest_part_ms": LONGEST_MS,
            "least_heard_permille": LEAST_HEARD_PERMILLE,
        },
        "permille": PERMILLE,
    }


def _heard(engine: Engine, samples: Samples, language: str) -> Iterator[Word]:
    """The words that the engine hears, those with times."""
    for group in chunked(engine.windows(samples), engine.batch):
        for segments in engine.transcribe_windows(samples, group, language=language):
            for segment in segments:
                yield from (word for word in segment.words if word.start_ms is not None)


def _parts(
    text: Sequence[str], heard: Sequence[Word], *, length_ms: int, longest_ms: int
) -> list[_Part]:
    """The text in parts that can be heard at once, cut at pauses; those of which enough was heard."""
    places = _places(text, heard)
    found: list[_Part] = []
    first = 0
    while first < len(places):
        last = first + 1
        while last < len(places) and places[last].end_ms - places[first].start_ms <= longest_ms:
            last += 1
        if last < len(places):
            last = max(range(first + 1, last + 1), key=lambda at: _pause(places, at))
        part = places[first:last]
        if sum(place.is_heard for place in part) * 1000 >= LEAST_HEARD_PERMILLE * len(part):
            start = max(0, part[0].start_ms - MARGIN_MS)
            end = min(length_ms, part[-1].end_ms + MARGIN_MS)
            found.append(_Part(first, last, Span(start, max(start, end))))
        first = last
    return found


def _pause(places: Sequence[_Place], at: int) -> tuple[int, int]:
    """How long it is from one word to the next; of equal pauses the later."""
    return places[at].start_ms - places[at - 1].end_ms, at


def _places(text: Sequence[str], heard: Sequence[Word]) -> list[_Place]:
    """Roughly when each word of the text is said: where the word is that was heard in its place."""
    if not heard:
        return []
    steps = Levenshtein.opcodes([fold(w) for w in text], [fold(word.text) for word in heard])
    found: list[_Place] = []
    for step in steps:
        count, beside = step.src_end - step.src_start, step.dest_end - step.dest_start
        for along in range(count):
            at = step.dest_start + (along * beside // count if beside else -1)
            word = heard[min(max(0, at), len(heard) - 1)]
            start, end = word.start_ms or 0, word.end_ms or 0
            before = found[-1].start_ms if found else 0
            found.append(_Place(max(start, before), max(end, start, before), step.tag == "equal"))
    return found
