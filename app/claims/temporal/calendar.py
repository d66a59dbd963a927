"""Days counted forward and back, by the standard library; weeks begin on Monday (ISO 8601)."""

import calendar
from datetime import date, timedelta

SUNDAY = 6
_YEAR = 12


def shifted(day: date, days: int) -> date:
    """So many days later, or earlier where negative; `OverflowError` outside of the calendar."""
    return day + timedelta(days=days)


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def by_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier), or the last one of a shorter month."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    last = calendar.monthrange(year, month + 1)[1] if 1 <= year <= date.max.year else 0
    if not last:
        raise OverflowError("outside of the calendar")
    return date(year, month + 1, min(day.day, last))


def week_start(day: date) -> date:
    """The Monday of the week of a day."""
    return shifted(day, -day.weekday())


def weekday_before(day: date, weekday: int, *, same: bool) -> date:
    """The last such weekday before a day; with `same`, the day itself may be it."""
    back = (day.weekday() - weekday) % 7
    return shifted(day, -(back if back or same else 7))


def weekday_after(day: date, weekday: int, *, same: bool) -> date:
    """The next such weekday after a day; with `same`, the day itself may be it."""
    ahead = (weekday - day.weekday()) % 7
    return shifted(day, ahead if ahead or same else 7)
