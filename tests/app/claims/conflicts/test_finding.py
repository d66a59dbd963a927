"""Conflicts open by themselves, with the explanation there is, in any order, and never close."""

from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.claims.conflicts.counts import range_of
from app.claims.conflicts.dates import disjoint
from app.claims.conflicts.finding import Conflict, find
from app.claims.conflicts.stating import ConflictKind, Stated
from app.claims.conflicts.stating import ExplanationCode as Why
from app.claims.predicates import DEFINITIONS, Predicate
from app.claims.terms import Modality, Operator, SubjectKind
from app.claims.values import TemporalValue, from_json

_ids = count(1)
KILL = {"deed": "kill", "upon": "prisoners_of_war"}


def stated(predicate: Predicate, value: Any, report: str = "a", **more: Any) -> Stated:
    definition = DEFINITIONS[predicate]
    typed = from_json(definition.value, value) if isinstance(value, dict) else value
    more.setdefault("id", f"claim-{next(_ids):04d}")
    more.setdefault("subject_kind", SubjectKind.SERIES)
    return Stated(report_id=report, subject_id="s", predicate=predicate, value=typed, **more)


def month(year: int, number: int, raw: str = "", *, counted_from: date | None = None) -> Any:
    first = date(year, number, 1)
    last = date(year, number, 28)
    return {
        "raw": raw or f"{year}-{number:02d}",
        "edtf": f"{year}-{number:02d}",
        "earliest": first.isoformat(),
        "latest": last.isoformat(),
        "precision": "month",
        "basis": "relative_to_publication" if counted_from else "explicit",
        "anchor_date": counted_from.isoformat() if counted_from else None,
    }


def only(*claims: Stated) -> Conflict:
    found = find(claims)
    assert len(found) == 1, found
    return found[0]


def codes(conflict: Conflict) -> list[Why]:
    return [each.code for each in conflict.explanations]


def units(*names: str) -> Any:
    return {"units": [{"name": name} for name in names]}


def tally(operator: str, number: int | None, what: str = "times_said", **more: Any) -> Any:
    return {"counted": what, "count": {"operator": operator, "number": number}, **more}


def test_a_relative_date_counted_from_another_year_is_explained_for_the_whole_side() -> None:
    relative = stated(
        Predicate.DATE, month(2024, 11, "last November", counted_from=date(2025, 5, 22)), "one"
    )
    explicit = stated(Predicate.DATE, month(2024, 11), "two")
    other = stated(Predicate.DATE, month(2023, 11), "three", modality=Modality.BELIEVED)

    found = [each for each in find([relative, explicit, other]) if each.kind is ConflictKind.DATE]

    assert len(found) == 1
    assert [len(side.claims) for side in found[0].sides] == [1, 2]
    assert codes(found[0]) == [Why.RELATIVE_DATE]
    assert "“last November” counted from 2025-05-22 is 2024-11" in found[0].explanations[0].says


def test_dates_that_share_a_day_or_are_unresolved_are_no_conflict() -> None:
    year = month(2024, 1) | {"edtf": "2024", "latest": "2024-12-31", "precision": "year"}

    assert find([stated(Predicate.DATE, month(2024, 11)), stated(Predicate.DATE, year, "b")]) == []
    assert (
        find(
            [
                stated(Predicate.DATE, {"raw": "Wednesday"}),
                stated(Predicate.DATE, month(2024, 11), "b"),
            ]
        )
        == []
    )


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ("2024-03-04", "2024-04-03", Why.DAY_MONTH_ORDER),
        ("2024-03-30", "2024-03-31", Why.TIME_ZONE),
    ],
)
def test_days_that_were_written_or_counted_otherwise_are_explained(
    first: str, second: str, why: Why
) -> None:
    days = [
        {
            "raw": day,
            "edtf": day,
            "earliest": day,
            "latest": day,
            "precision": "day",
            "basis": "explicit",
        }
        for day in (first, second)
    ]

    assert codes(only(*(stated(Predicate.DATE, day) for day in days))) == [why]


def test_a_unit_translated_wrongly_is_named_as_such_and_the_rest_of_the_chain_is_compared() -> (
    None
):
    one = stated(
        Predicate.UNIT,
        units("“Storm unit”", "394th Motorized Rifle Regiment", "127th Motorized Rifle Division"),
        "one",
    )
    other = stated(Predicate.UNIT, units("raid unit", "127th Automated Rifle Division"), "two")

    found = {each.sides[0].stands_for: each for each in find([one, other])}

    assert set(found) == {"127th automated rifle division", "raid unit"}
    assert codes(found["127th automated rifle division"]) == [Why.TRANSLATION_SLIP]
    assert codes(found["raid unit"]) == [Why.LESS_EXACT]


def test_two_numbers_of_one_echelon_are_two_units_only_where_two_reports_name_them() -> None:
    one, other = units("64th Motor Rifle Brigade"), units("41st Motor Rifle Brigade")

    assert find([stated(Predicate.UNIT, one), stated(Predicate.UNIT, other)]) == []
    assert codes(only(stated(Predicate.UNIT, one), stated(Predicate.UNIT, other, "b"))) == []


def test_six_leaves_room_in_at_least_six_and_both_are_listed() -> None:
    found = only(
        stated(Predicate.COUNT, tally("exactly", 6)),
        stated(Predicate.COUNT, tally("at_least", 6), "b"),
    )

    assert (found.kind, found.compatible) == (ConflictKind.COUNT, True)
    assert codes(found) == [Why.LEAVES_ROOM]


@pytest.mark.parametrize(
    ("first", "second", "compatible", "why"),
    [
        (("exactly", 1), ("several", None), False, []),
        (("exactly", 3), ("at_least", 4), False, []),
        (("exactly", 268), ("exactly", 300), False, [Why.ROUNDING]),
        (("exactly", 268), ("about", 270), True, [Why.LEAVES_ROOM, Why.ROUNDING]),
        (("more_than", 5), ("at_most", 5), False, []),
        (("exactly", 57), ("exactly", 51), False, []),
        (("exactly", 75), ("exactly", 90), False, []),
    ],
)
def test_numbers_are_compared_with_their_operators(
    first: Any, second: Any, compatible: bool, why: list[Why]
) -> None:
    found = only(
        stated(Predicate.COUNT, tally(*first, "videos")),
        stated(Predicate.COUNT, tally(*second, "videos"), "b"),
    )

    assert (found.compatible, sorted(codes(found))) == (compatible, sorted(why))


def test_numbers_of_different_things_are_not_compared() -> None:
    assert (
        find(
            [
                stated(
                    Predicate.COUNT,
                    tally("exactly", 6, "soldiers", circumstance="lying_face_down"),
                ),
                stated(
                    Predicate.COUNT,
                    tally("exactly", 1, "soldiers", circumstance="led_away"),
                    "b",
                ),
                stated(Predicate.COUNT, tally("exactly", 9, "videos"), "c"),
            ]
        )
        == []
    )


def statistic(number: int, counting: str = "unstated", **more: Any) -> Any:
    return {
        "metric": "cases",
        "of": KILL,
        "count": {"operator": "exactly", "number": number},
        "total": True,
        "counting": counting,
        **more,
    }


def test_one_number_that_was_opened_and_investigated_is_a_conflict_of_wording() -> None:
    found = only(
        stated(Predicate.STATISTIC, statistic(75, "opened")),
        stated(Predicate.STATISTIC, statistic(75, "investigating"), "b"),
    )

    assert (found.kind, codes(found)) == (ConflictKind.WORDING, [Why.RENDERING])


def test_totals_as_of_two_times_are_not_compared_and_those_of_one_time_are() -> None:
    may, june = month(2025, 5), month(2025, 6)
    first = stated(Predicate.STATISTIC, statistic(75, as_of=may))

    assert find([first, stated(Predicate.STATISTIC, statistic(80, as_of=june), "b")]) == []
    assert only(first, stated(Predicate.STATISTIC, statistic(80, as_of=may), "c"))


def test_a_headline_that_is_firmer_than_its_text_is_a_conflict_of_strength() -> None:
    order = {"deeds": [KILL], "act": "orders"}
    found = only(
        stated(Predicate.CONTENT, order, in_headline=True),
        stated(Predicate.CONTENT, order, modality=Modality.LIKELY),
    )

    assert (found.kind, codes(found)) == (ConflictKind.STRENGTH, [Why.HEADLINE])
    assert [side.stands_for for side in found.sides] == [
        "asserted: orders kill prisoners of war",
        "likely: orders kill prisoners of war",
    ]


def test_to_coincide_and_to_be_the_same_encounter_are_two_strengths() -> None:
    link = {"to_kind": "incident", "to_id": "i"}
    found = only(
        stated(Predicate.EVENT_LINK, link | {"kind": "coincides"}, modality=Modality.APPEARS),
        stated(Predicate.EVENT_LINK, link | {"kind": "same_encounter"}, "b"),
    )

    assert found.kind is ConflictKind.STRENGTH
    assert not find([stated(Predicate.EVENT_LINK, link | {"kind": "coincides"})] * 1)


def test_a_pattern_and_a_policy_are_two_strengths() -> None:
    assert (
        only(
            stated(Predicate.CONDUCT, {"deeds": [KILL], "extent": "pattern"}),
            stated(Predicate.CONDUCT, {"deeds": [KILL], "extent": "policy"}, "b"),
        ).kind
        is ConflictKind.STRENGTH
    )


def test_one_persons_words_in_two_reports_are_a_conflict_of_wording_another_persons_are_not() -> (
    None
):
    grave, serious = {"category": "grave_breach"}, {"category": "serious_violation"}
    one = stated(Predicate.LEGAL_CHARACTERISATION, grave, "a", sayer="Oleh Horbunov")

    def rival(report: str = "b", **said: Any) -> Stated:
        return stated(Predicate.LEGAL_CHARACTERISATION, serious, report, **said)

    assert only(one, rival(sayer="Captain Gorbunov")).kind is ConflictKind.WORDING
    assert find([one, rival("a", sayer="Captain Gorbunov")]) == [], "one report, two words"
    assert find([one, rival(sayer="Inna Petrenko")]) == []
    assert find([one, rival(sayer="an expert")]) == []
    assert find([one, rival()]) == [], "the report itself"


def test_agents_decide_who_one_sayer_is_before_names_do() -> None:
    first = {"category": "grave_breach"}
    second = {"category": "serious_violation"}
    law = Predicate.LEGAL_CHARACTERISATION

    assert only(
        stated(law, first, "a", sayer_id="1", sayer="He"),
        stated(law, second, "b", sayer_id="1", sayer="Another"),
    )
    assert (
        find(
            [
                stated(law, first, "a", sayer_id="1", sayer="Horbunov"),
                stated(law, second, "b", sayer_id="2", sayer="Horbunov"),
            ]
        )
        == []
    )


@pytest.mark.parametrize("denied", ["kill", "commit_war_crimes"])
def test_conduct_that_one_side_denies_is_a_conflict_of_values(denied: str) -> None:
    found = only(
        stated(Predicate.CONDUCT, {"deeds": [KILL]}),
        stated(Predicate.DENIAL, {"deeds": [{"deed": denied}]}, "b", modality=Modality.DENIED),
    )

    assert found.kind is ConflictKind.VALUE
    assert found.predicate is Predicate.CONDUCT


def test_a_denial_of_something_else_and_one_of_a_value_leave_others_open() -> None:
    looting = {"deeds": [{"deed": "loot"}]}
    assert (
        find(
            [
                stated(Predicate.CONDUCT, {"deeds": [KILL]}),
                stated(Predicate.DENIAL, looting, "b", modality=Modality.DENIED),
            ]
        )
        == []
    )
    assert (
        find(
            [
                stated(Predicate.DATE, month(2024, 11), modality=Modality.DENIED),
                stated(Predicate.DATE, month(2023, 11), "b"),
            ]
        )
        == []
    )
    assert only(
        stated(Predicate.DATE, month(2024, 11), modality=Modality.DENIED),
        stated(Predicate.DATE, month(2024, 11), "b"),
    )


@pytest.mark.parametrize(
    ("first", "second", "at_odds"),
    [
        (("eastern Zaporizhzhia region", "Ukraine"), ("Zaporizhzhia Region",), False),
        (("Zaporizhzhia",), ("Запорожье",), False),
        (("Kharkiv",), ("Kharkov region",), False),
        (("Popasna", "Luhansk region"), ("Luhansk",), False),
        (("Popasna", "Luhansk region"), ("Lysychansk", "Luhansk region"), True),
        (("Popasna",), ("Zaporizhzhia",), True),
    ],
)
def test_places_without_a_name_in_common_are_two(first: Any, second: Any, at_odds: bool) -> None:
    claims = [
        stated(Predicate.PLACE, {"name": names[0], "within": [*names[1:]]}, report)
        for names, report in ((first, "a"), (second, "b"))
    ]

    assert bool(find(claims)) is at_odds


def test_a_speaker_who_is_named_in_one_report_and_unknown_in_another_is_a_conflict() -> None:
    unknown = {"identity": "unknown", "speaker": "S1"}
    named = {"identity": "named", "who": {"name": "Oleh Horbunov"}}

    def identity(value: Any, report: str = "b") -> Stated:
        return stated(Predicate.SPEAKER_IDENTITY, value, report)

    assert only(identity(unknown, "a"), identity(named)).kind is ConflictKind.VALUE
    assert find([identity(unknown, "a"), identity(named | {"speaker": "S2"})]) == []
    other = named | {"who": {"name": "Oleg Gorbunov"}}
    assert codes(only(identity(named, "a"), identity(other))) == [Why.TRANSLITERATION]


def test_an_agent_has_many_names_but_not_two_spellings_of_one_unnoticed() -> None:
    def named(name: str, report: str, kind: SubjectKind = SubjectKind.AGENT) -> Stated:
        return stated(Predicate.NAME, {"name": name}, report, subject_kind=kind)

    assert find([named("Security Service", "a"), named("Oleh Horbunov", "b")]) == []
    assert codes(only(named("Yuriy Belousov", "a"), named("Yuri Belyausov", "b"))) == [
        Why.TRANSLITERATION
    ]
    incident = SubjectKind.INCIDENT
    assert only(named("Operation Dawn", "a", incident), named("Operation Dusk", "b", incident))


# Laws, over dates and counts of all sorts.

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 12, 31))
OPERATORS = [each for each in Operator if each is not Operator.SEVERAL]
MODALITIES = st.sampled_from(list(Modality))


@st.composite
def dated(draw: st.DrawFn) -> Stated:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return stated(
        Predicate.DATE,
        {
            "raw": "some time",
            "edtf": f"{first}/{last}",
            "earliest": first.isoformat(),
            "latest": last.isoformat(),
            "precision": "interval",
            "basis": "explicit",
        },
        draw(st.sampled_from("abc")),
        modality=draw(MODALITIES),
    )


@st.composite
def counted(draw: st.DrawFn) -> Stated:
    return stated(
        Predicate.COUNT,
        tally(draw(st.sampled_from(OPERATORS)).value, draw(st.integers(1, 30))),
        draw(st.sampled_from("abc")),
        modality=draw(MODALITIES),
    )


CLAIMS = st.lists(st.one_of(dated(), counted()), max_size=8)


@given(CLAIMS, st.randoms())
def test_the_order_of_claims_is_no_matter(claims: list[Stated], random: Any) -> None:
    shuffled = [*claims]
    random.shuffle(shuffled)

    assert find(shuffled) == find(claims)


@given(CLAIMS, st.one_of(dated(), counted()))
def test_one_more_claim_takes_no_conflict_and_no_claim_off_a_side(
    claims: list[Stated], more: Stated
) -> None:
    before, after = find(claims), {each.key: each for each in find([*claims, more])}

    for conflict in before:
        assert set(conflict.claim_ids) <= set(after[conflict.key].claim_ids)
        assert set(conflict.explanations) <= set(after[conflict.key].explanations)


@given(CLAIMS)
def test_there_is_no_conflict_of_dates_or_counts_without_disjointness(
    claims: list[Stated],
) -> None:
    for conflict in find(claims):
        if conflict.kind not in (ConflictKind.DATE, ConflictKind.COUNT):
            continue
        for one in conflict.sides[0].claims:
            for other in conflict.sides[1].claims:
                assert are_disjoint(one.value, other.value) is not conflict.compatible


@given(CLAIMS)
def test_every_two_claims_that_cannot_both_be_so_are_on_two_sides_of_one_conflict(
    claims: list[Stated],
) -> None:
    found = [(each.sides[0].claims, each.sides[1].claims) for each in find(claims)]
    for one in claims:
        for other in claims:
            asserted = Modality.DENIED not in (one.modality, other.modality)
            if (
                asserted
                and one.predicate is other.predicate
                and are_disjoint(one.value, other.value)
            ):
                assert any(
                    (one in left and other in right) or (other in left and one in right)
                    for left, right in found
                )


def are_disjoint(one: Any, other: Any) -> bool:
    if isinstance(one, TemporalValue):
        return disjoint(one, other)
    ranges = [range_of(each.count.operator, each.count.number) for each in (one, other)]
    return not ranges[0].meets(ranges[1])
