"""
Reading agents, and what may be shown of them.

`shown` is the one place that decides whether a reader sees a name: every edge and every
assembled document goes through it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agents.models import Agent, AgentName, IdentityStatus
from app.core.lookup import found
from app.core.paging import Page, page


@dataclass(frozen=True, slots=True)
class Identity:
    """What one reader may see of who an agent is; `is_hidden` says that there is more."""

    name: str | None
    description: str | None
    names: Sequence[AgentName]
    is_hidden: bool


def get(session: Session, agent_id: str) -> Agent:
    """The agent; `NotFound` if there is none."""
    return found(session.get(Agent, agent_id), "agent")


def listed(
    session: Session, *, case_ids: Collection[str], limit: int, cursor: str | None
) -> Page[Agent]:
    """The agents of these cases, in the order they were entered."""
    statement = select(Agent).where(Agent.case_id.in_(case_ids))
    return page(session, statement, key=Agent.id, limit=limit, cursor=cursor)


def names_of(session: Session, agent_ids: Collection[str]) -> dict[str, list[AgentName]]:
    """Other names of several agents at once, by agent, in the order they were entered."""
    found: dict[str, list[AgentName]] = {agent_id: [] for agent_id in agent_ids}
    rows = session.scalars(
        select(AgentName).where(AgentName.agent_id.in_(agent_ids)).order_by(AgentName.log_index)
    )
    for row in rows:
        found[row.agent_id].append(row)
    return found


def shown(agent: Agent, names: Sequence[AgentName], *, source_read: bool) -> Identity:
    """
    What a reader sees: a withheld identity's names only with `source:read`.

    The description stays: it is what the sources themselves say in public.
    """
    if agent.identity_status is IdentityStatus.WITHHELD and not source_read:
        return Identity(None, agent.description, (), is_hidden=True)
    return Identity(agent.name, agent.description, tuple(names), is_hidden=False)
