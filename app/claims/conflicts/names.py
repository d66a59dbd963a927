"""
Two names of what may be one: units, titles, speakers.

Two names that the comparison of names takes for one and that are not spelled alike are listed, with
what made them differ: a word translated wrongly, other letters, less said. Two names of one
echelon that are two (another number, another arm) are listed where two reports give them; one
report that names two units means two.
"""

from collections.abc import Iterator
from functools import lru_cache

from app.agents.likeness import compare
from app.agents.models import AgentKind
from app.agents.transliteration import designations
from app.agents.transliteration.comparison import Comparison
from app.agents.transliteration.designations import MISTRANSLATION
from app.claims.conflicts.stating import ConflictKind, Explanation, ExplanationCode, Odds, Stated
from app.claims.facts import UnitChain
from app.claims.terms import SubjectKind
from app.claims.values import Named, Title

_SAME = 1000
_MANY = frozenset({SubjectKind.AGENT, SubjectKind.PLACE})
"""Kinds of things that have several names, none of them wrong."""


def at_odds(one: Stated, other: Stated) -> Iterator[Odds]:
    """The names in two values that are at odds: of units, those of one echelon."""
    if isinstance(one.value, UnitChain) and isinstance(other.value, UnitChain):
        for mine in one.value.units:
            for theirs in other.value.units:
                if _echelon(mine) is not None and _echelon(mine) == _echelon(theirs):
                    yield from _named(one, other, mine, theirs)
    elif isinstance(one.value, Title) and isinstance(other.value, Title):
        kinds = (AgentKind.PERSON, AgentKind.ORGANIZATION, AgentKind.MILITARY_UNIT)
        yield from _compared(one, other, one.value.name, other.value.name, kinds)


def are_one(first: str, second: str) -> Comparison | None:
    """The comparison that takes two names of persons for one; `None` where none does."""
    found = compare(AgentKind.PERSON, first, second)
    return found if found.is_proposed else None


def explained(comparison: Comparison, first: str, second: str) -> Iterator[Explanation]:
    """What may have made two names of one."""
    first, second = sorted((first, second))
    if MISTRANSLATION in comparison.reasons:
        yield Explanation(
            ExplanationCode.TRANSLATION_SLIP,
            f"“{first}” and “{second}” differ in a word that names no arm of service: "
            "probably one designation, translated twice.",
        )
    elif {"number_unsaid", "arm_less_exact", "arm_unsaid", "a_word_more"} & {*comparison.reasons}:
        yield Explanation(
            ExplanationCode.LESS_EXACT,
            f"“{first}” and “{second}” may be one: one of them says less, or says it in "
            "other words.",
        )
    else:
        yield Explanation(
            ExplanationCode.TRANSLITERATION,
            f"“{first}” and “{second}” may be one name in other letters.",
        )


def _named(one: Stated, other: Stated, mine: Named, theirs: Named) -> Iterator[Odds]:
    if mine.agent_id is not None and mine.agent_id == theirs.agent_id:
        return
    if mine.name and theirs.name:
        yield from _compared(one, other, mine.name, theirs.name, (AgentKind.MILITARY_UNIT,))


def _compared(
    one: Stated, other: Stated, first: str, second: str, kinds: tuple[AgentKind, ...]
) -> Iterator[Odds]:
    if _folded(first) == _folded(second):
        return
    found = max((compare(kind, first, second) for kind in kinds), key=lambda each: each.score)
    if found.score >= _SAME:
        return
    if not found.is_proposed and (one.report_id == other.report_id or one.subject_kind in _MANY):
        return
    yield Odds(
        kind=ConflictKind.NAME,
        first=_folded(first),
        second=_folded(second),
        explanations=tuple(explained(found, first, second)) if found.is_proposed else (),
    )


@lru_cache(maxsize=4096)
def _echelon_of(name: str) -> str | None:
    read = designations.read(name)
    return read.echelon if read else None


def _echelon(unit: Named) -> str | None:
    return _echelon_of(unit.name) if unit.name else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().strip("“”\"'«» ").split())
