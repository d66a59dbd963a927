"""Named, described only, withheld and unknown are four states, and a withheld name stays in."""

import pytest
from sqlalchemy import select

from app.agents import queries, service
from app.agents.models import AgentKind, IdentityStatus, NameKind
from app.agents.service import OtherName
from app.core.actor import Actor
from app.core.canonical import canonical
from app.core.database import Database
from app.core.digest import Digest
from app.core.errors import Invalid
from app.custody.models import LogEntry

NAME = "Canary Surname"


@pytest.mark.parametrize(
    ("status", "given", "field"),
    [
        (IdentityStatus.NAMED, {}, "name"),
        (IdentityStatus.NAMED, {"description": "a serviceman"}, "name"),
        (IdentityStatus.DESCRIBED_ONLY, {}, "description"),
        (IdentityStatus.DESCRIBED_ONLY, {"description": "a man", "name": NAME}, "name"),
        (IdentityStatus.UNKNOWN, {"name": NAME}, "name"),
        (IdentityStatus.UNKNOWN, {"names": [OtherName(NAME)]}, "name"),
        (IdentityStatus.NAMED, {"name": "a\x00"}, "name"),
        (IdentityStatus.NAMED, {"name": NAME, "parent_id": "nobody"}, "parent_id"),
        (
            IdentityStatus.NAMED,
            {"name": NAME, "names": [OtherName("X", language="xx-none")]},
            "language",
        ),
    ],
)
def test_an_identity_that_contradicts_itself_names_the_field(
    database: Database,
    investigator: Actor,
    status: IdentityStatus,
    given: dict,
    field: str,
) -> None:
    with database.writing() as session, pytest.raises(Invalid) as refused:
        service.create(
            session,
            actor=investigator,
            case_id="case-1",
            kind=AgentKind.PERSON,
            identity_status=status,
            **given,
        )

    assert refused.value.field == field


def test_a_parent_of_another_case_is_not_told_from_one_that_is_not_there(
    database: Database, investigator: Actor
) -> None:
    said = set()
    with database.writing() as session:
        foreign = service.create(
            session,
            actor=investigator,
            case_id="case-2",
            kind=AgentKind.OFFICE,
            identity_status=IdentityStatus.UNKNOWN,
        )
        for parent in (foreign.id, "nobody"):
            with pytest.raises(Invalid) as refused:
                service.create(
                    session,
                    actor=investigator,
                    case_id="case-1",
                    kind=AgentKind.PERSON,
                    identity_status=IdentityStatus.UNKNOWN,
                    parent_id=parent,
                )
            said.add((refused.value.message, refused.value.field))

    assert len(said) == 1


def test_a_withheld_name_is_in_no_entry_and_cannot_be_guessed_from_one(
    database: Database, investigator: Actor
) -> None:
    with database.writing() as session:
        agent = service.create(
            session,
            actor=investigator,
            case_id="case-1",
            kind=AgentKind.PERSON,
            identity_status=IdentityStatus.WITHHELD,
            name=NAME,
            names=[OtherName("Canary Alias", NameKind.CALL_SIGN)],
        )
        guess = agent.sealed_value() | {"salt": ""}
    with database.reading() as session:
        entry = session.scalars(select(LogEntry)).one()

    assert b"Canary" not in entry.body
    assert str(agent.seal()).encode() in entry.body
    assert str(Digest.of_bytes(canonical(guess))).encode() not in entry.body


def test_names_are_shown_to_those_who_may_know_sources_and_to_nobody_else(
    database: Database, investigator: Actor
) -> None:
    with database.writing() as session:
        agent = service.create(
            session,
            actor=investigator,
            case_id="case-1",
            kind=AgentKind.PERSON,
            identity_status=IdentityStatus.WITHHELD,
            name=NAME,
            description="an officer",
            names=[OtherName("Canary Alias")],
        )
        service.add_name(session, actor=investigator, agent=agent, other=OtherName("Canary Later"))
        names = queries.names_of(session, [agent.id])[agent.id]

        hidden = queries.shown(agent, names, source_read=False)
        whole = queries.shown(agent, names, source_read=True)

    assert (hidden.name, hidden.names, hidden.is_hidden) == (None, (), True)
    assert hidden.description == "an officer"
    assert [name.name for name in whole.names] == ["Canary Alias", "Canary Later"]
    assert (whole.name, whole.is_hidden) == (NAME, False)


def test_entering_and_naming_leave_one_entry_each(database: Database, investigator: Actor) -> None:
    with database.writing() as session:
        agent = service.create(
            session,
            actor=investigator,
            case_id="case-1",
            kind=AgentKind.MILITARY_UNIT,
            identity_status=IdentityStatus.NAMED,
            name="A unit",
            names=[OtherName("One"), OtherName("Two", NameKind.TRANSLITERATION, "uk")],
        )
        service.add_name(session, actor=investigator, agent=agent, other=OtherName("Three"))
    with database.reading() as session:
        events = session.scalars(select(LogEntry.event).order_by(LogEntry.log_index)).all()

    assert events == ["agent:creation", "agent:naming"]
