"""
What claims put beside an incident or a material: recordings, series, other material.

Pure, over claims in force. How the two stand to one another ("coincides", "same encounter",
"orders") and how firmly that is said are the claim's; nothing here is stronger than its words.
"""

from collections.abc import Iterable

from app.claims.facts import EventLink
from app.claims.predicates import Predicate
from app.claims.queries import Standing
from app.claims.terms import SubjectKind


def links_to(standings: Iterable[Standing], kind: SubjectKind, identifier: str) -> list[Standing]:
    """The claims that put something beside an incident or a material, in their order."""
    return [item for item in standings if (kind, identifier) == _target(item)]


def events_of(
    standings: Iterable[Standing], kind: SubjectKind, identifier: str
) -> set[tuple[SubjectKind, str]]:
    """The incidents and material that something is put beside."""
    return {
        target
        for item in standings
        if (item.claim.subject_kind, item.claim.subject_id) == (kind, identifier)
        and (target := _target(item)) is not None
    }


def about(standings: Iterable[Standing], kind: SubjectKind, identifier: str) -> list[Standing]:
    """The claims about one thing, but those that only put it beside another."""
    return [
        item
        for item in standings
        if (item.claim.subject_kind, item.claim.subject_id) == (kind, identifier)
        and item.claim.predicate is not Predicate.EVENT_LINK
    ]


def _target(item: Standing) -> tuple[SubjectKind, str] | None:
    if item.claim.predicate is not Predicate.EVENT_LINK:
        return None
    value = item.claim.typed_value()
    assert isinstance(value, EventLink)
    return value.to_kind, value.to_id
