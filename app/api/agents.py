"""
Those who appear in a case.

The names of a withheld identity are shown to those with `source:read` in its case and to
nobody else; `is_hidden` tells the others that there is something they do not see.
"""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.agents import queries, service
from app.agents.models import Agent, AgentKind, AgentName, IdentityStatus, NameKind
from app.agents.service import OtherName
from app.api.once import Once
from app.api.wire import (
    FIRST,
    Cursor,
    Id,
    Limit,
    Listing,
    Spelled,
    UtcInstant,
    Wire,
    listed,
)
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading, Writing

router = APIRouter(prefix="/agents", tags=["agents"])
Seeing = Annotated[Caller, allowed(Permission.AGENT_READ)]
Entering = Annotated[Caller, allowed(Permission.AGENT_WRITE)]


class NameIn(Wire):
    """Another name."""

    name: str
    kind: Spelled[NameKind] = NameKind.ALIAS
    language: str | None = None

    def stated(self) -> OtherName:
        """The name as the service takes it."""
        return OtherName(name=self.name, kind=self.kind, language=self.language)


class AgentIn(Wire):
    """Somebody or something to be entered."""

    case_id: str
    kind: Spelled[AgentKind]
    identity_status: Spelled[IdentityStatus]
    name: str | None = None
    description: str | None = None
    parent_id: str | None = None
    names: list[NameIn] = Field(default=[])


class NameOut(Wire):
    """Another name."""

    id: str
    name: str
    kind: NameKind
    language: str | None
    log_index: int

    @classmethod
    def of(cls, name: AgentName) -> "NameOut":
        """Shape a name."""
        return cls(
            id=name.id,
            name=name.name,
            kind=name.kind,
            language=name.language,
            log_index=name.log_index,
        )


class AgentOut(Wire):
    """An agent, as this caller may see it."""

    id: str
    case_id: str
    kind: AgentKind
    identity_status: IdentityStatus
    name: str | None
    description: str | None
    parent_id: str | None
    names: list[NameOut]
    is_hidden: bool
    made_at: UtcInstant
    log_index: int

    @classmethod
    def of(cls, agent: Agent, names: list[AgentName], caller: Caller) -> "AgentOut":
        """Shape an agent for this caller."""
        identity = queries.shown(
            agent, names, source_read=caller.may(Permission.SOURCE_READ, agent.case_id)
        )
        return cls(
            id=agent.id,
            case_id=agent.case_id,
            kind=agent.kind,
            identity_status=agent.identity_status,
            name=identity.name,
            description=identity.description,
            parent_id=agent.parent_id,
            names=[NameOut.of(name) for name in identity.names],
            is_hidden=identity.is_hidden,
            made_at=agent.made_at,
            log_index=agent.log_index,
        )


@router.post("", status_code=201, response_model=AgentOut)
def create(body: AgentIn, session: Writing, caller: Entering, once: Once) -> Response:
    """Enter an agent, with other names if there are any."""
    caller.require(Permission.AGENT_WRITE, body.case_id, thing="case")

    def make() -> AgentOut:
        agent = service.create(
            session,
            actor=caller.actor,
            case_id=body.case_id,
            kind=body.kind,
            identity_status=body.identity_status,
            name=body.name,
            description=body.description,
            parent_id=body.parent_id,
            names=[name.stated() for name in body.names],
        )
        return _out(session, agent, caller)

    return once.answer(session, caller, make, location=lambda made: f"/api/v1/agents/{made.id}")


@router.get("")
def agents(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    case_id: str | None = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[AgentOut]:
    """List the agents of one case, or of all of one's cases."""
    if case_id is not None:
        caller.require(Permission.AGENT_READ, case_id, thing="case")
    cases = caller.cases_with(Permission.AGENT_READ) if case_id is None else {case_id}
    page = queries.listed(session, case_ids=cases, limit=limit, cursor=cursor)
    names = queries.names_of(session, [agent.id for agent in page.items])
    items = [AgentOut.of(agent, names[agent.id], caller) for agent in page.items]
    return listed(request, response, items, page.next_cursor)


@router.get("/{agent_id}")
def agent(agent_id: Id, session: Reading, caller: Seeing) -> AgentOut:
    """Show an agent."""
    found = queries.get(session, agent_id)
    caller.require(Permission.AGENT_READ, found.case_id, thing="agent")
    return _out(session, found, caller)


@router.post("/{agent_id}/names", status_code=201, response_model=AgentOut)
def add_name(
    agent_id: Id, body: NameIn, session: Writing, caller: Entering, once: Once
) -> Response:
    """Enter another name of an agent."""
    found = queries.get(session, agent_id)
    caller.require(Permission.AGENT_WRITE, found.case_id, thing="agent")

    def make() -> AgentOut:
        service.add_name(session, actor=caller.actor, agent=found, other=body.stated())
        return _out(session, found, caller)

    return once.answer(session, caller, make)


def _out(session: Session, agent: Agent, caller: Caller) -> AgentOut:
    return AgentOut.of(agent, queries.names_of(session, [agent.id])[agent.id], caller)
