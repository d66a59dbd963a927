"""
Saying no to an assessment that rules propose, so that it is not proposed to everybody again.

A rejection is bound to its place, to the question and to the version of the rules: newer rules
that read something else there may ask again.
"""

from sqlalchemy.orm import Session

from app.assessments.models import Question
from app.assessments.retelling.models import Rejection
from app.core import clock
from app.core.actor import Actor
from app.core.identity import new_id
from app.core.plaintext import prose
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.reports.anchor import Anchor, columns
from app.reports.models import Snapshot


def reject(
    session: Session,
    *,
    actor: Actor,
    snapshot: Snapshot,
    anchor: Anchor,
    question: Question,
    reason: str,
    rules: tuple[str, str],
) -> Rejection:
    """Record that what `rules` (method, version) propose at a place is no assessment, and why."""
    method, version = rules
    row = Rejection(
        id=new_id(),
        case_id=snapshot.case_id,
        snapshot_id=snapshot.id,
        **columns(anchor),
        question=question,
        reason=prose(reason, field="reason"),
        method=method,
        version=version,
        rejected_by=actor.id,
        rejected_at=clock.now(),
    )
    record(
        session,
        EventType.ASSESSMENT_REJECTION,
        subject=Subject("report", snapshot.report_id),
        actor=actor,
        case_id=snapshot.case_id,
        rows=[row],
        details={"snapshot": snapshot.id, "question": str(question)},
    )
    return row
