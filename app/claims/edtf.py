"""
Level 1 of the Extended Date/Time Format (ISO 8601-2:2019, annex A), read as the days it covers.

Dates, months, years; seasons 21 to 24; qualifiers `?`, `~` and `%` at the end; unspecified digits
(`202X`, `20XX`, `2024-XX`, `2024-11-XX`, `2024-XX-XX`); intervals with an open (`..`) or unknown
(empty) side; instants with their zone. Of level 2 the one thing that a wording with several
readings needs: one of a set, `[2024-05,2025-05]`, whose members may be ranges (`2022-12..2023-02`). Years outside 0001 to 9999 are refused: a calendar that the
standard library cannot count in would be a second one. Seasons are the meteorological ones of the northern
hemisphere, and a winter may be either of the two that touch its year, for EDTF leaves both open.

The kept library `edtf` reads more (levels 2 and 3) and pads "about" by a year; what is needed here is smaller
than what would have to be explained.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime

from app.claims.terms import TimePrecision
from app.core.errors import Invalid


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day that a value may mean; None on a side that is open or unknown."""

    earliest: date | None
    latest: date | None
    precision: TimePrecision


_SHAPE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?[?~%]?\Z",
    re.ASCII,
)
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11)}
WINTER = 24
_LONGEST = 80


def bounds(text: str, *, field: str = "edtf") -> Bounds:
    """The days that an EDTF value covers; `Invalid` naming `field` if it is none of level 1."""
    tidy = text.strip()
    if not tidy or len(tidy) > _LONGEST:
        raise _refused(text, field)
    if tidy[0] == "[" and tidy[-1] == "]":
        return _one_of(tidy[1:-1].split(","), text=text, field=field)
    if tidy.count("/") == 1:
        return _interval(*tidy.split("/"), text=text, field=field)
    if "T" in tidy:
        return _instant(tidy, text, field)
    shape = _SHAPE.match(tidy)
    if shape is None:
        raise _refused(text, field)
    try:
        return _date(shape)
    except ValueError as error:
        raise Invalid(f"{text[:_LONGEST]!r} is not a date: {error}", field=field) from error


def _refused(text: str, field: str) -> Invalid:
    return Invalid(f"{text[:_LONGEST]!r} is not a date of EDTF level 1", field=field)


def _one_of(members: list[str], *, text: str, field: str) -> Bounds:
    """The days of any member; a member may be a range, spelled with two dots."""
    read = [bounds(member.strip().replace("..", "/"), field=field) for member in members]
    if len(read) < 2:  # noqa: PLR2004 - one of one is no choice
        raise Invalid(f"{text!r} is a choice of one", field=field)
    first = [each.earliest for each in read if each.earliest]
    last = [each.latest for each in read if each.latest]
    return Bounds(
        min(first) if len(first) == len(read) else None,
        max(last) if len(last) == len(read) else None,
        read[0].precision,
    )


def _interval(left: str, right: str, *, text: str, field: str) -> Bounds:
    if left in {"", ".."} and right in {"", ".."}:
        raise Invalid(f"{text!r} has no side that is a date", field=field)
    first = None if left in {"", ".."} else bounds(left, field=field)
    last = None if right in {"", ".."} else bounds(right, field=field)
    begins = first.earliest if first else None
    ends = last.latest if last else None
    if begins is not None and ends is not None and begins > ends:
        raise Invalid(f"{text!r} ends before it begins", field=field)
    return Bounds(begins, ends, TimePrecision.INTERVAL)


def _instant(tidy: str, text: str, field: str) -> Bounds:
    try:
        instant = datetime.fromisoformat(tidy)
    except ValueError as error:
        raise _refused(text, field) from error
    if instant.tzinfo is None:
        raise Invalid(f"{text!r} has a time but no time zone", field=field)
    return Bounds(instant.date(), instant.date(), TimePrecision.INSTANT)


def _date(shape: re.Match[str]) -> Bounds:
    year, month, day = shape["year"], shape["month"], shape["day"]
    first = int(year.replace("X", "0"))
    last = int(year.replace("X", "9"))
    if "X" in year:
        if month:
            raise ValueError("a year that is not known to the end has no month")
        fine = TimePrecision.CENTURY if year.endswith("XX") else TimePrecision.DECADE
        return Bounds(date(max(first, 1), 1, 1), date(last, 12, 31), fine)
    if month is None or (month == "XX" and day in {None, "XX"}):
        return Bounds(date(first, 1, 1), date(first, 12, 31), TimePrecision.YEAR)
    if month == "XX":
        raise ValueError("a day without its month")
    if int(month) in {*_SEASONS, WINTER}:
        if day is not None:
            raise ValueError("a season has no day")
        return _season(first, int(month))
    if day in {None, "XX"}:
        return Bounds(
            date(first, int(month), 1), _month_end(date(first, int(month), 1)), TimePrecision.MONTH
        )
    exact = date(first, int(month), int(day or 0))
    return Bounds(exact, exact, TimePrecision.DAY)


def _season(year: int, season: int) -> Bounds:
    if season == WINTER:
        begins = date(year - 1, 12, 1) if year > 1 else date(year, 1, 1)
        ends = _month_end(date(min(year + 1, 9999), 2, 1))
        return Bounds(begins, ends, TimePrecision.SEASON)
    begun, ended = _SEASONS[season]
    return Bounds(date(year, begun, 1), _month_end(date(year, ended, 1)), TimePrecision.SEASON)


def _month_end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
