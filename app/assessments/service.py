"""
Signing, superseding and retracting assessments.

What may be signed is told in `statement`. What was proposed by rules says so
in its custody entry.
"""

from sqlalchemy.orm import Session

from app.assessments import queries
from app.assessments.models import Assessment, Retraction
from app.assessments.queries import State
from app.assessments.statement import Statement, assessed
from app.core import clock
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.core.plaintext import prose
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.recordings import queries as recordings
from app.recordings.models import Recording


def sign(
    session: Session,
    *,
    actor: Actor,
    recording: Recording,
    statement: Statement,
    proposed_by: str | None = None,
) -> Assessment:
    """
    Record an assessment of a recording; `Invalid` names the field that is tied to nothing.

    `proposed_by` names the rules that proposed it, and their version, where any did.
    """
    assessment = assessed(session, actor, recording, statement, supersedes=None)
    details: dict[str, Json] = {"recording_id": recording.id}
    if proposed_by is not None:
        details["proposed_by"] = proposed_by
    record(
        session,
        EventType.ASSESSMENT_SIGNING,
        subject=Subject("assessment", assessment.id),
        actor=actor,
        case_id=recording.case_id,
        rows=[assessment],
        details=details,
    )
    return assessment


def supersede(
    session: Session, *, actor: Actor, assessment: Assessment, statement: Statement
) -> Assessment:
    """
    Replace an assessment by a newer one on the same question; both stay.

    Raises `Conflict` if it was replaced or withdrawn already.
    """
    _require_in_force(session, assessment)
    if statement.question is not assessment.question:
        raise Invalid("an assessment is superseded on its own question", field="question")
    recording = recordings.get(session, assessment.recording_id)
    newer = assessed(session, actor, recording, statement, supersedes=assessment.id)
    record(
        session,
        EventType.ASSESSMENT_SUPERSESSION,
        subject=Subject("assessment", assessment.id),
        actor=actor,
        case_id=assessment.case_id,
        rows=[newer],
        details={"recording_id": recording.id, "superseded_by": newer.id},
    )
    return newer


def retract(session: Session, *, actor: Actor, assessment: Assessment, reason: str) -> Retraction:
    """Withdraw an assessment; it stays, with the reason. `Conflict` if it is not in force."""
    _require_in_force(session, assessment)
    retraction = Retraction(
        id=new_id(),
        case_id=assessment.case_id,
        assessment_id=assessment.id,
        reason=prose(reason, field="reason"),
        retracted_by=actor.id,
        retracted_at=clock.now(),
    )
    record(
        session,
        EventType.ASSESSMENT_RETRACTION,
        subject=Subject("assessment", assessment.id),
        actor=actor,
        case_id=assessment.case_id,
        rows=[retraction],
        details={"recording_id": assessment.recording_id},
    )
    return retraction


def _require_in_force(session: Session, assessment: Assessment) -> None:
    standing = queries.standing(session, assessment)
    if standing.state in (State.SUPERSEDED, State.RETRACTED):
        raise Conflict(
            f"this assessment is {standing.state.replace('_', ' ')} already",
            state=str(standing.state),
            superseded_by=standing.superseded_by,
        )
