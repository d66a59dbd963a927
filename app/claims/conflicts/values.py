"""
Values of which only one can be so, and conduct that one side denies.

`core` is what a value says without who, when it is told and in which words: two claims with one
core are about the same, and what is left to differ is how firmly they are said.
"""

from collections.abc import Iterator

from app.claims.conflicts import names
from app.claims.conflicts.stating import ConflictKind, Odds, Stated
from app.claims.deeds import Deed
from app.claims.facts import (
    Answerable,
    Conduct,
    Doing,
    EventLink,
    SpeakerIdentity,
    Trend,
    UnitChain,
)
from app.claims.predicates import Predicate
from app.claims.telling import of
from app.claims.values import Named, TemporalValue

CRIMES = frozenset(
    {
        Deed.KILL,
        Deed.SHOOT,
        Deed.TORTURE,
        Deed.ABUSE,
        Deed.RAPE,
        Deed.SEXUAL_VIOLENCE,
        Deed.BEHEAD,
        Deed.DISAPPEAR,
        Deed.DEPORT,
        Deed.LOOT,
    }
)
"""What a denial of war crimes as such denies, when it is done to people who are protected."""


def core(value: object) -> str | None:
    """What it says apart from who and how: equal for two claims of the same; `None` for no such."""
    match value:
        case TemporalValue():
            return value.edtf
        case Conduct():
            deeds = ", ".join(sorted(of(each) for each in value.deeds))
            return (
                f"{value.act or ''} {deeds} {f'({value.extent})' if value.extent else ''}".strip()
            )
        case UnitChain():
            return " < ".join(of(unit).casefold() for unit in value.units)
        case EventLink():
            return str(value.kind)
        case Answerable():
            return f"{value.mode} {of(value.of).casefold()}"
        case _:
            return of(value)


def at_odds(one: Stated, other: Stated) -> Iterator[Odds]:
    """Two identities of one speaker, or two courses of one count."""
    match one.value, other.value:
        case SpeakerIdentity() as first, SpeakerIdentity() as second:
            yield from _identities(first, second)
        case Trend() as first, Trend() as second:
            if (first.metric, first.of) == (second.metric, second.of):
                yield from _two(of(first), of(second))
        case _:
            return


def denials(one: Stated, other: Stated) -> Iterator[Odds]:
    """Conduct that one side asserts and another denies, or that one says is not done."""
    first, second = one.value, other.value
    if not isinstance(first, Conduct) or not isinstance(second, Conduct):
        return
    if one.predicate is other.predicate:
        if one.predicate is Predicate.CONDUCT and _opposed(first, second):
            yield from _two(of(first), of(second))
        return
    asserted, denied = (first, second) if one.predicate is Predicate.CONDUCT else (second, first)
    if any(_covers(no, yes) for no in denied.deeds for yes in asserted.deeds):
        # All that is asserted of what one denial denies is one side against it.
        labels = [
            f"{'denied' if each.predicate is Predicate.DENIAL else 'asserted'}: {core(denied)}"
            for each in (one, other)
        ]
        yield from _two(*labels)


def _opposed(one: Conduct, other: Conduct) -> bool:
    return one.act is other.act and any(
        (mine.deed, mine.upon) == (theirs.deed, theirs.upon) and mine.negated != theirs.negated
        for mine in one.deeds
        for theirs in other.deeds
    )


def _covers(denied: Doing, asserted: Doing) -> bool:
    """Whether a denial speaks of this deed."""
    if asserted.negated or denied.negated:
        return False
    if denied.deed is Deed.COMMIT_WAR_CRIMES:
        return asserted.deed in CRIMES or asserted.deed is Deed.COMMIT_WAR_CRIMES
    return denied.deed is asserted.deed and denied.upon in (None, asserted.upon)


def _identities(one: SpeakerIdentity, other: SpeakerIdentity) -> Iterator[Odds]:
    if one.speaker and other.speaker and one.speaker != other.speaker:
        return
    first, second = _who(one.who) or str(one.identity), _who(other.who) or str(other.identity)
    if first == second or (one.who and other.who and _same_agent(one.who, other.who)):
        return
    likeness = names.are_one(first, second) if one.who and other.who else None
    explanations = tuple(names.explained(likeness, first, second)) if likeness else ()
    yield Odds(
        kind=ConflictKind.NAME if likeness else ConflictKind.VALUE,
        first=first,
        second=second,
        explanations=explanations,
    )


def _same_agent(one: Named, other: Named) -> bool:
    return one.agent_id is not None and one.agent_id == other.agent_id


def _who(somebody: Named | None) -> str:
    return somebody.name.casefold() if somebody and somebody.name else ""


def _two(first: str, second: str) -> Iterator[Odds]:
    if first != second:
        yield Odds(kind=ConflictKind.VALUE, first=first, second=second)
