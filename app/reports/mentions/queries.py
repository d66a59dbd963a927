"""Reading where agents are named, as far as a reader may know it."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.agents.models import Agent, IdentityStatus
from app.custody.history import in_order
from app.reports.mentions.models import Mention


def of_agents(
    session: Session,
    agent_ids: Collection[str],
    *,
    source_read: bool,
    as_of: int | None = None,
) -> Sequence[Mention]:
    """Every passage that means one of these agents, oldest first; none of a withheld identity."""
    statement = select(Mention).where(Mention.agent_id.in_(agent_ids))
    if not source_read:
        statement = statement.join(Agent, Agent.id == Mention.agent_id).where(
            Agent.identity_status != IdentityStatus.WITHHELD
        )
    return in_order(session, statement, Mention, as_of)


def of_report(session: Session, report_id: str, *, as_of: int | None = None) -> Sequence[Mention]:
    """Every passage of a report that means an agent whose identity is not withheld."""
    statement = (
        select(Mention)
        .join(Agent, Agent.id == Mention.agent_id)
        .where(Mention.report_id == report_id, Agent.identity_status != IdentityStatus.WITHHELD)
    )
    return in_order(session, statement, Mention, as_of)
