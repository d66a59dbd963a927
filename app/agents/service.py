"""Entering those who appear in a case, what else they are called, and which of them are one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.agents import equivalence
from app.agents.models import (
    Agent,
    AgentEquivalence,
    AgentKind,
    AgentName,
    EquivalenceRuling,
    IdentityStatus,
    NameKind,
)
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.core.languages import language as known_language
from app.core.plaintext import line, optional_line, optional_prose, prose
from app.custody.events import EventType
from app.custody.service import Subject, record

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name as it is stated: alias, call sign, transliteration."""

    name: str
    kind: NameKind = NameKind.ALIAS
    language: str | None = None


def create(
    session: Session,
    *,
    actor: Actor,
    case_id: str,
    kind: AgentKind,
    identity_status: IdentityStatus,
    name: str | None = None,
    description: str | None = None,
    parent_id: str | None = None,
    names: Sequence[OtherName] = (),
) -> Agent:
    """
    Enter an agent, with other names if there are any, in one custody entry.

    Which of name and description must or must not be there follows from the identity
    status: `Invalid` names the field. The entry holds no name.
    """
    agent = Agent(
        id=new_id(),
        case_id=case_id,
        kind=kind,
        identity_status=identity_status,
        name=optional_line(name, field="name"),
        description=optional_prose(description, field="description"),
        parent_id=parent_id,
        salt=secrets.token_bytes(SALT_BYTES),
        made_at=clock.now(),
    )
    _require_coherent(agent, named_otherwise=bool(names))
    if parent_id is not None:
        _require_same_case(session, parent_id, case_id)
    others = [_named(agent, other) for other in names]
    record(
        session,
        EventType.AGENT_CREATION,
        subject=Subject("agent", agent.id),
        actor=actor,
        case_id=case_id,
        rows=[agent, *others],
        details={"kind": str(kind), "identity_status": str(identity_status)},
    )
    return agent


def add_name(session: Session, *, actor: Actor, agent: Agent, other: OtherName) -> AgentName:
    """Enter another name of an agent; `Invalid` for one who is only described, or unknown."""
    _require_coherent(agent, named_otherwise=True)
    row = _named(agent, other)
    record(
        session,
        EventType.AGENT_NAMING,
        subject=Subject("agent", agent.id),
        actor=actor,
        case_id=agent.case_id,
        rows=[row],
        details={"kind": str(other.kind)},
    )
    return row


def rule(
    session: Session,
    *,
    actor: Actor,
    agent: Agent,
    other: Agent,
    ruling: EquivalenceRuling,
    reason: str,
    method: str | None = None,
) -> AgentEquivalence:
    """
    Rule whether two agents of a case are one; both stay, and so does every earlier ruling.

    `method` names the rules that proposed it. The entry names neither agent: beside a withheld
    identity that would say who it is. `Conflict` where the newest ruling says the same.
    """
    if other.case_id != agent.case_id:
        raise Invalid("no such agent in this case", field="other_id")
    if other.id == agent.id:
        raise Invalid("an agent is one with itself already", field="other_id")
    first, second = equivalence.pair(session, agent.id, other.id)
    before = equivalence.newest(session, first, second)
    standing = before.ruling if before else EquivalenceRuling.REOPENED
    if standing is ruling:
        raise Conflict(f"nothing new is ruled of these two: {ruling.replace('_', ' ')}")
    row = AgentEquivalence(
        id=new_id(),
        case_id=agent.case_id,
        first_id=first.id,
        second_id=second.id,
        ruling=ruling,
        reason=prose(reason, field="reason"),
        method=method,
        salt=secrets.token_bytes(SALT_BYTES),
        ruled_by=actor.id,
        ruled_at=clock.now(),
    )
    record(
        session,
        EventType.AGENT_EQUIVALENCE,
        subject=Subject("agent_equivalence", row.id),
        actor=actor,
        case_id=agent.case_id,
        rows=[row],
        details={"ruling": str(ruling), "proposed_by": method},
    )
    return row


def _require_coherent(agent: Agent, *, named_otherwise: bool) -> None:
    match agent.identity_status:
        case IdentityStatus.NAMED:
            if agent.name is None:
                raise Invalid("a named agent needs a name", field="name")
        case IdentityStatus.DESCRIBED_ONLY:
            if agent.description is None:
                raise Invalid("say how they are described", field="description")
            _refuse_names(agent, named_otherwise=named_otherwise)
        case IdentityStatus.UNKNOWN:
            _refuse_names(agent, named_otherwise=named_otherwise)
        case IdentityStatus.WITHHELD:
            pass


def _refuse_names(agent: Agent, *, named_otherwise: bool) -> None:
    if agent.name is not None or named_otherwise:
        raise Invalid(
            f"an agent who is {agent.identity_status.replace('_', ' ')} has no name here",
            field="name",
        )


def _require_same_case(session: Session, parent_id: str, case_id: str) -> None:
    parent = session.get(Agent, parent_id)
    if parent is None or parent.case_id != case_id:
        raise Invalid("no such agent in this case", field="parent_id")


def _named(agent: Agent, other: OtherName) -> AgentName:
    return AgentName(
        id=new_id(),
        agent_id=agent.id,
        case_id=agent.case_id,
        kind=other.kind,
        name=line(other.name, field="names"),
        language=other.language and known_language(other.language, field="language"),
        salt=secrets.token_bytes(SALT_BYTES),
        made_at=clock.now(),
    )
