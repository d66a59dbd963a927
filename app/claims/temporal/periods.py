"""
Stretches of days, what a wording comes to, and what it is counted from.

A period has its spelling in EDTF and the first and last day that it may mean; the two differ where
a wording is vague ("two months ago" is about then).
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.claims.edtf import WINTER, bounds
from app.claims.temporal.calendar import by_months, shifted
from app.claims.terms import TimeBasis, TimePrecision

SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": WINTER}


class NeedsPublication(Exception):
    """A wording that counts from a date of publication that is not known."""


class NoSuchDate(Exception):
    """A wording of the right shape that names no day there is; the message says why."""


class Looking(StrEnum):
    """Where a wording without a year looks: news tells mostly of what was."""

    BACK = "back"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Context:
    """What a wording is read against."""

    published: date | None
    looking: Looking = Looking.BACK
    night_is_either: bool = False
    day_first: bool = False
    """Whether 05.06.2024 is always the fifth of June in this language."""

    def day(self) -> date:
        """The day that is counted from; `NeedsPublication` where there is none."""
        if self.published is None:
            raise NeedsPublication
        return self.published

    def counted_from(self, day: date | None, looking: Looking) -> "Context":
        """The same, counted from another day."""
        return replace(self, published=day, looking=looking)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None is an open side."""

    edtf: str
    first: date | None
    last: date | None
    precision: TimePrecision


@dataclass(frozen=True, slots=True)
class Reading:
    """What a wording may mean, in order of time, and why."""

    periods: tuple[Period, ...]
    basis: TimeBasis
    why: str
    zone: str | None = None

    @property
    def first(self) -> date | None:
        """The first day of any meaning."""
        days = [each.first for each in self.periods]
        return None if None in days else min(day for day in days if day)

    @property
    def last(self) -> date | None:
        """The last day of any meaning."""
        days = [each.last for each in self.periods]
        return None if None in days else max(day for day in days if day)


def spelled(edtf: str) -> Period:
    """The period that a spelling says."""
    read = bounds(edtf)
    return Period(edtf, read.earliest, read.latest, read.precision)


def day(of: date) -> Period:
    """One day."""
    return spelled(of.isoformat())


def month(year: int, number: int) -> Period:
    """One month."""
    return spelled(f"{year:04}-{number:02}")


def year(number: int) -> Period:
    """One year."""
    return spelled(f"{number:04}")


def season(of_year: int, name: str) -> Period:
    """A season of a year, as EDTF spells it."""
    return spelled(f"{of_year:04}-{SEASONS[name]}")


def days(first: date, last: date) -> Period:
    """From one day to another."""
    if first == last:
        return day(first)
    return spelled(f"{first.isoformat()}/{last.isoformat()}")


def months(first: date, last: date) -> Period:
    """From the month of one day to the month of another."""
    return spelled(f"{first:%Y-%m}/{last:%Y-%m}")


def winter(begins: int) -> Period:
    """The winter that begins in December of a year."""
    return spelled(f"{begins:04}-12/{begins + 1:04}-02")


def around(
    period: Period, centre: date, *, spread_days: int = 0, spread_months: int = 0
) -> Period:
    """The period marked as about then, its bounds widened to both sides of a day."""
    early = by_months(shifted(centre, -spread_days), -spread_months)
    late = by_months(shifted(centre, spread_days), spread_months)
    first = min(early, period.first) if period.first else None
    last = max(late, period.last) if period.last else None
    return replace(period, edtf=period.edtf + "~", first=first, last=last)


def explicit(period: Period, why: str) -> Reading:
    """What the words alone say."""
    return Reading((period,), TimeBasis.EXPLICIT, why)


def relative(context: Context, *periods: Period, why: str) -> Reading:
    """What is counted from the day of publication; each meaning once, in order of time."""
    context.day()
    known = {period.edtf: period for period in periods}
    ordered = sorted(known.values(), key=lambda each: (each.first or date.min, each.edtf))
    return Reading(tuple(ordered), TimeBasis.RELATIVE_TO_PUBLICATION, why)
