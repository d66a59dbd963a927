"""Times that are named: years, months and seasons, days of a month, numeric dates."""

from datetime import date

from app.claims.temporal.calendar import month_end
from app.claims.temporal.groups import YEAR, Found, maybe, token, year_of
from app.claims.temporal.periods import (
    Context,
    Looking,
    NoSuchDate,
    Period,
    Reading,
    day,
    explicit,
    month,
    relative,
    season,
    spelled,
    winter,
    year,
)
from app.claims.temporal.tokens import Token
from app.claims.terms import TimeBasis
from app.core.errors import Invalid

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CENTURY = 100
_AHEAD_YEARS = 20
"""How far after publication a year of two digits is still taken to lie."""


def whole_year(found: Found, context: Context) -> Reading | None:
    """As in "2024", "last year", "торік"."""
    number, said, why = year_of(found, context)
    if number is None:
        return None
    return explicit(year(number), why) if said else relative(context, year(number), why=why)


def month_or_season(found: Found, context: Context) -> Reading | None:
    """As in "November 2024", "May this year", "November", "навесні"."""
    name = token(found, "M")
    if any(maybe(found, group) for group in YEAR):
        number, said, why = year_of(found, context)
        if number is None:
            return None
        periods = _in_year(name, number)
        if len(periods) > 1:
            why = f"{why}; a winter touches two years, and it is not said which"
        if not said:
            return relative(context, *periods, why=why)
        return Reading(periods, TimeBasis.EXPLICIT, why)
    why = f"{_looked(context)}, as no year is given"
    return relative(context, _nearest(name, context), why=why)


def deictic_month(found: Found, context: Context) -> Reading | None:
    """As in "last November": the latest that is over, and that of last year where it is another."""
    name, step = token(found, "M"), token(found, "L").value
    published = context.day()
    if step == 0:
        period = _nearest(name, context) if _is_winter(name) else None
        periods = (period,) if period else _in_year(name, published.year)
        return relative(context, *periods, why="the one in the year of publication")
    around = _around(name, published.year)
    if step < 0:
        over = [each for each in around if each.last and each.last < published]
        closest, why = over[step], "the latest one that was over at publication"
    else:
        to_come = [each for each in around if each.first and each.first > published]
        closest, why = to_come[step - 1], "the first one after publication"
    if _is_winter(name):
        return relative(context, closest, why=why)
    (by_year,) = _in_year(name, published.year + step)
    if by_year != closest:
        why = f"{why}, or the one in the year {'before' if step < 0 else 'after'} it"
    return relative(context, closest, by_year, why=why)


def date_of_month(found: Found, context: Context) -> Reading | None:
    """As in "May 5", "the 21st of May 2025", "5 мая прошлого года"; a weekday beside it must agree."""
    of_month, number = token(found, "M").value, token(found, "d").value
    if any(maybe(found, group) for group in YEAR):
        of_year, said, why = year_of(found, context)
        if of_year is None:
            return None
        period = day(_exact(of_year, of_month, number))
        read = explicit(period, why) if said else relative(context, period, why=why)
    else:
        read = _day_without_year(of_month, number, context)
    weekday, on = maybe(found, "W"), read.first
    if weekday is not None and on is not None and on.weekday() != weekday.value:
        falls = _WEEKDAYS[on.weekday()]
        raise NoSuchDate(f"{on.isoformat()} is a {falls}, not a {_WEEKDAYS[weekday.value]}")
    return read


def numeric(found: Found, context: Context) -> Reading | None:
    """ISO 8601, or digits with stops or slashes, whose order the words may not tell."""
    text = str(token(found, "I").value)
    if "-" in text:
        try:
            return explicit(spelled(text), "a date of ISO 8601")
        except Invalid as error:
            raise NoSuchDate(error.message) from error
    one, two, of_year = (int(part) for part in text.replace("/", ".").split("."))
    in_full = of_year >= _CENTURY
    if not in_full:
        published = context.day()
        of_year += published.year // _CENTURY * _CENTURY
        of_year -= _CENTURY if of_year > published.year + _AHEAD_YEARS else 0
    orders = [(one, two)] if "." in text and context.day_first else [(one, two), (two, one)]
    options = {_or_none(of_year, second, first) for first, second in orders} - {None}
    if not options:
        raise NoSuchDate(f"{text} is no date in any order of its numbers")
    periods = tuple(day(on) for on in sorted(on for on in options if on))
    why = (
        "a numeric date"
        if len(periods) == 1
        else "which is the day and which the month, is not told"
    )
    if in_full:
        return Reading(periods, TimeBasis.EXPLICIT, why)
    return relative(context, *periods, why=f"{why}; the century is that of publication")


def winter_pair(found: Found, _: Context) -> Reading | None:
    """As in "зимой 2023/24": a winter with both of its years."""
    begins, ends = str(token(found, "Q").value).split("/")
    if not _is_winter(token(found, "M")) or (int(begins) + 1 - int(ends)) % _CENTURY:
        return None
    return explicit(winter(int(begins)), "a winter with both of its years")


def _day_without_year(of_month: int, number: int, context: Context) -> Reading:
    published = context.day()
    back = context.looking is Looking.BACK
    for step in range(5):
        on = _or_none(published.year + (-step if back else step), of_month, number)
        if on is not None and (on <= published if back else on >= published):
            return relative(context, day(on), why=f"{_looked(context)}, as no year is given")
    raise NoSuchDate(f"month {of_month} has no day {number}")


def _in_year(name: Token, of_year: int) -> tuple[Period, ...]:
    """The month or season of a year; both winters that touch it."""
    if name.code == "M":
        return (month(of_year, name.value),)
    if _is_winter(name):
        return winter(of_year - 1), winter(of_year)
    return (season(of_year, name.value),)


def _around(name: Token, of_year: int) -> list[Period]:
    """The same month or season of the years about one, each once, in order."""
    years = range(of_year - 4, of_year + 5)
    if _is_winter(name):
        return [winter(each) for each in years]
    return [period for each in years for period in _in_year(name, each)]


def _nearest(name: Token, context: Context) -> Period:
    published = context.day()
    around = _around(name, published.year)
    if context.looking is Looking.BACK:
        return [each for each in around if each.first and each.first <= published][-1]
    return next(each for each in around if each.last and each.last >= published)


def _looked(context: Context) -> str:
    if context.looking is Looking.BACK:
        return "the latest one up to publication"
    return "the first one from publication on"


def _is_winter(name: Token) -> bool:
    return bool(name.value == "winter")


def _exact(of_year: int, of_month: int, number: int) -> date:
    on = _or_none(of_year, of_month, number)
    if on is None:
        last = month_end(date(of_year, of_month, 1)).day
        raise NoSuchDate(f"{of_year}-{of_month:02} has {last} days, and {number} is none of them")
    return on


def _or_none(of_year: int, of_month: int, number: int) -> date | None:
    try:
        return date(of_year, of_month, number)
    except ValueError:
        return None
