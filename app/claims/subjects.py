"""
What claims are about, and in which case it is.

A claim names its subject by kind and identifier. Recordings, reports, agents and claims lie below
this feature and are looked up here; a series is a name that a recording of the case is
described under. What lies above (an incident, a material, a place) registers how it is looked up, where
it is defined: a kind nobody registered has no things, so that a claim about one is refused.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agents.models import Agent, IdentityStatus
from app.claims.facts import EventLink
from app.claims.models import Claim
from app.claims.terms import SubjectKind
from app.claims.values import Named, Place
from app.core.errors import Invalid
from app.recordings.models import Description, Recording
from app.reports.models import Report

CaseOf = Callable[[Session, str], str | None]
"""The case of a thing by its identifier, or `None` where there is no such thing."""

_BELOW: dict[SubjectKind, type[Recording] | type[Report] | type[Agent] | type[Claim]] = {
    SubjectKind.RECORDING: Recording,
    SubjectKind.REPORT: Report,
    SubjectKind.AGENT: Agent,
    SubjectKind.CLAIM: Claim,
}
_REGISTERED: dict[SubjectKind, CaseOf] = {}


def register(kind: SubjectKind, case_of: CaseOf) -> None:
    """Say how things of a kind that lies above this feature are looked up."""
    _REGISTERED[kind] = case_of


def require(
    session: Session,
    kind: SubjectKind,
    identifier: str,
    *,
    case_id: str,
    field: str = "subject_id",
) -> None:
    """Let a thing of this case pass; `Invalid` naming `field` for any other, or none."""
    if kind is SubjectKind.SERIES:
        known = _is_series(session, identifier, case_id)
    else:
        known = _case_of(session, kind, identifier) == case_id
    if not known:
        raise Invalid(f"no such {kind} in this case", field=field)
    if kind is SubjectKind.AGENT and field == "subject_id" and _is_withheld(session, identifier):
        raise Invalid(
            "who this is is withheld: what a report says of them would tell", field=field
        )


def require_named(session: Session, value: object, *, case_id: str, field: str = "value") -> None:
    """Let a value pass whose identifiers are all of this case; `Invalid` names the field."""
    for kind, identifier, name in named_in(value):
        require(session, kind, identifier, case_id=case_id, field=f"{field}.{name}")
    for each in _called_by_name(value):
        if each.agent_id is not None and _is_withheld(session, each.agent_id):
            raise Invalid(
                "who this is is withheld: a printed name beside it would tell",
                field=f"{field}.agent_id",
            )


def _is_withheld(session: Session, agent_id: str) -> bool:
    agent = session.get(Agent, agent_id)
    return agent is not None and agent.identity_status is IdentityStatus.WITHHELD


def _called_by_name(value: object) -> Iterator[Named]:
    """Everybody in a value who has both a name and an identifier."""
    match value:
        case Named(name=str(), agent_id=str(), identity=IdentityStatus.NAMED):
            yield value
        case tuple():
            for item in value:
                yield from _called_by_name(item)
        case _ if is_dataclass(value):
            for each in fields(value):
                yield from _called_by_name(getattr(value, each.name))
        case _:
            return


def named_in(value: object) -> Iterator[tuple[SubjectKind, str, str]]:
    """Every identifier within a value: of which kind, which one, in which field."""
    match value:
        case Named(agent_id=str(identifier)):
            yield SubjectKind.AGENT, identifier, "agent_id"
        case Place(place_id=str(identifier)):
            yield SubjectKind.PLACE, identifier, "place_id"
        case EventLink(to_kind=kind, to_id=identifier):
            yield kind, identifier, "to_id"
        case tuple():
            for item in value:
                yield from named_in(item)
        case _ if is_dataclass(value):
            for each in fields(value):
                yield from named_in(getattr(value, each.name))
        case _:
            return


def _case_of(session: Session, kind: SubjectKind, identifier: str) -> str | None:
    table = _BELOW.get(kind)
    if table is None:
        look_up = _REGISTERED.get(kind)
        return look_up(session, identifier) if look_up else None
    found: Any = session.get(table, identifier)  # each of these tables has a case
    return found.case_id if found else None


def _is_series(session: Session, name: str, case_id: str) -> bool:
    named = select(Description.id).where(
        Description.case_id == case_id, Description.series == name
    )
    return session.scalars(named.limit(1)).first() is not None
