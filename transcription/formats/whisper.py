"""
Whisper's JSON, as openai-whisper, whisper-timestamped and WhisperX write it.

They agree on `segments` with `start`, `end` and `text` in seconds and differ in the words:
the text is in `word` (openai-whisper, WhisperX) or `text` (whisper-timestamped), the
confidence in `probability`, `score` or `confidence`. WhisperX leaves out the times of words
that it could not place (digits, mostly): such words are untimed here, never guessed.

Three things real outputs contain are carried over as they are meant: words may reach past
their segment's end (the segment then ends with its last word), a word may be empty (it is
dropped), and confidences are rounded to per mille.
"""

import math
from collections.abc import Mapping
from typing import Any

from transcription.errors import Malformed
from transcription.formats import timing
from transcription.formats.native import parsed
from transcription.language import primary
from transcription.transcript import Segment, Transcript, Word


def read(content: str, *, language: str | None) -> Transcript:
    """Read any of the three dialects; the language is the file's unless one is given."""
    data = parsed(content)
    if not isinstance(data, dict) or not isinstance(data.get("segments"), list):
        raise Malformed("not Whisper's JSON: there is no list of segments", line=1)
    lines = _lines_of_segments(content, len(data["segments"]))
    segments = [
        _segment(segment, line) for segment, line in zip(data["segments"], lines, strict=True)
    ]
    timing.check(segments, lines=lines)
    said = data.get("language")
    tag = language or (said if isinstance(said, str) else None)
    return Transcript(primary(tag), tuple(segments))


def _segment(data: object, line: int) -> Segment:
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise Malformed("a segment has no text", line=line)
    start = timing.seconds_ms(data.get("start"), name="start", line=line)
    end = timing.seconds_ms(data.get("end"), name="end", line=line)
    found = data.get("words") or []
    if not isinstance(found, list):
        raise Malformed("words is not a list", line=line)
    words = tuple(word for entry in found if (word := _word(entry, line)).text)
    ends = [word.end_ms for word in words if word.end_ms is not None]
    starts = [word.start_ms for word in words if word.start_ms is not None]
    if start is not None and end is not None:
        start, end = min([start, *starts]), max([end, *ends])
    speaker = data.get("speaker")
    return Segment(
        text=" ".join(data["text"].split()),
        start_ms=start,
        end_ms=end,
        words=words,
        speaker=speaker if isinstance(speaker, str) else None,
    )


def _word(data: object, line: int) -> Word:
    if not isinstance(data, dict):
        raise Malformed("a word is not an object", line=line)
    text = data.get("word", data.get("text"))
    if not isinstance(text, str):
        raise Malformed("a word has no text", line=line)
    return Word(
        text=" ".join(text.split()),
        start_ms=timing.seconds_ms(data.get("start"), name="start", line=line),
        end_ms=timing.seconds_ms(data.get("end"), name="end", line=line),
        permille=_permille(data, line),
    )


def _permille(data: Mapping[str, Any], line: int) -> int | None:
    for name in ("probability", "confidence", "score"):
        value = data.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Malformed(f"{name} is not a number", line=line)
        if not math.isfinite(value) or not 0 <= value <= 1:
            raise Malformed(f"{name} is not between 0 and 1", line=line)
        return round(value * 1000)
    return None


def _lines_of_segments(content: str, count: int) -> list[int]:
    """
    The line on which each segment stands, for messages.

    JSON keeps no lines, so they are counted at the field that whisper writes once per segment
    (`id` or `seek`); a file without either is at fault "in line 1".
    """
    for marker in ('"id":', '"seek":'):
        if content.count(marker) == count:
            lines: list[int] = []
            at, line = 0, 1
            for _ in range(count):
                found = content.index(marker, at)
                line += content.count("\n", at, found)
                lines.append(line)
                at = found + 1
            return lines
    return [1] * count
