"""
The same thing, said more and less firmly.

Three ways to be firmer: the modality (a headline asserts what the body calls likely), the link to an
event ("the same encounter" is more than "appear to coincide"), the extent of conduct ("a policy"
is more than "a pattern"). A claim and its denial are no strengths but two values.
"""

from collections.abc import Iterator

from app.claims.conflicts.stating import ConflictKind, Explanation, ExplanationCode, Odds, Stated
from app.claims.conflicts.values import core
from app.claims.facts import Conduct, EventLink
from app.claims.predicates import Predicate
from app.claims.terms import Modality

_LADDER = (
    Modality.HYPOTHESIS,
    Modality.ALLEGED,
    Modality.BELIEVED,
    Modality.APPEARS,
    Modality.LIKELY,
    Modality.ASSERTED,
)
"""From the weakest up."""


def at_odds(one: Stated, other: Stated) -> Iterator[Odds]:
    """Whether two claims say the same with different strength."""
    if one.predicate is not other.predicate:
        return
    first, second = one.value, other.value
    facet = ""
    if isinstance(first, EventLink) and isinstance(second, EventLink):
        if (first.to_kind, first.to_id) != (second.to_kind, second.to_id):
            return
        facet = f"{first.to_kind} {first.to_id}"
        yield from _linked(one, other, first, second, facet)
    if isinstance(first, Conduct) and isinstance(second, Conduct) and not one.is_denied:
        yield from _extents(one, other, first, second)
    same = core(first)
    if same is None or same != core(second) or one.modality is other.modality:
        return
    labels = (f"{one.modality}: {same}", f"{other.modality}: {same}")
    if one.is_denied or other.is_denied:
        yield Odds(kind=ConflictKind.VALUE, first=labels[0], second=labels[1], facet=facet)
        return
    firmer_first = _LADDER.index(one.modality) > _LADDER.index(other.modality)
    yield _odds(one, other, labels, firmer_first=firmer_first, facet=facet)


def _linked(
    one: Stated, other: Stated, first: EventLink, second: EventLink, facet: str
) -> Iterator[Odds]:
    if first.kind is second.kind or one.is_denied or other.is_denied:
        return
    kinds = list(type(first.kind))
    labels = (f"{one.modality}: {core(first)}", f"{other.modality}: {core(second)}")
    firmer_first = kinds.index(first.kind) > kinds.index(second.kind)
    yield _odds(one, other, labels, firmer_first=firmer_first, facet=facet)


def _extents(one: Stated, other: Stated, first: Conduct, second: Conduct) -> Iterator[Odds]:
    if one.predicate is not Predicate.CONDUCT or first.extent is second.extent:
        return
    if first.extent is None or second.extent is None or first.act is not second.act:
        return
    if {*first.deeds} != {*second.deeds}:
        return
    kinds = list(type(first.extent))
    labels = (
        f"{one.modality}: {core(first)}",
        f"{other.modality}: {core(second)}",
    )
    firmer_first = kinds.index(first.extent) > kinds.index(second.extent)
    yield _odds(one, other, labels, firmer_first=firmer_first)


def _odds(
    one: Stated, other: Stated, labels: tuple[str, str], *, firmer_first: bool, facet: str = ""
) -> Odds:
    firmer, weaker = (one, other) if firmer_first else (other, one)
    explanations: tuple[Explanation, ...] = ()
    if one.report_id == other.report_id and firmer.in_headline and not weaker.in_headline:
        explanations = (
            Explanation(
                ExplanationCode.HEADLINE,
                "The headline is firmer than the text below it.",
            ),
        )
    return Odds(
        kind=ConflictKind.STRENGTH,
        first=labels[0],
        second=labels[1],
        compatible=True,
        explanations=explanations,
        facet=facet,
    )
