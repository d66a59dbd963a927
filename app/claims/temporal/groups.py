"""What a rule found: the tokens that it names, and the questions that are asked of them."""

from collections.abc import Callable

from app.claims.temporal.periods import Context, Reading
from app.claims.temporal.tokens import Token

Found = dict[str, Token | None]
"""The tokens that a rule names, by the name of the group."""
Rule = Callable[[Found, Context], Reading | None]
"""Reads what was found; None where the words do not fit after all."""
YEAR = ("Y", "L", "J")
"""The groups of which one tells a year."""


def token(found: Found, name: str) -> Token:
    """A token that the rule cannot do without."""
    there = found[name]
    assert there is not None
    return there


def maybe(found: Found, name: str) -> Token | None:
    """A token that need not be there."""
    return found.get(name)


def is_unit(found: Found, name: str, unit: str) -> bool:
    """Whether the unit beside a number is this one; true where there is none."""
    there = found.get(name)
    return there is None or there.value == unit


def year_of(found: Found, context: Context) -> tuple[int | None, bool, str]:
    """The year that a rule names (None: it is none), whether the words alone say it, and why."""
    if maybe(found, "Y"):
        fits = is_unit(found, "YU", "year")
        return (token(found, "Y").value if fits else None), True, "the words say the year"
    step = maybe(found, "J")
    if step is None:
        if maybe(found, "LU") is None or not is_unit(found, "LU", "year"):
            return None, False, ""
        step = token(found, "L")
    return context.day().year + step.value, False, "the year is counted from publication"
