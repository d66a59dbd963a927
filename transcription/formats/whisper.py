"""
Whisper's JSON, as openai-whisper, whisper-timestamped, faster-whisper's tools and WhisperX write it.

They agree on `segments` with `start`, `end` and `text` in seconds and differ in the words:
the text is in `word` (openai-whisper, WhisperX) or `text` (whisper-timestamped), the
confidence in `probability`, `score` or `confidence`. WhisperX leaves out the times of words
that it could not place (digits, mostly): such words are untimed here, never guessed. Its
`word_segments` repeat the words of the segments and are not read; its speakers are labelled per
word, and a segment in which they change becomes several.

Three things real outputs contain are carried over as they are meant: words may reach past
their segment's end (the segment then ends with its last word), a word may be empty (it is
dropped), and confidences are rounded to per mille.

Written is WhisperX's shape alone: everything in it is something we have, and whoever reads
Whisper's `segments` reads it too. Whisper's own file states tokens, temperatures and log
probabilities; without them it would be wrong, and with made-up ones a corrected transcript would
pass for what a model said. Beside WhisperX's fields stand `machine`, `flags` and `interpolated`,
which others skip.
"""

import json
import math
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from transcription.errors import Malformed
from transcription.formats import cues, timing
from transcription.formats.draft import Draft
from transcription.formats.positions import Positions, parsed
from transcription.formats.settling import SLACK_MS
from transcription.language import primary
from transcription.transcript import Flag, Segment, Transcript, Word

_Spoken = tuple[Word, str | None, int]
"""A word, the speaker it is labelled with, and its number in the file."""


def read(content: str, *, language: str | None) -> Draft:
    """Read any of the dialects; the language is the file's unless one is given."""
    data = parsed(content)
    if not isinstance(data, dict) or not isinstance(data.get("segments"), list):
        raise Malformed("not Whisper's JSON: there is no list of segments", line=1)
    positions = Positions(content)
    segments: list[Segment] = []
    stated: list[tuple[int, list[int]]] = []
    for at, found in enumerate(data["segments"]):
        with positions.naming("segments", at):
            for segment, numbers in _segments(found, at, positions):
                segments.append(segment)
                stated.append((at, numbers))
    said, machine = data.get("language"), data.get("machine")
    with positions.naming("language"):
        spoken = primary(language or (said if isinstance(said, str) else None))

    def line(segment: int, word: int | None = None) -> int:
        at, numbers = stated[segment]
        inside = () if word is None else ("words", numbers[word])
        return positions.line("segments", at, *inside)

    return Draft(spoken, tuple(segments), line, machine if isinstance(machine, str) else None)


def write(transcript: Transcript, *, machine: str | None) -> str:
    """Write WhisperX's shape; `ValueError` for a segment without times."""
    segments = [
        _segment_data(segment, start, end)
        for segment, start, end in cues.timed(transcript.segments)
    ]
    document = {
        **({"machine": machine} if machine is not None else {}),
        "language": transcript.language,
        "segments": segments,
        "word_segments": [word for segment in segments for word in segment["words"]],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _segments(data: object, at: int, positions: Positions) -> Iterable[tuple[Segment, list[int]]]:
    """One segment of the file: as many as there are turns of speakers in it."""
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise Malformed("a segment has no text")
    start = timing.seconds_ms(data.get("start"), name="start")
    end = timing.seconds_ms(data.get("end"), name="end")
    found = data.get("words") or []
    if not isinstance(found, list):
        raise Malformed("words is not a list")
    words: list[_Spoken] = []
    for number, entry in enumerate(found):
        with positions.naming("segments", at, "words", number):
            if (word := _word(entry)).text:
                words.append((word, _label(entry), number))
    text, speaker, flags = " ".join(data["text"].split()), _label(data), _flags(data)
    turns = [list(turn) for _, turn in groupby(words, key=lambda spoken: spoken[1] or speaker)]
    if len(turns) <= 1 or "".join(word.text for word, _, _ in words) != text.replace(" ", ""):
        start, end = _reaching(start, end, words)
        kept = tuple(word for word, _, _ in words)
        label = speaker or (words[0][1] if len(turns) == 1 else None)
        yield Segment(text, start, end, kept, label, flags), [n for _, _, n in words]
        return
    for turn in turns:
        kept = tuple(word for word, _, _ in turn)
        times = [t for word in kept for t in (word.start_ms, word.end_ms) if t is not None]
        first, last = (min(times), max(times)) if times else (None, None)
        label = turn[0][1] or speaker
        said = " ".join(word.text for word in kept)
        yield Segment(said, first, last, kept, label, flags), [n for _, _, n in turn]


def _reaching(
    start: int | None, end: int | None, words: list[_Spoken]
) -> tuple[int | None, int | None]:
    """A segment's times, as far as its words reach where they reach further than rounding does."""
    if start is None or end is None or end < start:
        return start, end
    pairs = [
        (word.start_ms, word.end_ms)
        for word, _, _ in words
        if word.start_ms is not None and word.end_ms is not None
    ]
    first = min((begin for begin, _ in pairs), default=start)
    last = max((finish for _, finish in pairs), default=end)
    return (
        first if first < start - SLACK_MS else start,
        last if last > end + SLACK_MS else end,
    )


def _word(data: object) -> Word:
    if not isinstance(data, dict):
        raise Malformed("a word is not an object")
    text = data.get("word", data.get("text"))
    if not isinstance(text, str):
        raise Malformed("a word has no text")
    return Word(
        text=" ".join(text.split()),
        start_ms=timing.seconds_ms(data.get("start"), name="start"),
        end_ms=timing.seconds_ms(data.get("end"), name="end"),
        permille=_permille(data),
        interpolated=data.get("interpolated") is True,
    )


def _permille(data: Mapping[str, Any]) -> int | None:
    for name in ("probability", "confidence", "score"):
        value = data.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Malformed(f"{name} is not a number")
        if not math.isfinite(value) or not 0 <= value <= 1:
            raise Malformed(f"{name} is not between 0 and 1")
        return round(value * 1000)
    return None


def _label(data: Mapping[str, Any]) -> str | None:
    speaker = data.get("speaker")
    return speaker if isinstance(speaker, str) and speaker.strip() else None


def _flags(data: Mapping[str, Any]) -> tuple[Flag, ...]:
    stated = data.get("flags")
    known = {flag.value: flag for flag in Flag}
    if not isinstance(stated, list):
        return ()
    return tuple(known[flag] for flag in stated if isinstance(flag, str) and flag in known)


def _segment_data(segment: Segment, start: int, end: int) -> dict[str, Any]:
    return {
        "start": start / 1000,
        "end": end / 1000,
        "text": segment.text,
        **({"speaker": segment.speaker} if segment.speaker else {}),
        **({"flags": [flag.value for flag in segment.flags]} if segment.flags else {}),
        "words": [_word_data(word) for word in segment.words],
    }


def _word_data(word: Word) -> dict[str, Any]:
    data: dict[str, Any] = {"word": word.text}
    if word.start_ms is not None and word.end_ms is not None:
        data |= {"start": word.start_ms / 1000, "end": word.end_ms / 1000}
    if word.permille is not None:
        data["score"] = word.permille / 1000
    if word.interpolated:
        data["interpolated"] = True
    return data
