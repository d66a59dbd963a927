"""
Spans of time in a recording: half-open, in whole milliseconds from the start of the original.

Integers, because spans are evidence: they are hashed, and a float has more than one
spelling. Written for people as timecodes and for machines as W3C Media Fragments
(`t=12.5,17`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The half-open interval `[start_ms, end_ms)`; never negative, never reversed."""

    start_ms: int
    end_ms: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_ms <= self.end_ms:
            raise ValueError(f"not a span: {self.start_ms}..{self.end_ms} ms")

    @property
    def duration_ms(self) -> int:
        """How long it lasts."""
        return self.end_ms - self.start_ms

    def fragment(self) -> str:
        """Spell it as a W3C Media Fragment, seconds with at most three decimals."""
        return f"t={_seconds(self.start_ms)},{_seconds(self.end_ms)}"


def spanning(start_ms: int | None, end_ms: int | None) -> Span | None:
    """The span between two times, or None where one is not known or they are reversed."""
    if start_ms is None or end_ms is None or end_ms < start_ms:
        return None
    return Span(start_ms, end_ms)


def timecode(ms: int) -> str:
    """Spell a moment for people: `1:02.5` or `1:00:02.5`, tenths of a second."""
    tenths = ms // 100
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    clock = f"{rest // 10:02d}.{rest % 10}"
    return f"{hours}:{minutes:02d}:{clock}" if hours else f"{minutes}:{clock}"


def _seconds(ms: int) -> str:
    whole, rest = divmod(ms, 1000)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)
