"""Agents on pages: who appears, what they are called, whom they may be one with, what they said."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.agents import equivalence, queries, service
from app.agents.models import Agent, AgentKind, EquivalenceRuling, IdentityStatus, NameKind
from app.agents.service import OtherName
from app.cases.caller import Caller
from app.cases.queries import listed as cases_listed
from app.core.paging import MAX_LIMIT
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.web.fields import lines, one_of, optional
from app.web.portrait import Portrait, named, portrait
from app.web.refusals import Refused, attempted
from app.web.rendering import page

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.AGENT_READ)]
Writer = Annotated[Caller, allowed(Permission.AGENT_WRITE)]
SECTION = "Agents"


@router.get("/agents")
def listing(
    request: Request, session: Reading, caller: Reader, cursor: str | None = None
) -> Response:
    """The agents of the caller's cases, in the order they were entered."""
    return _listing(request, session, caller, cursor)


@router.post("/agents")
def create(
    request: Request,
    session: Writing,
    caller: Writer,
    case_id: Annotated[str, Form()],
    kind: Annotated[str, Form()] = "",
    identity_status: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    description: Annotated[str, Form()] = "",
) -> Response:
    """Enter an agent, or show the form again naming what is wrong."""
    caller.require(Permission.AGENT_WRITE, case_id, thing="case")
    made: list[Agent] = []

    def act() -> None:
        made.append(
            service.create(
                session,
                actor=caller.actor,
                case_id=case_id,
                kind=one_of(AgentKind, kind, field="kind"),
                identity_status=one_of(IdentityStatus, identity_status, field="identity_status"),
                name=optional(name),
                description=optional(lines(description)),
            )
        )

    given = {
        "case_id": case_id,
        "kind": kind,
        "identity_status": identity_status,
        "name": name,
        "description": description,
    }
    refused = attempted(session, act, form="create", given=given)
    if refused:
        return _listing(request, session, caller, None, refused=refused)
    return RedirectResponse(f"/agents/{made[0].id}", status_code=303)


@router.get("/agents/proposals")
def proposals(request: Request, session: Reading, caller: Reader, case_id: str = "") -> Response:
    """The agents of a case that may be one; of the newest of one's cases if none is named."""
    mine = caller.cases_with(Permission.AGENT_READ)
    cases = cases_listed(session, case_ids=mine, limit=MAX_LIMIT, cursor=None).items
    chosen = case_id or (cases[-1].id if cases else "")
    if case_id:
        caller.require(Permission.AGENT_READ, case_id, thing="case")
    found = (
        equivalence.proposals(
            session, chosen, source_read=caller.may(Permission.SOURCE_READ, chosen)
        )
        if chosen
        else None
    )
    return page(
        request,
        "agent_proposals.html",
        caller=caller,
        section=SECTION,
        cases=cases,
        chosen=chosen,
        proposals=found,
        method=equivalence.METHOD,
    )


@router.get("/agents/{agent_id}")
def agent(agent_id: str, request: Request, session: Reading, caller: Reader) -> Response:
    """One agent: names, roles, place in the hierarchy, whom they may be one with, what they said."""
    return _show(request, session, caller, _found(session, caller, agent_id))


@router.post("/agents/{agent_id}/names")
def add_name(
    agent_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    name: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
) -> Response:
    """Enter another name."""
    found = _found(session, caller, agent_id, Permission.AGENT_WRITE)

    def act() -> None:
        other = OtherName(name, one_of(NameKind, kind, field="kind"), optional(language))
        service.add_name(session, actor=caller.actor, agent=found, other=other)

    given = {"name": name, "kind": kind, "language": language}
    refused = attempted(session, act, form="name", given=given)
    if refused:
        return _show(request, session, caller, found, refused=refused)
    return RedirectResponse(f"/agents/{agent_id}#names-head", status_code=303)


@router.post("/agents/{agent_id}/equivalences")
def rule(
    agent_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    other_id: Annotated[str, Form()] = "",
    ruling: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Rule whether this agent and another are one."""
    found = _found(session, caller, agent_id, Permission.AGENT_WRITE)
    other = _found(session, caller, other_id, Permission.AGENT_WRITE)
    for each in (found, other):
        if each.identity_status is IdentityStatus.WITHHELD:
            caller.require(Permission.SOURCE_READ, each.case_id, thing="agent")

    def act() -> None:
        service.rule(
            session,
            actor=caller.actor,
            agent=found,
            other=other,
            ruling=one_of(EquivalenceRuling, ruling, field="ruling"),
            reason=lines(reason),
            method=equivalence.proposed_by(session, found, other),
        )

    given = {"other_id": other_id, "ruling": ruling, "reason": reason}
    refused = attempted(session, act, form="rule", given=given)
    if refused:
        return _show(request, session, caller, found, refused=refused)
    return RedirectResponse(f"/agents/{agent_id}#one-head", status_code=303)


def _listing(
    request: Request,
    session: Session,
    caller: Caller,
    cursor: str | None,
    *,
    refused: Refused | None = None,
) -> Response:
    mine = caller.cases_with(Permission.AGENT_READ)
    found = queries.listed(session, case_ids=mine, limit=MAX_LIMIT, cursor=cursor)
    writable = caller.cases_with(Permission.AGENT_WRITE)
    return page(
        request,
        "agents.html",
        caller=caller,
        section=SECTION,
        status=refused.status if refused else 200,
        refused=refused,
        agents=named(session, caller, found.items),
        cases=cases_listed(session, case_ids=writable, limit=MAX_LIMIT, cursor=None).items,
        kinds=list(AgentKind),
        statuses=list(IdentityStatus),
        following=f"/agents?cursor={found.next_cursor}" if found.next_cursor else None,
    )


def _show(
    request: Request,
    session: Session,
    caller: Caller,
    found: Agent,
    *,
    refused: Refused | None = None,
) -> Response:
    shown: Portrait = portrait(session, caller, found)
    return page(
        request,
        "agent.html",
        caller=caller,
        section=SECTION,
        status=refused.status if refused else 200,
        refused=refused,
        agent=found,
        shown=shown,
        name_kinds=list(NameKind),
        may_write=caller.may(Permission.AGENT_WRITE, found.case_id),
    )


def _found(
    session: Session,
    caller: Caller,
    agent_id: str,
    permission: Permission = Permission.AGENT_READ,
) -> Agent:
    found = queries.get(session, agent_id)
    caller.require(permission, found.case_id, thing="agent")
    return found
