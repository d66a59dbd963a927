"""
Which agents may be one, what people ruled of it, and where agents are named.

Nothing here shows a withheld identity, or lays it beside another, without `source:read`.
"""

from typing import Annotated

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.agents import equivalence, queries, service
from app.agents.equivalence import Proposed
from app.agents.models import Agent, AgentEquivalence, AgentName, EquivalenceRuling, IdentityStatus
from app.api.anchors import AnchorOut, PassageIn, naming
from app.api.once import Once
from app.api.wire import Id, LogIndex, Spelled, UtcInstant, Wire
from app.cases.caller import Caller
from app.core.errors import Forbidden, Invalid
from app.core.lookup import found
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.reports import queries as reports
from app.reports.mentions import queries as mentions
from app.reports.mentions import service as mentioning
from app.reports.mentions.models import Mention

router = APIRouter(tags=["agents"])
Seeing = Annotated[Caller, allowed(Permission.AGENT_READ)]
Ruling = Annotated[Caller, allowed(Permission.AGENT_WRITE)]


class ProposalOut(Wire):
    """
    Two agents whose names may be one: how alike, per mille, and the reasons, as codes.

    Computed from the names and stored nowhere; a ruling settles it.
    """

    first_id: str
    second_id: str
    first_name: str
    second_name: str
    score: int
    reasons: list[str]

    @classmethod
    def of(cls, item: Proposed) -> "ProposalOut":
        """Shape a proposal."""
        return cls(
            first_id=item.first.id,
            second_id=item.second.id,
            first_name=item.first_name,
            second_name=item.second_name,
            score=item.comparison.score,
            reasons=list(item.comparison.reasons),
        )


class ProposalsOut(Wire):
    """What is proposed, the likeliest first; `not_compared` agents were too many to look at."""

    method: str
    not_compared: int
    items: list[ProposalOut]


class RulingIn(Wire):
    """What a person says of an agent and another."""

    other_id: str
    ruling: Spelled[EquivalenceRuling]
    reason: str


class RulingOut(Wire):
    """A ruling; the newest of a pair is in force."""

    id: str
    first_id: str
    second_id: str
    ruling: EquivalenceRuling
    reason: str
    method: str | None
    ruled_by: str
    ruled_at: UtcInstant
    log_index: int

    @classmethod
    def of(cls, row: AgentEquivalence) -> "RulingOut":
        """Shape a ruling."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class EquivalencesOut(Wire):
    """Every agent that is ruled to be one with this one, and every ruling on it, oldest first."""

    one_with: list[str]
    items: list[RulingOut]


class MentionIn(PassageIn):
    """A passage that means an agent, perhaps by one of their other names."""

    snapshot_id: str
    name_id: str | None = None


class MentionOut(Wire):
    """Where an agent is named or described."""

    id: str
    agent_id: str
    name_id: str | None
    report_id: str
    anchor: AnchorOut
    noted_by: str
    noted_at: UtcInstant
    log_index: int

    @classmethod
    def of(cls, row: Mention) -> "MentionOut":
        """Shape a mention."""
        plain = {name: getattr(row, name) for name in cls.model_fields if name != "anchor"}
        return cls(**plain, anchor=AnchorOut.of(row.snapshot_id, row.anchor))


class MentionsOut(Wire):
    """Every passage that means an agent, oldest first."""

    items: list[MentionOut]


@router.get("/cases/{case_id}/agent-proposals")
def proposals_of_case(
    case_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ProposalsOut:
    """List the pairs of agents of a case whose names may be one."""
    caller.require(Permission.AGENT_READ, case_id, thing="case")
    return _proposals(session, caller, case_id, as_of=as_of)


@router.get("/agents/{agent_id}/proposals")
def proposals_of_agent(
    agent_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ProposalsOut:
    """List the agents that this one may be one with."""
    agent = _agent(session, caller, agent_id, Permission.AGENT_READ)
    return _proposals(session, caller, agent.case_id, agent_id=agent.id, as_of=as_of)


@router.get("/agents/{agent_id}/equivalences")
def equivalences(
    agent_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> EquivalencesOut:
    """Tell with whom this agent is ruled to be one, and every ruling."""
    agent = _agent(session, caller, agent_id, Permission.AGENT_READ)
    source_read = caller.may(Permission.SOURCE_READ, agent.case_id)
    one = equivalence.one_with(session, agent, source_read=source_read, as_of=as_of)
    rows = equivalence.rulings_of(session, agent, source_read=source_read, as_of=as_of)
    return EquivalencesOut(
        one_with=sorted(one - {agent.id}), items=[RulingOut.of(row) for row in rows]
    )


@router.post("/agents/{agent_id}/equivalences", status_code=201, response_model=RulingOut)
def rule(agent_id: Id, body: RulingIn, session: Writing, caller: Ruling, once: Once) -> Response:
    """Rule whether an agent and another are one. Nothing is merged."""
    agent = _agent(session, caller, agent_id, Permission.AGENT_WRITE)
    with naming("other_id"):
        other = queries.get(session, body.other_id)
    if other.case_id != agent.case_id:
        raise Invalid("no such agent", field="other_id")
    require_knowing(caller, agent, other)
    return once.answer(
        session,
        caller,
        lambda: RulingOut.of(
            service.rule(
                session,
                actor=caller.actor,
                agent=agent,
                other=other,
                ruling=body.ruling,
                reason=body.reason,
                method=equivalence.proposed_by(session, agent, other),
            )
        ),
        status=201,
    )


@router.post("/agents/{agent_id}/mentions", status_code=201, response_model=MentionOut)
def mention(
    agent_id: Id, body: MentionIn, session: Writing, caller: Ruling, once: Once
) -> Response:
    """Note a passage of a report that means this agent."""
    agent = _agent(session, caller, agent_id, Permission.AGENT_WRITE)
    with naming("snapshot_id"):
        snapshot = reports.get_snapshot(session, body.snapshot_id)
    if snapshot.case_id != agent.case_id:
        raise Invalid("no such snapshot", field="snapshot_id")
    with naming("name_id"):
        name = found(session.get(AgentName, body.name_id), "name") if body.name_id else None
    require_knowing(caller, agent)
    return once.answer(
        session,
        caller,
        lambda: MentionOut.of(
            mentioning.mention(
                session,
                actor=caller.actor,
                snapshot=snapshot,
                agent=agent,
                passage=body.passage(),
                name=name,
            )
        ),
        status=201,
    )


@router.get("/agents/{agent_id}/mentions")
def mentions_of(
    agent_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> MentionsOut:
    """List every passage that means this agent."""
    agent = _agent(session, caller, agent_id, Permission.AGENT_READ)
    caller.require(Permission.REPORT_READ, agent.case_id, thing="agent")
    rows = mentions.of_agents(
        session,
        [agent.id],
        source_read=caller.may(Permission.SOURCE_READ, agent.case_id),
        as_of=as_of,
    )
    return MentionsOut(items=[MentionOut.of(row) for row in rows])


def require_knowing(caller: Caller, *agents: Agent) -> None:
    """Refuse what would tell of a withheld identity to, or by, somebody who may not know it."""
    for agent in agents:
        if agent.identity_status is IdentityStatus.WITHHELD and not caller.may(
            Permission.SOURCE_READ, agent.case_id
        ):
            raise Forbidden("who this is is withheld")


def _proposals(
    session: Session,
    caller: Caller,
    case_id: str,
    *,
    agent_id: str | None = None,
    as_of: int | None,
) -> ProposalsOut:
    found = equivalence.proposals(
        session,
        case_id,
        source_read=caller.may(Permission.SOURCE_READ, case_id),
        agent_id=agent_id,
        as_of=as_of,
    )
    return ProposalsOut(
        method=equivalence.METHOD,
        not_compared=found.not_compared,
        items=[ProposalOut.of(item) for item in found.items],
    )


def _agent(session: Session, caller: Caller, agent_id: str, permission: Permission) -> Agent:
    agent = queries.get(session, agent_id)
    caller.require(permission, agent.case_id, thing="agent")
    return agent
