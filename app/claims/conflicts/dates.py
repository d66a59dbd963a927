"""Two dates that share no day, and how one may have become the other."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.claims.conflicts.stating import ConflictKind, Explanation, ExplanationCode, Odds, Stated
from app.claims.terms import TimeBasis, TimePrecision
from app.claims.values import TemporalValue


def at_odds(one: Stated, other: Stated) -> Iterator[Odds]:
    """
    Whether two dates share no day; one that is unresolved is at odds with nothing.

    A date that is less exact and holds the other is no conflict.
    """
    first, second = one.value, other.value
    if not isinstance(first, TemporalValue) or not isinstance(second, TemporalValue):
        return
    if first.edtf is None or second.edtf is None or not disjoint(first, second):
        return
    yield Odds(
        kind=ConflictKind.DATE,
        first=first.edtf,
        second=second.edtf,
        explanations=tuple(_explanations(first, second)),
    )


def disjoint(one: TemporalValue, other: TemporalValue) -> bool:
    """Whether no day can be both; an open end reaches for ever."""
    return _ends_before(one, other) or _ends_before(other, one)


def _ends_before(one: TemporalValue, other: TemporalValue) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _explanations(one: TemporalValue, other: TemporalValue) -> Iterator[Explanation]:
    for relative, rival in ((one, other), (other, one)):
        if relative.basis is TimeBasis.RELATIVE_TO_PUBLICATION and _another_year(relative, rival):
            yield Explanation(
                ExplanationCode.RELATIVE_DATE,
                f"“{relative.raw}” counted from {relative.anchor_date} is {relative.edtf}; "
                f"{rival.edtf} is the same time of another year, "
                "as if it had been counted from another date.",
            )
    if _days(one, other) and one.earliest and other.earliest:
        one, other = sorted((one, other), key=lambda each: each.edtf or "")
        assert one.earliest is not None
        assert other.earliest is not None
        if _swapped(one.earliest, other.earliest):
            yield Explanation(
                ExplanationCode.DAY_MONTH_ORDER,
                f"{one.edtf} and {other.edtf} are one date with day and month exchanged.",
            )
        if abs(one.earliest - other.earliest) == timedelta(days=1):
            yield Explanation(
                ExplanationCode.TIME_ZONE,
                f"{one.edtf} and {other.edtf} are neighbours: one moment is two dates "
                "in two time zones.",
            )


def _another_year(one: TemporalValue, other: TemporalValue) -> bool:
    """Whether both are the same stretch of a year, in two years."""
    return (
        one.precision is other.precision
        and one.precision in (TimePrecision.MONTH, TimePrecision.DAY, TimePrecision.SEASON)
        and _time_of_year(one.earliest) == _time_of_year(other.earliest)
        and one.earliest is not None
    )


def _time_of_year(day: date | None) -> tuple[int, int] | None:
    return (day.month, day.day) if day else None


def _days(one: TemporalValue, other: TemporalValue) -> bool:
    return one.precision is other.precision is TimePrecision.DAY


def _swapped(one: date, other: date) -> bool:
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)
