"""
Times in transcript files: how clocks are read and written, and which orders are refused.

The rules are the same for every format. A time is never negative; an end is never before its
start; a segment may begin at most `SLACK_MS` before the one in front of it ends (engines
round ends and starts separately), and never before that one's start; words keep the same
order within their segment and may leave it by as much. Nothing is repaired.
"""

import math
import re
from collections.abc import Sequence

from transcription.errors import Malformed
from transcription.transcript import Segment

SLACK_MS = 20
"""How far two neighbouring segments, or words, may overlap before the file is refused."""

MAX_MS = 1000 * 3600 * 1000
"""No recording is longer than a thousand hours; a time past it is a mistake."""

_CLOCK = re.compile(r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)[.,](\d{3})\Z", re.ASCII)


def clock_ms(text: str, *, line: int) -> int:
    """Read `[hh:]mm:ss.mmm` (a comma is taken for the point) as milliseconds."""
    found = _CLOCK.match(text)
    if not found:
        raise Malformed(f"not a time: {text[:40]!r}", line=line)
    hours, minutes, seconds, thousandths = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def clock(ms: int, *, point: str = ".") -> str:
    """Write milliseconds as `hh:mm:ss.mmm`, the point spelled as given."""
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{point}{thousandths:03d}"


def seconds_ms(value: object, *, name: str, line: int) -> int | None:
    """Read seconds as a JSON number, rounded to the millisecond; None stays None (unknown)."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Malformed(f"{name} is not a number of seconds", line=line)
    if not 0 <= value * 1000 <= MAX_MS:
        raise Malformed(f"{name} is out of range", line=line)
    return round(value * 1000)


def check(segments: Sequence[Segment], *, lines: Sequence[int]) -> None:
    """Refuse contradictory times; `lines[i]` is where segment `i` stands in the file."""
    before: tuple[int, int] | None = None
    for segment, line in zip(segments, lines, strict=True):
        here = _pair(segment.start_ms, segment.end_ms, what="segment", line=line)
        before = _in_order(before, here, what="segment", line=line)
        inside: tuple[int, int] | None = None
        for word in segment.words:
            spoken = _pair(word.start_ms, word.end_ms, what="word", line=line)
            if here and spoken and not _within(spoken, here):
                raise Malformed("a word lies outside its segment", line=line)
            inside = _in_order(inside, spoken, what="word", line=line)


def _pair(start: int | None, end: int | None, *, what: str, line: int) -> tuple[int, int] | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise Malformed(f"a {what} has only one of its two times", line=line)
    if not 0 <= start <= end <= MAX_MS:
        raise Malformed(f"a {what} ends before it starts, or is out of range", line=line)
    return start, end


def _in_order(
    before: tuple[int, int] | None, here: tuple[int, int] | None, *, what: str, line: int
) -> tuple[int, int] | None:
    if here is None or before is None:
        return here or before
    if here[0] < before[0]:
        raise Malformed(f"a {what} starts before the one in front of it", line=line)
    if here[0] < before[1] - SLACK_MS:
        raise Malformed(f"a {what} overlaps the one in front of it", line=line)
    return here


def _within(word: tuple[int, int], segment: tuple[int, int]) -> bool:
    return segment[0] - SLACK_MS <= word[0] and word[1] <= segment[1] + SLACK_MS
