"""Assessments of a recording: recorded, replaced, withdrawn, and never averaged."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from app.accounts.permissions import Permission
from app.api.anchors import AnchorOut, PassageIn
from app.api.once import Once
from app.api.wire import Id, LogIndex, Spelled, UtcInstant, Wire
from app.assessments import queries, service
from app.assessments.models import (
    Assessment,
    Binding,
    Interest,
    Question,
    Retraction,
    Stance,
    StatementKind,
)
from app.assessments.queries import Standing, State
from app.assessments.scale import ScalePoint
from app.assessments.service import Statement
from app.cases.caller import Caller
from app.core.languages import UNDETERMINED
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import queries as recordings

router = APIRouter(tags=["assessments"])
Seeing = Annotated[Caller, allowed(Permission.ASSESSMENT_READ)]
Signing = Annotated[Caller, allowed(Permission.ASSESSMENT_WRITE)]


class ScaleShape(Wire):
    """A conclusion on a scale: the scale, its edition, the point."""

    scale: str
    version: str
    value: str


class StatedIn(PassageIn):
    """Where it was read: a passage of a snapshot."""

    snapshot_id: str


class StatementIn(Wire):
    """What somebody concluded. What is left out was not stated, or is not known."""

    question: Spelled[Question]
    stance: Spelled[Stance]
    kind: Spelled[StatementKind]
    wording: str | None = Field(
        default=None, description="their own words; left out, the anchored passage"
    )
    language: str = UNDETERMINED
    assessor_id: str | None = None
    assessor_as_described: str | None = None
    interest: Spelled[Interest] = Interest.UNKNOWN
    binding: Spelled[Binding] = Binding.DESCRIPTION_ONLY
    instance_id: str | None = None
    material_as_described: str | None = None
    method: str | None = None
    limitations: str | None = None
    scale: ScaleShape | None = None
    said_edtf: str | None = None
    anchor: StatedIn | None = None

    def statement(self) -> Statement:
        """The value that the feature understands."""
        plain = {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name not in {"scale", "anchor"}
        }
        return Statement(
            **plain,
            scale=ScalePoint(**self.scale.model_dump()) if self.scale else None,
            snapshot_id=self.anchor.snapshot_id if self.anchor else None,
            passage=self.anchor.passage() if self.anchor else None,
        )


class RetractionIn(Wire):
    """Why an assessment is withdrawn."""

    reason: str


class RetractionOut(Wire):
    """That an assessment was withdrawn, by whom, when and why."""

    id: str
    assessment_id: str
    log_index: int
    reason: str
    retracted_by: str
    retracted_at: UtcInstant

    @classmethod
    def of(cls, row: Retraction) -> "RetractionOut":
        """Shape a retraction."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class AssessmentOut(Wire):
    """One conclusion, and whether it is in force. Null method: none was stated."""

    id: str
    recording_id: str
    case_id: str
    log_index: int
    question: Question
    stance: Stance
    kind: StatementKind
    wording: str
    language: str
    assessor_id: str | None
    assessor_as_described: str | None
    interest: Interest
    binding: Binding
    instance_id: str | None
    material_as_described: str | None
    method: str | None
    limitations: str | None
    scale: ScaleShape | None
    said_edtf: str | None
    anchor: AnchorOut | None
    supersedes_id: str | None
    signed_by: str
    signed_by_name: str
    signed_at: UtcInstant
    state: State
    superseded_by: str | None
    retraction: RetractionOut | None

    @classmethod
    def of(cls, standing: Standing) -> "AssessmentOut":
        """Shape an assessment with what became of it."""
        row = standing.assessment
        made = {"scale", "anchor", "state", "superseded_by", "retraction"}
        point, anchor = row.scale_point, row.anchor
        return cls(
            **{name: getattr(row, name) for name in cls.model_fields if name not in made},
            scale=ScaleShape(scale=point.scale, version=point.version, value=point.value)
            if point
            else None,
            anchor=AnchorOut.of(row.snapshot_id, anchor) if row.snapshot_id and anchor else None,
            state=standing.state,
            superseded_by=standing.superseded_by,
            retraction=RetractionOut.of(standing.retraction) if standing.retraction else None,
        )


class AssessmentsOut(Wire):
    """Every assessment of a recording, and one line made from counts, disagreement first."""

    summary: str
    items: list[AssessmentOut]


@router.post(
    "/recordings/{recording_id}/assessments", status_code=201, response_model=AssessmentOut
)
def sign(
    recording_id: Id, body: StatementIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Record what somebody concluded about a recording, in their own words."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.ASSESSMENT_WRITE, recording.case_id, thing="recording")
    return once.answer(
        session,
        caller,
        lambda: _fresh(
            service.sign(
                session, actor=caller.actor, recording=recording, statement=body.statement()
            )
        ),
        status=201,
        location=lambda made: f"/api/v1/assessments/{made.id}",
    )


@router.get("/recordings/{recording_id}/assessments")
def assessments(
    recording_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> AssessmentsOut:
    """List every assessment of a recording, oldest first, whatever became of it."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.ASSESSMENT_READ, recording.case_id, thing="recording")
    found = queries.of_recording(session, recording_id, as_of=as_of)
    return AssessmentsOut(
        summary=queries.summary_of(found), items=[AssessmentOut.of(item) for item in found]
    )


@router.get("/assessments/{assessment_id}")
def assessment(assessment_id: Id, session: Reading, caller: Seeing) -> AssessmentOut:
    """Show one assessment and what became of it."""
    found = _assessment(session, caller, assessment_id, Permission.ASSESSMENT_READ)
    return AssessmentOut.of(queries.standing(session, found))


@router.post(
    "/assessments/{assessment_id}/supersession", status_code=201, response_model=AssessmentOut
)
def supersede(
    assessment_id: Id, body: StatementIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Replace an assessment by a newer one on the same question; both stay."""
    found = _assessment(session, caller, assessment_id, Permission.ASSESSMENT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: _fresh(
            service.supersede(
                session, actor=caller.actor, assessment=found, statement=body.statement()
            )
        ),
        status=201,
        location=lambda made: f"/api/v1/assessments/{made.id}",
    )


@router.post(
    "/assessments/{assessment_id}/retraction", status_code=201, response_model=RetractionOut
)
def retract(
    assessment_id: Id, body: RetractionIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Withdraw an assessment; it stays, with the reason."""
    found = _assessment(session, caller, assessment_id, Permission.ASSESSMENT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: RetractionOut.of(
            service.retract(session, actor=caller.actor, assessment=found, reason=body.reason)
        ),
        status=201,
    )


def _fresh(row: Assessment) -> AssessmentOut:
    return AssessmentOut.of(Standing(row, State.IN_FORCE))


def _assessment(
    session: Reading, caller: Caller, assessment_id: str, permission: Permission
) -> Assessment:
    found = queries.get(session, assessment_id)
    caller.require(permission, found.case_id, thing="assessment")
    return found
