"""
What proposals of several texts make conflicts of, when each is accepted as it is.

The only thing a person adds is what each is about: one series, one incident, one authority.
"""

from datetime import date

import pytest

from app.claims import reading
from app.claims.conflicts.finding import Conflict, find
from app.claims.conflicts.stating import ConflictKind, ExplanationCode, Stated
from app.claims.predicates import Predicate
from app.claims.terms import SubjectKind
from tests.app.claims.reading.test_seeds import SEEDS, needs_seeds

K, P, E = ConflictKind, Predicate, ExplanationCode
PUBLISHED = date(2025, 5, 22)
_COUNTED = (P.STATISTIC, P.TREND)


def _accepted(*texts: str) -> list[Conflict]:
    stated = []
    for number, text in enumerate(texts):
        first_line = text.find("\n")
        for place, each in enumerate(reading.propose(text, published=PUBLISHED).proposals):
            kind = each.kinds[0]
            one = {SubjectKind.REPORT: str(number), SubjectKind.AGENT: each.subject or ""}
            stated.append(
                Stated(
                    id=f"{number}-{place:03}",
                    report_id=str(number),
                    subject_kind=kind,
                    subject_id="" if each.predicate in _COUNTED else one.get(kind, ""),
                    predicate=each.predicate,
                    value=each.value,
                    modality=each.modality,
                    sayer=each.said_by,
                    in_headline=each.end <= first_line,
                )
            )
    return find(stated)


def _told(conflicts: list[Conflict]) -> set[tuple[ConflictKind, Predicate, frozenset[str]]]:
    return {
        (each.kind, each.predicate, frozenset(side.stands_for for side in each.sides))
        for each in conflicts
    }


@needs_seeds
@pytest.mark.parametrize(
    ("kind", "predicate", "sides", "explanation"),
    [
        (K.DATE, P.DATE, {"2023-11", "2024-11"}, E.RELATIVE_DATE),
        (
            K.NAME,
            P.UNIT,
            {"127th automated rifle division", "127th motorized rifle division"},
            E.TRANSLATION_SLIP,
        ),
        (
            K.STRENGTH,
            P.CONTENT,
            {
                "asserted: orders kill prisoners of war",
                "likely: orders kill prisoners of war",
            },
            E.HEADLINE,
        ),
        (K.WORDING, P.LEGAL_CHARACTERISATION, {"grave_breach", "serious_violation"}, E.RENDERING),
        (K.COUNT, P.COUNT, {"1 video", "several videos"}, None),
    ],
)
def test_where_the_articles_differ_opens_by_itself_with_its_likely_reason(
    kind: ConflictKind,
    predicate: Predicate,
    sides: set[str],
    explanation: ExplanationCode | None,
) -> None:
    conflicts = _accepted(*(path.read_text(encoding="utf-8") for path in SEEDS[1:]))
    found = [
        each
        for each in conflicts
        if (each.kind, each.predicate) == (kind, predicate)
        and {side.stands_for for side in each.sides} == sides
    ]

    assert len(found) == 1, sorted(map(str, _told(conflicts)))
    assert (explanation is None) or explanation in {why.code for why in found[0].explanations}


@needs_seeds
def test_totals_that_agree_are_no_conflict() -> None:
    conflicts = _accepted(*(path.read_text(encoding="utf-8") for path in SEEDS[1:]))

    counted = [each for each in conflicts if each.predicate is P.STATISTIC]
    assert {each.kind for each in counted} <= {K.WORDING}, "only opened against investigating"


def test_six_times_is_at_odds_with_at_least_six_times() -> None:
    conflicts = _accepted(
        "In the radio intercept the order is repeated six times.",
        "In the radio intercept the order is repeated at least six times.",
    )

    assert [(each.kind, each.predicate) for each in conflicts] == [(K.COUNT, P.COUNT)]
