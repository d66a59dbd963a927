"""
Every conflict that the first reports hold opens by itself, with its explanation, and no other does.

The values are those of three reports on one series that rest on one another ("one", "two",
"three"), as short fragments; dates are as the resolver reads them.
"""

from typing import Any

from app.claims.conflicts.finding import find
from app.claims.conflicts.stating import ConflictKind, Stated
from app.claims.conflicts.stating import ExplanationCode as Why
from app.claims.predicates import DEFINITIONS, Predicate
from app.claims.terms import Modality, SubjectKind
from app.claims.values import from_json

P, S, M = Predicate, SubjectKind, Modality
KILL = {"deed": "kill", "upon": "prisoners_of_war"}
INCIDENT = {"to_kind": "incident", "to_id": "incident"}
NOVEMBER = {"precision": "month", "basis": "explicit"}
LAST_NOVEMBER = {
    "raw": "last November",
    "edtf": "2024-11",
    "earliest": "2024-11-01",
    "latest": "2024-11-30",
    "precision": "month",
    "basis": "relative_to_publication",
    "anchor_date": "2025-05-22",
}


def november(year: int) -> dict[str, Any]:
    day = f"{year}-11-"
    return NOVEMBER | {
        "raw": f"November {year}",
        "edtf": day[:-1],
        "earliest": day + "01",
        "latest": day + "30",
    }


def units(*names: str) -> dict[str, Any]:
    return {"units": [{"name": name} for name in names]}


def counted(what: str, operator: str, number: int | None = None, **more: Any) -> dict[str, Any]:
    return {"counted": what, "count": {"operator": operator, "number": number}, **more}


def cases(counting: str, **more: Any) -> dict[str, Any]:
    return {
        "metric": "cases",
        "of": KILL,
        "count": {"operator": "exactly", "number": 75},
        "total": True,
        "counting": counting,
        **more,
    }


EXPERT = "Morris Tidball-Binz"
TOLD: list[tuple[str, S, P, dict[str, Any], dict[str, Any]]] = [
    ("one", S.SERIES, P.CONTENT, {"deeds": [KILL], "act": "orders"}, {"in_headline": True}),
    ("one", S.SERIES, P.CONTENT, {"deeds": [KILL], "act": "orders"}, {"modality": M.LIKELY}),
    ("one", S.SERIES, P.DATE, LAST_NOVEMBER, {}),
    ("two", S.SERIES, P.DATE, november(2024), {}),
    ("three", S.SERIES, P.DATE, november(2023), {"modality": M.BELIEVED}),
    (
        "one",
        S.SERIES,
        P.PLACE,
        {"name": "eastern Zaporizhzhia region", "within": ["Ukraine"]},
        {},
    ),
    ("two", S.SERIES, P.PLACE, {"name": "Zaporizhzhia Region", "within": ["Ukraine"]}, {}),
    ("three", S.SERIES, P.PLACE, {"name": "Zaporizhzhia", "within": ["eastern Ukraine"]}, {}),
    ("one", S.SERIES, P.EVENT_LINK, INCIDENT | {"kind": "coincides"}, {"modality": M.APPEARS}),
    ("two", S.SERIES, P.EVENT_LINK, INCIDENT | {"kind": "same_encounter"}, {}),
    ("one", S.INCIDENT, P.COUNT, counted("videos", "exactly", 1), {}),
    ("three", S.INCIDENT, P.COUNT, counted("videos", "several"), {}),
    (
        "one",
        S.MATERIAL,
        P.COUNT,
        counted("soldiers", "exactly", 6, circumstance="lying_face_down"),
        {},
    ),
    (
        "two",
        S.MATERIAL,
        P.COUNT,
        counted("soldiers", "exactly", 6, circumstance="lying_face_down"),
        {},
    ),
    ("three", S.SERIES, P.COUNT, counted("times_said", "exactly", 6), {}),
    ("sister", S.SERIES, P.COUNT, counted("times_said", "at_least", 6), {}),
    (
        "two",
        S.INCIDENT,
        P.UNIT,
        units(
            "Storm unit",
            "394th Motorized Rifle Regiment",
            "127th Motorized Rifle Division",
            "5th Combined Arms Army",
        ),
        {},
    ),
    ("three", S.INCIDENT, P.UNIT, units("raid unit", "127th Automated Rifle Division"), {}),
    (
        "one",
        S.INCIDENT,
        P.LEGAL_CHARACTERISATION,
        {"category": "serious_violation"},
        {"sayer": EXPERT},
    ),
    (
        "two",
        S.INCIDENT,
        P.LEGAL_CHARACTERISATION,
        {"category": "grave_breach"},
        {"sayer": EXPERT},
    ),
    (
        "three",
        S.INCIDENT,
        P.LEGAL_CHARACTERISATION,
        {"category": "violation", "norm": "geneva_conventions"},
        {},
    ),
    ("one", S.AGENT, P.STATISTIC, cases("opened"), {}),
    ("three", S.AGENT, P.STATISTIC, cases("investigating"), {}),
]


def told() -> list[Stated]:
    return [
        Stated(
            id=f"claim-{place:02d}",
            report_id=report,
            subject_kind=subject,
            subject_id=f"the {subject}",
            predicate=predicate,
            value=from_json(DEFINITIONS[predicate].value, value),
            **more,
        )
        for place, (report, subject, predicate, value, more) in enumerate(TOLD)
    ]


def test_all_of_them_open_with_their_explanations_and_no_other_does() -> None:
    found = {
        (each.predicate.value, each.kind.value, tuple(code.code for code in each.explanations))
        for each in find(told())
    }

    assert found == {
        ("content", ConflictKind.STRENGTH, (Why.HEADLINE,)),
        ("date", ConflictKind.DATE, (Why.RELATIVE_DATE,)),
        ("event_link", ConflictKind.STRENGTH, ()),
        ("count", ConflictKind.COUNT, ()),  # one video, videos
        ("count", ConflictKind.COUNT, (Why.LEAVES_ROOM,)),  # six, at least six
        ("unit", ConflictKind.NAME, (Why.TRANSLATION_SLIP,)),
        ("unit", ConflictKind.NAME, (Why.LESS_EXACT,)),
        ("legal_characterisation", ConflictKind.WORDING, (Why.RENDERING,)),
        ("statistic", ConflictKind.WORDING, (Why.RENDERING,)),
    }


def test_the_two_dates_are_one_conflict_of_two_claims_against_one() -> None:
    dates = [each for each in find(told()) if each.kind is ConflictKind.DATE]

    assert [[len(side.claims) for side in each.sides] for each in dates] == [[1, 2]]
    assert [side.stands_for for side in dates[0].sides] == ["2023-11", "2024-11"]
