"""
Finding every conflict among the claims of a case.

Claims are compared two by two within one subject and one predicate (a denial of conduct with
conduct); what they stand for becomes the sides. The key of a conflict is the digest of its kind,
subject, predicate and both sides: it depends on no order, on no identifier that a newer
reading of the same passage changes, and on no number of claims.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from app.claims.conflicts import counts, dates, names, places, strength, values, wording
from app.claims.conflicts.stating import ConflictKind, Explanation, Odds, Stated
from app.claims.predicates import Comparison, Predicate
from app.claims.terms import SubjectKind
from app.core.canonical import canonical
from app.core.digest import Digest

METHOD = "conflict-rules"
VERSION = "1"

_RULES: dict[Comparison, Callable[[Stated, Stated], Iterator[Odds]]] = {
    Comparison.DATE: dates.at_odds,
    Comparison.PLACE: places.at_odds,
    Comparison.NAME: names.at_odds,
    Comparison.COUNT: counts.at_odds,
    Comparison.VALUE: values.at_odds,
    Comparison.DENIAL: values.denials,
    Comparison.WORDING: wording.at_odds,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one side of a conflict stands for, and the claims that say so, by identifier."""

    stands_for: str
    claims: tuple[Stated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """
    Two values of one subject and predicate that are at odds.

    `compatible`: both may be so, one says less. `explanations` are proposals of the rules. `facet`
    is what of their values both sides are about, empty where a value has no parts.
    """

    key: str
    kind: ConflictKind
    facet: str
    subject_kind: SubjectKind
    subject_id: str
    predicate: Predicate
    sides: tuple[Side, Side]
    compatible: bool
    explanations: tuple[Explanation, ...]

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Every claim on its sides, sorted."""
        return tuple(sorted({claim.id for side in self.sides for claim in side.claims}))


def find(claims: Iterable[Stated]) -> list[Conflict]:
    """Every conflict among these claims, in the order of subject, predicate, kind and sides."""
    groups: dict[tuple[SubjectKind, str, Predicate], list[Stated]] = {}
    for claim in claims:
        about = (claim.subject_kind, claim.subject_id, _family(claim.predicate))
        groups.setdefault(about, []).append(claim)
    found = [
        each for about, members in groups.items() for each in _conflicts(about, _sorted(members))
    ]
    return sorted(found, key=lambda each: (*_place(each), each.key))


@dataclass(slots=True)
class _Gathering:
    """A conflict while its claims are being gathered."""

    sides: dict[str, dict[str, Stated]]
    compatible: bool
    explanations: set[Explanation] = field(default_factory=set)


def _conflicts(
    about: tuple[SubjectKind, str, Predicate], claims: Sequence[Stated]
) -> Iterator[Conflict]:
    gathered: dict[tuple[ConflictKind, str, str, str], _Gathering] = {}
    for one, other in combinations(claims, 2):
        for odds in _odds(one, other):
            first, second = sorted((odds.first, odds.second))
            into = gathered.setdefault(
                (odds.kind, odds.facet, first, second),
                _Gathering({first: {}, second: {}}, odds.compatible),
            )
            into.sides[odds.first][one.id] = one
            into.sides[odds.second][other.id] = other
            into.explanations.update(odds.explanations)
    for (kind, facet, first, second), each in gathered.items():
        yield Conflict(
            key=key(kind, about, facet, first, second),
            kind=kind,
            facet=facet,
            subject_kind=about[0],
            subject_id=about[1],
            predicate=about[2],
            sides=(_side(first, each), _side(second, each)),
            compatible=each.compatible,
            explanations=tuple(sorted(each.explanations)),
        )


def key(
    kind: ConflictKind,
    about: tuple[SubjectKind, str, Predicate],
    facet: str,
    first: str,
    second: str,
) -> str:
    """The name of a conflict: 64 hexadecimal digits; the order of the sides is no matter."""
    subject_kind, subject_id, predicate = about
    spelled = canonical(
        [
            *(str(kind), str(subject_kind), subject_id, str(predicate), facet),
            *sorted((first, second)),
        ]
    )
    return Digest.of_bytes(spelled).hex


def key_of(conflict: Conflict, *, subject_id: str) -> str:
    """The name that a conflict would have if it were about another subject."""
    first, second = (side.stands_for for side in conflict.sides)
    about = (conflict.subject_kind, subject_id, conflict.predicate)
    return key(conflict.kind, about, conflict.facet, first, second)


def _odds(one: Stated, other: Stated) -> Iterator[Odds]:
    rule = _RULES.get(one.comparison)
    if rule is not None and (one.comparison is Comparison.DENIAL or not _denies(one, other)):
        yield from rule(one, other)
    yield from strength.at_odds(one, other)


def _denies(one: Stated, other: Stated) -> bool:
    """Whether one of them says only what is not so: that leaves every other value open."""
    return one.is_denied or other.is_denied


def _family(predicate: Predicate) -> Predicate:
    return Predicate.CONDUCT if predicate is Predicate.DENIAL else predicate


def _sorted(claims: Sequence[Stated]) -> list[Stated]:
    return sorted(claims, key=lambda claim: claim.id)


def _side(stands_for: str, gathered: _Gathering) -> Side:
    return Side(
        stands_for=stands_for, claims=tuple(_sorted([*gathered.sides[stands_for].values()]))
    )


def _place(conflict: Conflict) -> tuple[str, str, str, str]:
    return (
        conflict.subject_kind,
        conflict.subject_id,
        conflict.predicate,
        conflict.kind,
    )
