"""
Which agents of a case may be one, and what people ruled of it.

Proposals are computed from the names, under pinned rules, and stored nowhere; what is stored is a
ruling. Two that are ruled the same stay two rows: whoever reads is told that they stand
for one. A withheld identity takes part only for a reader who may know its names: a proposal that
lays it beside a public name would give it away, and so would a ruling.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.agents import queries
from app.agents.likeness import compare
from app.agents.models import (
    Agent,
    AgentEquivalence,
    AgentKind,
    AgentName,
    EquivalenceRuling,
    IdentityStatus,
)
from app.agents.transliteration import METHOD as NAME
from app.agents.transliteration import VERSION
from app.agents.transliteration.comparison import Comparison
from app.custody.history import in_order, until

METHOD = f"{NAME} {VERSION}"
"""The rules that propose, as a ruling names them."""

MOST_AGENTS = 250
"""Of how many agents of one kind, the newest, every two are compared; one is compared with all."""

_KINDS = (
    frozenset({AgentKind.PERSON}),
    frozenset({AgentKind.MILITARY_UNIT}),
    frozenset({AgentKind.ORGANIZATION, AgentKind.OFFICE, AgentKind.SOFTWARE}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Two agents whose names may be one: the names that are most alike, how alike, and why."""

    first: Agent
    second: Agent
    first_name: str
    second_name: str
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """What is proposed, the likeliest first; `not_compared` agents were too many to look at."""

    items: Sequence[Proposed]
    not_compared: int


def proposals(
    session: Session,
    case_id: str,
    *,
    source_read: bool,
    agent_id: str | None = None,
    as_of: int | None = None,
) -> Proposals:
    """
    The pairs of agents of a case that may be one and of which nothing is ruled.

    With `agent_id`, the pairs that this agent is in.
    """
    statement = select(Agent).where(Agent.case_id == case_id)
    agents = _visible(in_order(session, statement, Agent, as_of), source_read=source_read)
    names = _names(session, agents, as_of=as_of)
    settled = {
        pair
        for pair, row in _newest(rulings(session, case_id, as_of=as_of)).items()
        if row.ruling is not EquivalenceRuling.REOPENED
    }
    found: list[Proposed] = []
    left_out = 0
    for kinds in _KINDS:
        alike = [agent for agent in agents if agent.kind in kinds and names[agent.id]]
        if agent_id is None:
            left_out += max(0, len(alike) - MOST_AGENTS)
            alike = alike[-MOST_AGENTS:]
        for first, second in _pairs(alike, agent_id):
            if (first.id, second.id) not in settled:
                best = _best(first, second, names)
                if best is not None:
                    found.append(best)
    found.sort(key=lambda item: (-item.comparison.score, item.first.id, item.second.id))
    return Proposals(items=found, not_compared=left_out)


def rulings(
    session: Session, case_id: str, *, as_of: int | None = None
) -> Sequence[AgentEquivalence]:
    """Every ruling of a case, oldest first."""
    statement = select(AgentEquivalence).where(AgentEquivalence.case_id == case_id)
    return in_order(session, statement, AgentEquivalence, as_of)


def rulings_of(
    session: Session, agent: Agent, *, source_read: bool, as_of: int | None = None
) -> Sequence[AgentEquivalence]:
    """Every ruling on one agent that this reader may know of, oldest first."""
    statement = select(AgentEquivalence).where(
        or_(AgentEquivalence.first_id == agent.id, AgentEquivalence.second_id == agent.id)
    )
    rows = in_order(session, statement, AgentEquivalence, as_of)
    if source_read:
        return rows
    hidden = _hidden(session, {end for row in rows for end in (row.first_id, row.second_id)})
    return [row for row in rows if not {row.first_id, row.second_id} & hidden]


def in_force_among(
    session: Session,
    case_id: str,
    agent_ids: Collection[str],
    *,
    source_read: bool,
    as_of: int | None = None,
) -> Sequence[AgentEquivalence]:
    """The rulings in force that one of these agents is, or is not, one with another."""
    rows = [
        row
        for row in _newest(rulings(session, case_id, as_of=as_of)).values()
        if row.ruling is not EquivalenceRuling.REOPENED
        and {row.first_id, row.second_id} & {*agent_ids}
    ]
    if not rows or source_read:
        return rows
    hidden = _hidden(session, {end for row in rows for end in (row.first_id, row.second_id)})
    return [row for row in rows if not {row.first_id, row.second_id} & hidden]


def one_with(
    session: Session, agent: Agent, *, source_read: bool, as_of: int | None = None
) -> frozenset[str]:
    """The agents that are ruled to be one with this one, by way of one another, itself among them."""
    together = _together(session, agent.case_id, source_read=source_read, as_of=as_of)
    return _reached(agent.id, together)


def representatives(
    session: Session, case_id: str, *, source_read: bool, as_of: int | None = None
) -> dict[str, str]:
    """
    For each agent that is ruled to be one with another, the one of them that was entered first.

    Who is ruled to be one with nobody is not among them.
    """
    together = _together(session, case_id, source_read=source_read, as_of=as_of)
    return {agent_id: min(_reached(agent_id, together)) for agent_id in together}


def _together(
    session: Session, case_id: str, *, source_read: bool, as_of: int | None
) -> dict[str, set[str]]:
    """Which agents were ruled to be one with which, directly, as far as a reader may know."""
    together: dict[str, set[str]] = {}
    rows = _newest(rulings(session, case_id, as_of=as_of))
    ends = {end for pair in rows for end in pair}
    hidden = frozenset[str]() if source_read else _hidden(session, ends)
    for (first, second), row in rows.items():
        if row.ruling is EquivalenceRuling.SAME and not {first, second} & hidden:
            together.setdefault(first, set()).add(second)
            together.setdefault(second, set()).add(first)
    return together


def _reached(agent_id: str, together: Mapping[str, set[str]]) -> frozenset[str]:
    reached, waiting = {agent_id}, [agent_id]
    while waiting:
        for other in together.get(waiting.pop(), set()) - reached:
            reached.add(other)
            waiting.append(other)
    return frozenset(reached)


def newest(session: Session, first: Agent, second: Agent) -> AgentEquivalence | None:
    """The ruling in force on two agents, the one entered first named first."""
    statement = select(AgentEquivalence).where(
        AgentEquivalence.first_id == first.id, AgentEquivalence.second_id == second.id
    )
    rows = in_order(session, statement, AgentEquivalence, None)
    return rows[-1] if rows else None


def _newest(rows: Sequence[AgentEquivalence]) -> dict[tuple[str, str], AgentEquivalence]:
    return {(row.first_id, row.second_id): row for row in rows}


def _visible(agents: Sequence[Agent], *, source_read: bool) -> list[Agent]:
    return [
        agent
        for agent in agents
        if source_read or agent.identity_status is not IdentityStatus.WITHHELD
    ]


def _hidden(session: Session, agent_ids: Collection[str]) -> frozenset[str]:
    """Those of these agents whose identity is withheld."""
    statement = select(Agent.id).where(
        Agent.id.in_(agent_ids), Agent.identity_status == IdentityStatus.WITHHELD
    )
    return frozenset(session.scalars(statement))


def _names(
    session: Session, agents: Sequence[Agent], *, as_of: int | None
) -> dict[str, list[str]]:
    """Every name of each agent; one who is only described, or unknown, has none."""
    statement = select(AgentName).where(AgentName.case_id.in_({agent.case_id for agent in agents}))
    found = {agent.id: [agent.name] if agent.name else [] for agent in agents}
    for row in session.scalars(until(statement, AgentName, as_of).order_by(AgentName.log_index)):
        if row.agent_id in found:
            found[row.agent_id].append(row.name)
    return found


def _pairs(agents: Sequence[Agent], agent_id: str | None) -> Iterator[tuple[Agent, Agent]]:
    if agent_id is None:
        yield from combinations(agents, 2)
        return
    place = next((n for n, agent in enumerate(agents) if agent.id == agent_id), None)
    if place is None:
        return
    for number, other in enumerate(agents):
        if number < place:
            yield other, agents[place]
        elif number > place:
            yield agents[place], other


def _best(first: Agent, second: Agent, names: dict[str, list[str]]) -> Proposed | None:
    tried = [
        Proposed(
            first=first,
            second=second,
            first_name=one,
            second_name=other,
            comparison=compare(first.kind, one, other),
        )
        for one in names[first.id]
        for other in names[second.id]
    ]
    proposed = [item for item in tried if item.comparison.is_proposed]
    return max(proposed, key=lambda item: item.comparison.score, default=None)


def pair(session: Session, first_id: str, second_id: str) -> tuple[Agent, Agent]:
    """Two agents in the order in which they were entered; `NotFound` where one is not there."""
    first, second = queries.get(session, first_id), queries.get(session, second_id)
    return (first, second) if first.log_index <= second.log_index else (second, first)


def proposed_by(session: Session, agent: Agent, other: Agent) -> str | None:
    """The rules that propose that two agents are one, or `None` where they do not."""
    if not any(agent.kind in kinds and other.kind in kinds for kinds in _KINDS):
        return None
    names = _names(session, [agent, other], as_of=None)
    return METHOD if _best(agent, other, names) is not None else None
