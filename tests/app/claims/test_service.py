"""Claims: tied to a passage, shaped by their predicate, replaced and withdrawn openly."""

from typing import Any

import pytest
from sqlalchemy import select

from app.claims import queries, service, subjects
from app.claims.predicates import Predicate
from app.claims.queries import State
from app.claims.service import Assertion, Via
from app.claims.terms import Modality, SubjectKind
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Conflict, Invalid
from app.custody.models import LogEntry
from app.reports.anchor import Passage
from app.reports.attribution.values import Force
from tests.app.claims.conftest import CASE, INNA, MORNING, REMO, SERIES, Desk

LAST_NOVEMBER = {
    "raw": "last November",
    "edtf": "2024-11",
    "earliest": "2024-11-01",
    "latest": "2024-11-30",
    "basis": "relative_to_publication",
    "precision": "month",
    "anchor_date": "2025-05-22",
}
THREE = {"operator": "at_least", "number": 3}


def test_a_claim_keeps_its_wording_value_sayer_and_the_bounds_of_its_date(desk: Desk) -> None:
    made = desk.claim(
        "last November",
        Predicate.DATE,
        LAST_NOVEMBER,
        said_by_id=desk.office.id,
        force=Force.SAID,
        via=[Via(as_described="a ferry newspaper")],
    )

    start = MORNING.index("last November")
    assert (made.start, made.end, made.exact) == (start, start + 13, "last November")
    assert (made.earliest, made.latest) == ("2024-11-01", "2024-11-30")
    assert made.value["edtf"] == "2024-11"
    assert (made.value["resolver"], made.value["zone"]) == (None, None), "absent, not missing"
    assert made.via == [{"report_id": None, "as_described": "a ferry newspaper"}]
    assert made.typed_value() == made.typed_value()


def test_an_unresolved_date_has_no_bounds(desk: Desk) -> None:
    made = desk.claim("last November", Predicate.DATE, {"raw": "last November"})

    assert (made.earliest, made.latest, made.value["basis"]) == (None, None, "unresolved")


def test_each_verb_leaves_one_entry_without_words_values_or_names(
    database: Database, desk: Desk
) -> None:
    first = desk.claim("At least three voices", Predicate.SPEAKER_COUNT, THREE, method="rules 1")
    with database.writing() as session:
        second = service.supersede(
            session,
            actor=REMO,
            claim=first,
            snapshot=desk.morning,
            passage=Passage(exact="three voices"),
            assertion=Assertion(
                subject_kind=SubjectKind.SERIES,
                subject_id=SERIES,
                predicate=Predicate.SPEAKER_COUNT,
                value={"operator": "exactly", "number": 3},
            ),
        )
    with database.writing() as session:
        service.withdraw(session, actor=REMO, claim=second, reason="voices of one speaker")

    with database.reading() as session:
        entries = session.scalars(
            select(LogEntry).where(LogEntry.subject_kind == "claim").order_by(LogEntry.log_index)
        ).all()
        assert [entry.event for entry in entries] == [
            "claim:creation",
            "claim:supersession",
            "claim:withdrawal",
        ]
        bodies: list[Any] = [parse(entry.body) for entry in entries]
        assert bodies[0]["details"]["proposed_by"] == "rules 1"
        assert bodies[1]["details"]["superseded_by"] == second.id
        assert not any("voices" in entry.body.decode() for entry in entries)
        states = [item.state for item in queries.of_case(session, CASE)]
        assert states == [State.SUPERSEDED, State.WITHDRAWN]
        before = queries.of_case(session, CASE, as_of=first.log_index)
        assert [item.state for item in before] == [State.IN_FORCE]


def test_what_is_not_in_force_is_neither_replaced_nor_withdrawn(
    database: Database, desk: Desk
) -> None:
    made = desk.claim("At least three voices", Predicate.SPEAKER_COUNT, THREE)
    with database.writing() as session:
        service.withdraw(session, actor=INNA, claim=made, reason="misread")

    with database.writing() as session, pytest.raises(Conflict) as refused:
        service.withdraw(session, actor=INNA, claim=made, reason="again")

    assert refused.value.facts["state"] == "withdrawn"


def test_a_claim_is_read_anew_in_its_own_report(database: Database, desk: Desk) -> None:
    made = desk.claim("At least three voices", Predicate.SPEAKER_COUNT, THREE)

    with database.writing() as session, pytest.raises(Invalid) as refused:
        service.supersede(
            session,
            actor=INNA,
            claim=made,
            snapshot=desk.evening,
            passage=Passage(exact="four times"),
            assertion=Assertion(
                subject_kind=SubjectKind.SERIES,
                subject_id=SERIES,
                predicate=Predicate.SPEAKER_COUNT,
                value=THREE,
            ),
        )

    assert refused.value.field == "anchor.snapshot_id"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("exact", {"exact": "four times"}),  # stands in the other report only
        ("subject_id", {"subject_id": "No such band"}),
        ("subject_id", {"subject_id": "Elsewhere"}),
        ("subject_id", {"subject_kind": SubjectKind.RECORDING, "subject_id": "nothing"}),
        ("subject_kind", {"subject_kind": SubjectKind.RECORDING, "predicate": Predicate.ROLE}),
        ("value.number", {"value": {"operator": "exactly"}}),
        ("said_by_id", {"said_by_id": "nobody"}),
        ("force", {"force": Force.SAID}),
        ("via", {"via": [Via()]}),
        ("via", {"via": [Via(report_id="nothing")]}),
        ("via", {"via": [Via(as_described="a paper")] * 11}),
    ],
)
def test_what_is_tied_to_nothing_is_refused_by_name(
    desk: Desk, field: str, said: dict[str, Any]
) -> None:
    given = {
        "exact": "At least three voices",
        "predicate": Predicate.SPEAKER_COUNT,
        "value": THREE,
    }
    given |= said
    if given.get("subject_kind") is SubjectKind.RECORDING and "subject_id" not in said:
        given["subject_id"] = desk.recording.id

    with pytest.raises(Invalid) as refused:
        desk.claim(given.pop("exact"), **given)

    assert refused.value.field == field


def test_whoever_is_named_within_a_value_is_of_the_same_case(desk: Desk) -> None:
    asked = {"of": {"name": "The ministry", "agent_id": desk.stranger.id}, "outcome": "pending"}

    with pytest.raises(Invalid) as refused:
        desk.claim("The harbour office", Predicate.COMMENT_REQUEST, asked)

    assert refused.value.field == "value.agent_id"


def test_a_recording_has_the_claims_about_it_and_about_its_series(
    database: Database, desk: Desk
) -> None:
    of_series = desk.claim("At least three voices", Predicate.SPEAKER_COUNT, THREE)
    of_itself = desk.claim(
        "an order",
        Predicate.CONTENT,
        {"deeds": [{"deed": "evacuate", "negated": True}], "act": "orders"},
        subject_kind=SubjectKind.RECORDING,
        subject_id=desk.recording.id,
        modality=Modality.LIKELY,
    )

    with database.reading() as session:
        found = queries.of_recording(session, desk.recording.id)
        assert [item.claim.id for item in found] == [of_series.id, of_itself.id]
        assert queries.of_recording(session, desk.foreign.id) == []
        assert queries.of_report(session, desk.evening.report_id) == []


def test_things_that_lie_above_are_looked_up_as_they_registered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subjects, "_REGISTERED", {})
    about = {"subject_kind": SubjectKind.PLACE, "subject_id": "the-harbour"}
    held = {"situation": "shelled"}
    with pytest.raises(Invalid) as refused:
        desk.claim("The harbour", Predicate.SITUATION, held, **about)
    subjects.register(SubjectKind.PLACE, lambda _, name: CASE if name == "the-harbour" else None)

    assert refused.value.field == "subject_id"
    assert desk.claim("The harbour", Predicate.SITUATION, held, **about).subject_id == (
        "the-harbour"
    )
