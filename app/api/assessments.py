"""Assessments of a recording: recorded, replaced, withdrawn, and never averaged."""

from typing import Annotated

from fastapi import APIRouter, Response

from app.accounts.permissions import Permission
from app.api.anchors import naming
from app.api.assessed import (
    AssessmentOut,
    AssessmentsOut,
    RetractionIn,
    RetractionOut,
    StatementIn,
)
from app.api.once import Once
from app.api.wire import Id, LogIndex
from app.assessments import queries, service
from app.assessments.models import AboutKind, Assessment
from app.assessments.queries import Standing, State
from app.assessments.retelling import queries as retelling
from app.cases.caller import Caller
from app.core.errors import NotFound
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.incidents import queries as incidents
from app.recordings import queries as recordings

router = APIRouter(tags=["assessments"])
Seeing = Annotated[Caller, allowed(Permission.ASSESSMENT_READ)]
Signing = Annotated[Caller, allowed(Permission.ASSESSMENT_WRITE)]


@router.post(
    "/recordings/{recording_id}/assessments", status_code=201, response_model=AssessmentOut
)
def sign(
    recording_id: Id, body: StatementIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Record what somebody concluded about a recording, in their own words."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.ASSESSMENT_WRITE, recording.case_id, thing="recording")
    _require_about(session, body, recording.case_id)
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
    told = retelling.of_recording(session, recording_id, as_of=as_of)
    found = queries.of_recording(session, recording_id, as_of=as_of, told=told)
    return AssessmentsOut(
        summary=queries.summary_of(found, told), items=[AssessmentOut.of(item) for item in found]
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
    _require_about(session, body, found.case_id)
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


def _require_about(session: Writing, body: StatementIn, case_id: str) -> None:
    """That what the recording is put beside is there, in the same case."""
    if body.about is None:
        return
    with naming("about"):
        is_incident = body.about.kind is AboutKind.INCIDENT
        look_up = incidents.get if is_incident else incidents.get_material
        if look_up(session, body.about.id).case_id != case_id:
            raise NotFound(f"no such {body.about.kind}")


def _fresh(row: Assessment) -> AssessmentOut:
    return AssessmentOut.of(Standing(row, State.IN_FORCE))


def _assessment(
    session: Reading, caller: Caller, assessment_id: str, permission: Permission
) -> Assessment:
    found = queries.get(session, assessment_id)
    caller.require(permission, found.case_id, thing="assessment")
    return found
