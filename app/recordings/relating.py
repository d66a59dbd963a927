"""
Saying where a recording came from and how it stands to another: statements, never facts.

The verbs of `service` that need a second person or speak of custody before us. The rules
are in `linking`.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core import clock, dates, plaintext
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.recordings import linking, ordering
from app.recordings.models import ClaimedHop, LinkRuling, Recording, RecordingLink
from app.recordings.provenance import Ground, HopAction, LinkDecision, LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of a recording's way to us as somebody claims it was."""

    action: HopAction
    claimed_by: str
    agent_id: str | None = None
    agent_as_described: str | None = None
    occurred: str | None = None
    occurred_as_described: str | None = None
    anchor_id: str | None = None
    protected: bool = False
    note: str | None = None


def claim_hop(session: Session, *, actor: Actor, recording: Recording, hop: Hop) -> ClaimedHop:
    """Write down a claimed step of the recording's way to us; it attests nothing."""
    if not (hop.agent_id or hop.agent_as_described):
        raise Invalid("a hop names or describes who did it", field="agent_as_described")
    noted = ClaimedHop(
        id=new_id(),
        recording_id=recording.id,
        case_id=recording.case_id,
        action=hop.action,
        agent_id=hop.agent_id,
        agent_as_described=plaintext.optional_line(
            hop.agent_as_described, field="agent_as_described"
        ),
        occurred=dates.edtf(hop.occurred, field="occurred") if hop.occurred else None,
        occurred_as_described=plaintext.optional_line(
            hop.occurred_as_described, field="occurred_as_described"
        ),
        claimed_by=plaintext.line(hop.claimed_by, field="claimed_by"),
        anchor_id=hop.anchor_id,
        protected=hop.protected,
        note=plaintext.optional_prose(hop.note, field="note"),
        noted_by=actor.id,
        noted_at=clock.now(),
    )
    _record(session, EventType.RECORDING_CLAIMED_HOP, noted.recording_id, actor=actor, row=noted)
    return noted


def link(
    session: Session,
    *,
    actor: Actor,
    recording: Recording,
    other: Recording,
    kind: LinkKind,
    ground: Ground,
    reason: str,
) -> RecordingLink:
    """State how a recording stands to another of its case."""
    linking.require_statable(recording, other, kind=kind, ground=ground)
    stated = RecordingLink(
        id=new_id(),
        case_id=recording.case_id,
        recording_id=recording.id,
        other_id=other.id,
        kind=kind,
        ground=ground,
        reason=plaintext.prose(reason, field="reason"),
        stated_by=actor.id,
        stated_at=clock.now(),
    )
    _record(session, EventType.RECORDING_LINK, stated.recording_id, actor=actor, row=stated)
    return stated


def rule(
    session: Session, *, actor: Actor, link: RecordingLink, decision: LinkDecision, reason: str
) -> LinkRuling:
    """Confirm a link as a second person, or withdraw it."""
    ordering.take_place(session)
    linking.require_ruling(session, link, actor=actor, decision=decision)
    ruling = LinkRuling(
        id=new_id(),
        link_id=link.id,
        case_id=link.case_id,
        decision=decision,
        reason=plaintext.prose(reason, field="reason"),
        ruled_by=actor.id,
        ruled_at=clock.now(),
    )
    _record(session, EventType.RECORDING_LINK, link.recording_id, actor=actor, row=ruling)
    return ruling


def _record(
    session: Session,
    event: EventType,
    recording_id: str,
    *,
    actor: Actor,
    row: ClaimedHop | RecordingLink | LinkRuling,
) -> None:
    record(
        session,
        event,
        subject=Subject("recording", recording_id),
        actor=actor,
        case_id=row.case_id,
        rows=[row],
    )
