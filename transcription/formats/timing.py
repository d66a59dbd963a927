"""Moments in transcript files: how clocks and seconds are read and written."""

import math
import re
from decimal import Decimal, InvalidOperation

from transcription.errors import Malformed

MAX_MS = 1000 * 3600 * 1000
"""No recording is longer than a thousand hours; a time past it is a mistake."""

_CLOCK = re.compile(r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)[.,](\d{3})\Z", re.ASCII)
_ABSURD = 10**12


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


def spoken(ms: int) -> str:
    """Write a moment for a message; a file may state one before the recording begins."""
    return f"-{clock(-ms)}" if ms < 0 else clock(ms)


def seconds(ms: int) -> str:
    """Write milliseconds as seconds, exactly: `12.5`, `17`."""
    whole, rest = divmod(ms, 1000)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)


def seconds_ms(value: object, *, name: str, line: int = 0) -> int | None:
    """
    Read seconds as a JSON number, rounded to the millisecond; None stays None (unknown).

    A negative time, or one past any recording, is for `settling` to judge.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Malformed(f"{name} is not a number of seconds", line=line)
    if not -_ABSURD < value < _ABSURD:
        raise Malformed(f"{name} is out of range", line=line)
    return round(value * 1000)


def decimal_ms(text: str, *, line: int) -> int:
    """Read seconds as a decimal numeral, rounded to the millisecond (half to even)."""
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise Malformed(f"not a number of seconds: {text[:40]!r}", line=line) from error
    if not value.is_finite() or not -_ABSURD < value < _ABSURD:
        raise Malformed("a time is out of range", line=line)
    return round(value * 1000)
