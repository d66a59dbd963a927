"""Decades, centuries, quarters, halves, thirds: times that are parts of a larger one, or hold several."""

from datetime import date

from app.claims.temporal.groups import YEAR, Found, is_unit, maybe, token, year_of
from app.claims.temporal.named import month_or_season
from app.claims.temporal.periods import (
    Context,
    Period,
    Reading,
    days,
    explicit,
    months,
    relative,
    spelled,
)

_MONTHS = 12
_CENTURY = 100
_QUARTERS = 4
_LAST_CENTURY = 30
_PARTS = {"early": 0, "mid": 1, "late": 2}
_THIRDS = 3
_TWO_MONTHS = 62


def decade(found: Found, context: Context) -> Reading | None:
    """As in "the 1990s", "90-е годы", "в девяностых прошлого века"."""
    value = token(found, "K").value
    if not is_unit(found, "KU", "year") or not is_unit(found, "cU", "century"):
        return None
    if value >= _CENTURY:
        return explicit(_decade(value), "the words say the century")
    if maybe(found, "c"):
        of = (token(found, "c").value - 1) * _CENTURY
        return explicit(_decade(of + value), "the words say the century")
    published = context.day()
    if maybe(found, "L"):
        of = published.year // _CENTURY + token(found, "L").value
        why = "the century is counted from publication"
        return relative(context, _decade(of * _CENTURY + value), why=why)
    begins = published.year // _CENTURY * _CENTURY + value
    begins -= _CENTURY if begins > published.year else 0
    why = "the latest such decade up to publication, as no century is given"
    return relative(context, _decade(begins), why=why)


def of_ordinal(found: Found, context: Context) -> Reading | None:
    """As in "the 20th century", "второй квартал 2024 года"."""
    unit, number = token(found, "qU").value, token(found, "n").value
    has_year = any(maybe(found, group) for group in YEAR)
    if unit == "century" and not has_year and 1 < number <= _LAST_CENTURY:
        period = spelled(f"{number - 1:02}XX")
        last = date(number * _CENTURY, _MONTHS, 31)
        why = "counted strictly, it ends with its year 00, which is within the bounds"
        return explicit(Period(period.edtf, period.first, last, period.precision), why)
    if unit == "quarter" and 1 <= number <= _QUARTERS:
        return _months_of_year(found, context, 3 * number - 2, 3)
    return None


def half(found: Found, context: Context) -> Reading | None:
    """As in "the first half of 2024", "вторая половина мая"."""
    number = token(found, "n").value
    if number not in {1, 2}:
        return None
    if maybe(found, "M") is None:
        return _months_of_year(found, context, 6 * number - 5, 6)
    read = month_or_season(found, context)
    if read is None or token(found, "M").code != "M" or read.first is None or read.last is None:
        return None
    middle = read.first.replace(day=15)
    period = days(read.first, middle) if number == 1 else days(middle.replace(day=16), read.last)
    return Reading((period,), read.basis, read.why)


def first_months(found: Found, context: Context) -> Reading | None:
    """As in "the first three months of 2025"."""
    number = token(found, "n").value
    if token(found, "O").value != 1 or token(found, "U").value != "month":
        return None
    return _months_of_year(found, context, 1, number) if 1 <= number <= _MONTHS else None


def part_of(read: Reading, which: str) -> Reading | None:
    """A third of a time, about: "early May", "конец 2024 года"; the whole of a day; None of an open time."""
    made = [_third(period, _PARTS[which]) for period in read.periods]
    thirds = tuple(period for period in made if period is not None)
    if len(thirds) < len(made):
        return None
    whole = thirds == read.periods
    what = "the hours stay in the words" if whole else f"{which} is taken as a third of it, about"
    return Reading(thirds, read.basis, f"{read.why}; {what}")


def _third(period: Period, part: int) -> Period | None:
    if period.first is None or period.last is None:
        return None
    length = (period.last - period.first).days + 1
    if length == 1:
        return period
    if length < _THIRDS:
        return None
    if length > _TWO_MONTHS:
        begins = period.first.year * _MONTHS + period.first.month - 1
        count = period.last.year * _MONTHS + period.last.month - begins
        size = count // _THIRDS
        first = begins + part * size
        last = begins + count - 1 if part == _PARTS["late"] else first + size - 1
        return spelled("/".join(f"{n // _MONTHS:04}-{n % _MONTHS + 1:02}~" for n in (first, last)))
    size = length // _THIRDS
    day = period.first.toordinal() + part * size
    end = period.last.toordinal() if part == _PARTS["late"] else day + size - 1
    return spelled("/".join(f"{date.fromordinal(n).isoformat()}~" for n in (day, end)))


def _months_of_year(
    found: Found, context: Context, first_month: int, length: int
) -> Reading | None:
    if any(maybe(found, group) for group in YEAR):
        number, said, why = year_of(found, context)
        if number is None:
            return None
    else:
        number, said, why = context.day().year, False, "in the year of publication"
    last = date(number, first_month + length - 1, 1)
    period = months(date(number, first_month, 1), last)
    return explicit(period, why) if said else relative(context, period, why=why)


def _decade(begins: int) -> Period:
    return spelled(f"{begins // 10:03}X")
