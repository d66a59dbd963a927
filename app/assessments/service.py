"""
Signing, superseding and retracting assessments.

What people say is kept as they said it: no word is refused here. What is refused is a
statement that is tied to nothing: bytes of another recording, a passage that its report
does not contain, an assessor who is neither known nor described.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.agents import queries as agents
from app.assessments import queries, scale
from app.assessments.models import (
    Assessment,
    Binding,
    Interest,
    Question,
    Retraction,
    Stance,
    StatementKind,
)
from app.assessments.queries import State
from app.assessments.scale import ScalePoint
from app.core import clock, dates, languages
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid, NotFound
from app.core.identity import new_id
from app.core.plaintext import optional_line, optional_prose, prose
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.recordings import queries as recordings
from app.recordings.models import Recording
from app.reports import queries as reports
from app.reports.anchor import Anchor, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """
    What somebody concluded, as it is handed in.

    `wording` may be left out where `snapshot_id` and `passage` say where it stands: then it
    is the passage. Method and limitations that are left out were not stated.
    """

    question: Question
    stance: Stance
    kind: StatementKind
    wording: str | None = None
    language: str = languages.UNDETERMINED
    assessor_id: str | None = None
    assessor_as_described: str | None = None
    interest: Interest = Interest.UNKNOWN
    binding: Binding = Binding.DESCRIPTION_ONLY
    instance_id: str | None = None
    material_as_described: str | None = None
    method: str | None = None
    limitations: str | None = None
    scale: ScalePoint | None = None
    said_edtf: str | None = None
    snapshot_id: str | None = None
    passage: Passage | None = None


def sign(
    session: Session, *, actor: Actor, recording: Recording, statement: Statement
) -> Assessment:
    """Record an assessment of a recording; `Invalid` names the field that is tied to nothing."""
    assessment = _assessment(session, actor, recording, statement, supersedes=None)
    record(
        session,
        EventType.ASSESSMENT_SIGNING,
        subject=Subject("assessment", assessment.id),
        actor=actor,
        case_id=recording.case_id,
        rows=[assessment],
        details={"recording_id": recording.id},
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
    newer = _assessment(session, actor, recording, statement, supersedes=assessment.id)
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
    if standing.state is not State.IN_FORCE:
        raise Conflict(
            f"this assessment is {standing.state.replace('_', ' ')} already",
            state=str(standing.state),
            superseded_by=standing.superseded_by,
        )


def _assessment(
    session: Session,
    actor: Actor,
    recording: Recording,
    statement: Statement,
    *,
    supersedes: str | None,
) -> Assessment:
    anchor = _anchor(session, recording, statement)
    described = optional_line(statement.assessor_as_described, field="assessor_as_described")
    if statement.assessor_id is None and described is None:
        raise Invalid("who said it must be named or described", field="assessor_as_described")
    wording = statement.wording if anchor is None or statement.wording else anchor.exact
    point = scale.stated(statement.scale) if statement.scale else None
    said = statement.said_edtf
    return Assessment(
        id=new_id(),
        case_id=recording.case_id,
        recording_id=recording.id,
        instance_id=_instance_id(session, recording, statement),
        question=statement.question,
        stance=statement.stance,
        kind=statement.kind,
        wording=prose(wording or "", field="wording"),
        language=languages.language(statement.language),
        assessor_id=_assessor_id(session, recording, statement),
        assessor_as_described=described,
        interest=statement.interest,
        binding=statement.binding,
        material_as_described=optional_line(
            statement.material_as_described, field="material_as_described"
        ),
        method=optional_prose(statement.method, field="method"),
        limitations=optional_prose(statement.limitations, field="limitations"),
        scale=point.scale if point else None,
        scale_version=point.version if point else None,
        scale_value=point.value if point else None,
        said_edtf=dates.edtf(said, field="said_edtf") if said is not None else None,
        snapshot_id=statement.snapshot_id,
        start=anchor.start if anchor else None,
        end=anchor.end if anchor else None,
        exact=anchor.exact if anchor else None,
        prefix=anchor.prefix if anchor else None,
        suffix=anchor.suffix if anchor else None,
        supersedes_id=supersedes,
        signed_by=actor.id,
        signed_by_name=actor.name,
        signed_at=clock.now(),
    )


def _instance_id(session: Session, recording: Recording, statement: Statement) -> str | None:
    """The bytes spoken of: named where the binding is to exact bytes, and nowhere else."""
    if statement.binding is not Binding.EXACT_BYTES:
        if statement.instance_id is not None:
            raise Invalid(
                "bytes are named only where the binding is exact_bytes", field="instance_id"
            )
        return None
    instances = {item.id for item in recordings.instances_of(session, recording.id)}
    if statement.instance_id not in instances:
        raise Invalid("no such bytes are held of this recording", field="instance_id")
    return statement.instance_id


def _assessor_id(session: Session, recording: Recording, statement: Statement) -> str | None:
    if statement.assessor_id is None:
        return None
    try:
        agent = agents.get(session, statement.assessor_id)
    except NotFound as error:
        raise Invalid(error.message, field="assessor_id") from error
    if agent.case_id != recording.case_id:
        raise Invalid("no such agent", field="assessor_id")
    return agent.id


def _anchor(session: Session, recording: Recording, statement: Statement) -> Anchor | None:
    if statement.snapshot_id is None:
        if statement.passage is not None:
            raise Invalid("a passage stands in a snapshot; none is named", field="snapshot_id")
        return None
    try:
        snapshot = reports.get_snapshot(session, statement.snapshot_id)
    except NotFound as error:
        raise Invalid(error.message, field="snapshot_id") from error
    if snapshot.case_id != recording.case_id:
        raise Invalid("no such snapshot", field="snapshot_id")
    if statement.passage is None:
        raise Invalid("where in the snapshot it stands is not said", field="exact")
    return statement.passage.locate(snapshot.text)
