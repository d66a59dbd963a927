"""Noting where a report names somebody."""

import secrets

from sqlalchemy.orm import Session

from app.agents.models import Agent, AgentName
from app.agents.service import SALT_BYTES
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.reports.anchor import Passage, columns
from app.reports.mentions.models import Mention
from app.reports.models import Snapshot


def mention(
    session: Session,
    *,
    actor: Actor,
    snapshot: Snapshot,
    agent: Agent,
    passage: Passage,
    name: AgentName | None = None,
) -> Mention:
    """
    Note that a passage means an agent, perhaps by one of their other names.

    The entry names the mention alone: which report names a withheld identity says who it is.
    """
    if agent.case_id != snapshot.case_id:
        raise Invalid("no such agent in this case", field="agent_id")
    if name is not None and name.agent_id != agent.id:
        raise Invalid("no such name of this agent", field="name_id")
    anchor = passage.locate(snapshot.text)
    row = Mention(
        id=new_id(),
        case_id=snapshot.case_id,
        report_id=snapshot.report_id,
        agent_id=agent.id,
        name_id=name.id if name else None,
        salt=secrets.token_bytes(SALT_BYTES),
        noted_by=actor.id,
        noted_at=clock.now(),
        snapshot_id=snapshot.id,
        **columns(anchor),
    )
    record(
        session,
        EventType.AGENT_MENTION,
        subject=Subject("mention", row.id),
        actor=actor,
        case_id=row.case_id,
        rows=[row],
    )
    return row
