"""Times that are counted from the day of publication: yesterday, last week, three days ago, Wednesday."""

from datetime import date

from app.claims.temporal.calendar import (
    SUNDAY,
    by_months,
    month_end,
    shifted,
    week_start,
    weekday_after,
    weekday_before,
)
from app.claims.temporal.groups import Found, is_unit, maybe, token
from app.claims.temporal.periods import (
    Context,
    Looking,
    NoSuchDate,
    Reading,
    around,
    day,
    days,
    month,
    months,
    relative,
    spelled,
    year,
)

_SATURDAY = 5
_WEEK = 7
_HOURS = 24
_LONG_MONTHS = {"month": 1, "half_year": 6, "quarter": 3, "year": 12, "decade": 120}
_IN_DAYS = {"day": 1, "week": _WEEK, "fortnight": 14}
_MOST = 5_000
"""The largest number of units that is counted back."""


def day_relative(found: Found, context: Context) -> Reading | None:
    """As in "yesterday", "позавчера"."""
    on = shifted(context.day(), token(found, "R").value)
    return relative(context, day(on), why="counted in days from publication")


def weekday(found: Found, context: Context) -> Reading | None:
    """As in "Wednesday": the latest one up to publication, or the first one from then on."""
    published, number = context.day(), token(found, "W").value
    if context.looking is Looking.BACK:
        on = weekday_before(published, number, same=True)
        return relative(context, day(on), why="the latest such day up to publication")
    on = weekday_after(published, number, same=True)
    return relative(context, day(on), why="the first such day from publication on")


def deictic_weekday(found: Found, context: Context) -> Reading | None:
    """As in "last Friday": the latest one, or that of last week, where these are two days."""
    published, number, step = context.day(), token(found, "W").value, token(found, "L").value
    by_week = shifted(week_start(published), _WEEK * step + number)
    if step == 0:
        return relative(context, day(by_week), why="the one in the week of publication")
    if step not in {-1, 1}:
        return relative(context, day(by_week), why="the week is counted from publication")
    back = step < 0
    closest = (weekday_before if back else weekday_after)(published, number, same=False)
    options = {closest, by_week}
    if published.weekday() == number and back:
        options.add(published)
    why = f"the {'latest such day before' if back else 'first such day after'} publication"
    if len(options) > 1:
        week = "the week before" if back else "the week after"
        why = f"{why}, or the one of {week}" if published not in options else f"{why}, or that day"
    return relative(context, *(day(on) for on in options), why=why)


def weekday_of_week(found: Found, context: Context) -> Reading | None:
    """As in "Friday last week", "в пятницу на прошлой неделе"."""
    if not is_unit(found, "LU", "week"):
        return None
    start = shifted(week_start(context.day()), _WEEK * token(found, "L").value)
    return relative(
        context, day(shifted(start, token(found, "W").value)), why="weeks begin on Monday"
    )


def deictic_unit(found: Found, context: Context) -> Reading | None:
    """As in "last week", "этот месяц", "the next decade", "прошлого века"."""
    step, unit = token(found, "L").value, token(found, "U").value
    published = context.day()
    match unit:
        case "week" | "weekend":
            start = shifted(week_start(published), _WEEK * step)
            first = start if unit == "week" else shifted(start, _SATURDAY)
            week = days(first, shifted(start, SUNDAY))
            return relative(context, week, why="weeks begin on Monday")
        case "month":
            first = by_months(published.replace(day=1), step)
            why = "the month is counted from publication"
            return relative(context, month(first.year, first.month), why=why)
        case "quarter":
            first = by_months(
                published.replace(month=(published.month - 1) // 3 * 3 + 1, day=1), 3 * step
            )
            why = "the quarter is counted from publication"
            return relative(context, months(first, by_months(first, 2)), why=why)
        case "decade":
            return _decade(context, published, step)
        case "century":
            of = spelled(f"{published.year // 100 + step:02}XX")
            return relative(context, of, why="the century is counted from publication")
        case _:
            return None


def _decade(context: Context, published: date, step: int) -> Reading:
    named = spelled(f"{published.year // 10 + step:03}X")
    if step != -1:
        return relative(context, named, why="the decade is counted from publication")
    back = days(by_months(published, -_LONG_MONTHS["decade"]), published)
    why = "the decade before that of publication, or the ten years before publication"
    return relative(context, named, back, why=why)


def ago(found: Found, context: Context) -> Reading | None:
    """As in "three days ago", "два месяца назад", "рік тому"."""
    number, unit = _counted(found), token(found, "U").value
    return _steps(context, -number, unit)


def _steps(context: Context, number: int, unit: str) -> Reading | None:
    published = context.day()
    if unit in {"hour", "minute"}:
        back = 1 if unit == "minute" else -(number // _HOURS)
        first = shifted(published, -max(1, back))
        why = "hours before an hour of publication that is not known"
        return relative(context, days(first, published), why=why)
    if unit in _IN_DAYS:
        size = _IN_DAYS[unit]
        on = shifted(published, number * size)
        if size == 1:
            return relative(context, day(on), why="counted in days from publication")
        half = size // 2
        why = "counted in weeks from publication, about"
        return relative(context, around(day(on), on, spread_days=half), why=why)
    if unit not in _LONG_MONTHS:
        return None
    size = _LONG_MONTHS[unit]
    on = by_months(published, number * size)
    why = f"counted in {unit.replace('_', ' ')}s from publication, about"
    if unit in {"year", "decade"}:
        return relative(context, around(year(on.year), on, spread_months=size // 2), why=why)
    return relative(context, around(month(on.year, on.month), on, spread_days=15), why=why)


def past(found: Found, context: Context) -> Reading | None:
    """As in "the past three days", "за последние два месяца": up to the day of publication."""
    number, unit = _counted(found), token(found, "U").value
    published = context.day()
    if unit in {"hour", "minute"}:
        back = -(-number // _HOURS) if unit == "hour" else 1
        first = shifted(published, -back)
    elif unit in _IN_DAYS:
        first = shifted(published, -number * _IN_DAYS[unit])
    elif unit in _LONG_MONTHS:
        first = by_months(published, -number * _LONG_MONTHS[unit])
    else:
        return None
    return relative(context, days(first, published), why="counted back from publication")


def _counted(found: Found) -> int:
    number = maybe(found, "n")
    counted = 1 if number is None else int(number.value)
    if not 0 < counted <= _MOST:
        raise NoSuchDate("so many are not counted")
    return counted


def day_number(found: Found, context: Context) -> Reading | None:
    """As in "the 21st", "21 числа прошлого месяца"."""
    number, published = token(found, "d").value, context.day()
    if maybe(found, "L"):
        if not is_unit(found, "LU", "month"):
            return None
        first = by_months(published.replace(day=1), token(found, "L").value)
        if not 1 <= number <= month_end(first).day:
            raise NoSuchDate(f"{first:%Y-%m} has no day {number}")
        return relative(
            context, day(first.replace(day=number)), why="the month is counted from publication"
        )
    back = context.looking is Looking.BACK
    for step in range(4):
        first = by_months(published.replace(day=1), -step if back else step)
        if 1 <= number <= month_end(first).day:
            on = first.replace(day=number)
            if on <= published if back else on >= published:
                why = "the latest such day up to publication" if back else "the first such day"
                return relative(context, day(on), why=f"{why}, as no month is given")
    raise NoSuchDate(f"no month has a day {number}")


def so_far(found: Found, context: Context) -> Reading | None:
    """As in "so far this year", "to date in 2025": from its beginning to the day of publication."""
    published = context.day()
    step = maybe(found, "L") or maybe(found, "J")
    unit = maybe(found, "LU")
    if maybe(found, "Y"):
        first = date(token(found, "Y").value, 1, 1)
    elif step is not None and step.value == 0 and unit is not None and unit.value == "month":
        first = published.replace(day=1)
    elif step is not None and step.value == 0 and unit is not None and unit.value == "week":
        first = week_start(published)
    elif step is not None and step.value == 0 and (unit is None or unit.value == "year"):
        first = published.replace(month=1, day=1)
    else:
        return None
    last = min(published, date(first.year, 12, 31)) if maybe(found, "Y") else published
    if first > last:
        raise NoSuchDate(f"{first.year} had not begun at publication")
    return relative(context, days(first, last), why="up to the day of publication")
