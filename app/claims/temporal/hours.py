"""Parts of a day: nights lie between two days, other parts within one; hours stay in the words."""

from app.claims.temporal.calendar import shifted
from app.claims.temporal.groups import Found, token
from app.claims.temporal.periods import Context, Looking, Reading, day, days, relative


def night_of(read: Reading, which: str, context: Context) -> Reading | None:
    """The night (or another part) of a day; a night lies between two days."""
    on = read.first
    if on is None or read.last is None or len(read.periods) > 1 or on != read.last:
        return None
    if which != "night":
        return Reading(
            read.periods, read.basis, f"{read.why}; the hours stay in the words", read.zone
        )
    after, before = days(on, shifted(on, 1)), days(shifted(on, -1), on)
    if context.night_is_either:
        why = f"{read.why}; the night before that day, or the one after"
        return Reading((before, after), read.basis, why, read.zone)
    return Reading((after,), read.basis, f"{read.why}; a night lies between two days", read.zone)


def night_to(read: Reading) -> Reading | None:
    """As in "в ночь на 21 мая": the night before that day."""
    on = read.first
    if on is None or on != read.last:
        return None
    why = f"{read.why}; the night before that day"
    return Reading((days(shifted(on, -1), on),), read.basis, why, read.zone)


def deictic_part(found: Found, context: Context) -> Reading | None:
    """As in "last night", "минувшей ночью", "this morning"."""
    published, step, part = context.day(), token(found, "L").value, token(found, "P").value
    if part == "night" and (step == -1 or (step == 0 and context.looking is Looking.BACK)):
        return last_night(found, context)
    if part == "night" and step == 0:
        return tonight(found, context)
    if step == 0:
        return relative(context, day(published), why="the day of publication")
    if step == -1 and part == "evening":
        return relative(context, day(shifted(published, -1)), why="the day before publication")
    return None


def last_night(_: Found, context: Context) -> Reading | None:
    """As in "overnight": the night before the day of publication."""
    published = context.day()
    return relative(
        context, days(shifted(published, -1), published), why="the night before publication"
    )


def tonight(_: Found, context: Context) -> Reading | None:
    """As in "tonight": the night after the day of publication."""
    published = context.day()
    return relative(
        context, days(published, shifted(published, 1)), why="the night of the day of publication"
    )
