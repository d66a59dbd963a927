"""One person's words, as two reports give them."""

from collections.abc import Iterator

from app.claims.conflicts import names
from app.claims.conflicts.stating import ConflictKind, Explanation, ExplanationCode, Odds, Stated
from app.claims.facts import Answerable, Bearing, Characterisation
from app.claims.telling import of


def at_odds(one: Stated, other: Stated) -> Iterator[Odds]:
    """Whether two reports give one sayer different words for the same thing."""
    if one.report_id == other.report_id or not same_sayer(one, other):
        return
    first, second = _word(one.value), _word(other.value)
    if first is None or second is None or first == second:
        return
    yield Odds(
        kind=ConflictKind.WORDING,
        first=first,
        second=second,
        explanations=(
            Explanation(
                ExplanationCode.RENDERING,
                "One person's words, given differently by two reports: translated, shortened or "
                "from two occasions.",
            ),
        ),
    )


def same_sayer(one: Stated, other: Stated) -> bool:
    """
    Whether two claims are said by one: the same agent, or persons whose names are one.

    Somebody who is only described ("an official") is not the same as another who is.
    """
    if one.sayer_id is not None and other.sayer_id is not None:
        return one.sayer_id == other.sayer_id
    first, second = one.sayer or "", other.sayer or ""
    if not (_is_name(first) and _is_name(second)):
        return False
    return first.casefold() == second.casefold() or names.are_one(first, second) is not None


def _is_name(text: str) -> bool:
    """Whether it ends on a word with a capital letter, as names do and descriptions do not."""
    words = text.split()
    return bool(words) and words[-1][:1].isupper()


def _word(value: object) -> str | None:
    match value:
        case Characterisation():
            return str(value.category)
        case Answerable():
            return str(value.mode)
        case Bearing():
            return f"{value.direction} {of(value.on) if value.on else value.category}"
        case _:
            return None
