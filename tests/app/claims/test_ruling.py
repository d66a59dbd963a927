"""What people say of a conflict: kept in order, never instead of a claim."""

from typing import Any

import pytest
from sqlalchemy import select

from app.agents import service as agents
from app.agents.models import AgentKind, EquivalenceRuling, IdentityStatus
from app.claims import register, service
from app.claims.conflicts.stating import ConflictKind
from app.claims.models import Claim, ConflictRuling
from app.claims.predicates import Predicate
from app.claims.register import ConflictState, Listed
from app.claims.ruling import RulingNotInForce
from app.claims.terms import SubjectKind
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Invalid, NotFound
from app.custody.models import LogEntry
from tests.app.claims.conftest import CASE, INNA, REMO, SERIES, Desk

FOUR = {"counted": "times_said", "count": {"operator": "exactly", "number": 4}}
THREE = {"counted": "times_said", "count": {"operator": "exactly", "number": 3}}


@pytest.fixture
def sides(desk: Desk) -> tuple[Claim, Claim]:
    return (
        desk.claim("three voices", Predicate.COUNT, THREE),
        desk.claim("four times", Predicate.COUNT, FOUR, snapshot=desk.evening),
    )


def listed(database: Database, as_of: int | None = None) -> list[Listed]:
    with database.reading() as session:
        return register.of_case(session, CASE, as_of=as_of)


def rule(database: Database, key: str, ruling: ConflictRuling, **more: Any) -> Any:
    with database.writing() as session:
        return service.decide(
            session, actor=REMO, case_id=CASE, key=key, ruling=ruling, reason="heard it", **more
        )


def test_a_conflict_is_open_explained_chosen_and_opened_again(
    database: Database, desk: Desk, sides: tuple[Claim, Claim]
) -> None:
    key = listed(database)[0].conflict.key
    first = rule(database, key, ConflictRuling.EXPLAINED)
    second = rule(
        database,
        key,
        ConflictRuling.CHOSEN,
        chosen_claim_id=sides[0].id,
        supersedes=first.id,
    )
    after = listed(database)[0]
    rule(database, key, ConflictRuling.REOPENED, supersedes=second.id)

    assert after.state is ConflictState.CHOSEN
    assert set(after.claims) == {sides[0].id, sides[1].id}, "the other one stays"
    assert listed(database)[0].state is ConflictState.OPEN
    assert listed(database, as_of=second.log_index)[0].state is ConflictState.CHOSEN
    assert listed(database, as_of=first.log_index)[0].state is ConflictState.EXPLAINED
    assert listed(database, as_of=sides[1].log_index)[0].state is ConflictState.OPEN
    assert listed(database, as_of=sides[0].log_index) == []


def test_a_ruling_leaves_one_entry_that_names_claims_and_rules(
    database: Database, sides: tuple[Claim, Claim]
) -> None:
    key = listed(database)[0].conflict.key
    rule(database, key, ConflictRuling.EXPLAINED)

    with database.reading() as session:
        entry = session.scalars(select(LogEntry).where(LogEntry.subject_id == key)).one()
        details: Any = parse(entry.body)["details"]
    assert entry.event == "conflict:decision"
    assert set(details["claims"]) == {claim.id for claim in sides}
    assert details["rules"] == "conflict-rules 1"


def test_two_people_do_not_rule_past_one_another(
    database: Database, sides: tuple[Claim, Claim]
) -> None:
    key = listed(database)[0].conflict.key
    made = rule(database, key, ConflictRuling.EXPLAINED)

    with pytest.raises(RulingNotInForce) as refused:
        rule(database, key, ConflictRuling.EXPLAINED)

    assert refused.value.facts["in_force"] == made.id


@pytest.mark.parametrize(
    ("ruling", "chosen", "field"),
    [
        (ConflictRuling.CHOSEN, None, "chosen_claim_id"),
        (ConflictRuling.CHOSEN, "another", "chosen_claim_id"),
        (ConflictRuling.EXPLAINED, "another", "chosen_claim_id"),
        (ConflictRuling.REOPENED, None, "ruling"),
    ],
)
def test_a_ruling_that_makes_no_sense_is_refused_by_name(
    database: Database,
    sides: tuple[Claim, Claim],
    ruling: ConflictRuling,
    chosen: str | None,
    field: str,
) -> None:
    key = listed(database)[0].conflict.key

    with pytest.raises(Invalid) as refused:
        rule(database, key, ruling, chosen_claim_id=chosen)

    assert refused.value.field == field


def test_a_claim_that_joins_a_side_keeps_the_ruling_and_is_told(
    database: Database, desk: Desk, sides: tuple[Claim, Claim]
) -> None:
    key = listed(database)[0].conflict.key
    rule(database, key, ConflictRuling.EXPLAINED)
    late = desk.claim("heard four times", Predicate.COUNT, FOUR, snapshot=desk.evening)

    found = listed(database)

    assert [each.conflict.key for each in found] == [key]
    assert found[0].state is ConflictState.EXPLAINED
    assert found[0].joined_since == (late.id,)


def test_a_conflict_goes_with_the_last_claim_of_a_side(
    database: Database, sides: tuple[Claim, Claim]
) -> None:
    key = listed(database)[0].conflict.key
    with database.writing() as session:
        service.withdraw(session, actor=INNA, claim=sides[1], reason="misread")

    assert listed(database) == []
    with pytest.raises(NotFound):
        rule(database, key, ConflictRuling.EXPLAINED)


def test_the_headline_of_a_text_is_known_from_its_first_line(
    database: Database, desk: Desk
) -> None:
    order = {"deeds": [{"deed": "evacuate", "negated": True}], "act": "orders"}
    desk.claim("told to leave the passengers", Predicate.CONTENT, order)
    desk.claim("probably an order", Predicate.CONTENT, order, modality="likely")

    found = listed(database)[0].conflict

    assert found.kind is ConflictKind.STRENGTH
    assert [each.code.value for each in found.explanations] == ["headline"]


def test_a_recording_has_the_conflicts_about_its_series(
    database: Database, desk: Desk, sides: tuple[Claim, Claim]
) -> None:
    with database.reading() as session:
        of_one = register.of_recording(session, desk.recording.id)
        of_other = register.of_recording(session, desk.foreign.id)

    assert [each.conflict.key for each in of_one] == [listed(database)[0].conflict.key]
    assert of_other == []


def test_agents_that_are_ruled_to_be_one_are_one_subject_and_one_sayer(
    database: Database, desk: Desk
) -> None:
    law = Predicate.LEGAL_CHARACTERISATION
    with database.writing() as session:
        other = agents.create(
            session,
            actor=INNA,
            case_id=CASE,
            kind=AgentKind.ORGANIZATION,
            identity_status=IdentityStatus.NAMED,
            name="Port authority",
        )
    desk.claim("a serious violation", law, {"category": "serious_violation"}, said_by_id=other.id)
    desk.claim(
        "a grave breach",
        law,
        {"category": "grave_breach"},
        said_by_id=desk.office.id,
        snapshot=desk.evening,
    )
    for exact, number, agent, snapshot in (
        ("three voices", 3, desk.office, desk.morning),
        ("four times", 4, other, desk.evening),
    ):
        value = {"counted": "officials", "count": {"operator": "exactly", "number": number}}
        about = {"subject_kind": SubjectKind.AGENT, "subject_id": agent.id}
        desk.claim(exact, Predicate.COUNT, value, snapshot=snapshot, **about)
    before = listed(database)

    with database.writing() as session:
        made = agents.rule(
            session,
            actor=INNA,
            agent=desk.office,
            other=other,
            ruling=EquivalenceRuling.SAME,
            reason="one office under two names",
        )

    assert before == []
    after = {(each.conflict.kind, each.conflict.subject_id) for each in listed(database)}
    assert after == {(ConflictKind.WORDING, SERIES), (ConflictKind.COUNT, desk.office.id)}
    assert listed(database, as_of=made.log_index - 1) == []
