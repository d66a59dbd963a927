"""Deciding on the page of a report what the rules propose: an assessment, a retelling, or neither."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.assessments import proposals
from app.assessments import queries as assessments
from app.assessments.drift import Drift
from app.assessments.models import Question, Stance, StatementKind
from app.assessments.proposals import Changes
from app.assessments.retelling import service as retelling
from app.assessments.retelling.service import Retold
from app.cases.caller import Caller
from app.core.errors import Invalid
from app.http.caller import allowed
from app.http.transactions import Writing
from app.recordings import queries as recordings
from app.reports import queries as reports
from app.reports.anchor import Passage
from app.reports.models import Snapshot
from app.web.fields import one_of, optional
from app.web.refusals import attempted
from app.web.reports import show

router = APIRouter()
Signer = Annotated[Caller, allowed(Permission.ASSESSMENT_WRITE)]


@router.post("/snapshots/{snapshot_id}/accepted-assessments")
def accept(
    snapshot_id: str,
    request: Request,
    session: Writing,
    caller: Signer,
    start: Annotated[int, Form()],
    end: Annotated[int, Form()],
    question: Annotated[str, Form()],
    name: Annotated[str, Form()] = "",
    recording_id: Annotated[str, Form()] = "",
    stance: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    assessor: Annotated[str, Form()] = "",
) -> Response:
    """Sign a proposed assessment about the recording that is chosen."""
    snapshot = _snapshot(session, caller, snapshot_id)

    def act() -> None:
        if not recording_id:
            raise Invalid("choose the recording that it is about", field="recording_id")
        recording = recordings.get(session, recording_id)
        caller.require(Permission.ASSESSMENT_WRITE, recording.case_id, thing="recording")
        proposals.accept(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            recording=recording,
            at=(start, end),
            question=one_of(Question, question, field="question"),
            changes=Changes(
                stance=one_of(Stance, stance, field="stance") if stance else None,
                kind=one_of(StatementKind, kind, field="kind") if kind else None,
                assessor=optional(assessor),
            ),
        )

    given = {"recording_id": recording_id, "stance": stance, "kind": kind, "assessor": assessor}
    refused = attempted(session, act, form=name, given=given)
    if refused:
        return show(request, session, caller, snapshot.report_id, refused=refused)
    return _back(snapshot)


@router.post("/snapshots/{snapshot_id}/rejected-assessments")
def reject(
    snapshot_id: str,
    request: Request,
    session: Writing,
    caller: Signer,
    start: Annotated[int, Form()],
    end: Annotated[int, Form()],
    question: Annotated[str, Form()],
    name: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Say no to a proposed assessment."""
    snapshot = _snapshot(session, caller, snapshot_id)

    def act() -> None:
        proposals.reject(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            at=(start, end),
            question=one_of(Question, question, field="question"),
            reason=reason,
        )

    refused = attempted(session, act, form=name, given={"reason": reason})
    if refused:
        return show(request, session, caller, snapshot.report_id, refused=refused)
    return _back(snapshot)


@router.post("/snapshots/{snapshot_id}/restatements")
def restate(
    snapshot_id: str,
    request: Request,
    session: Writing,
    caller: Signer,
    assessment_id: Annotated[str, Form()],
    start: Annotated[int, Form()],
    end: Annotated[int, Form()],
    name: Annotated[str, Form()] = "",
    drift: Annotated[list[str] | None, Form()] = None,
    note: Annotated[str, Form()] = "",
) -> Response:
    """Tie a passage to the assessment that it tells again, with the drift that is ticked."""
    snapshot = _snapshot(session, caller, snapshot_id)
    assessment = assessments.get(session, assessment_id)
    caller.require(Permission.ASSESSMENT_WRITE, assessment.case_id, thing="assessment")

    def act() -> None:
        retelling.restate(
            session,
            actor=caller.actor,
            assessment=assessment,
            snapshot=snapshot,
            retold=Retold(
                passage=Passage(exact=snapshot.text[max(start, 0) : end], start=start),
                drift=[one_of(Drift, each, field="drift") for each in drift or []],
                note=optional(note),
            ),
        )

    refused = attempted(session, act, form=name, given={"note": note})
    if refused:
        return show(request, session, caller, snapshot.report_id, refused=refused)
    return _back(snapshot)


def _back(snapshot: Snapshot) -> Response:
    return RedirectResponse(f"/reports/{snapshot.report_id}#concluded-head", status_code=303)


def _snapshot(session: Session, caller: Caller, snapshot_id: str) -> Snapshot:
    found = reports.get_snapshot(session, snapshot_id)
    caller.require(Permission.ASSESSMENT_WRITE, found.case_id, thing="snapshot")
    caller.require(Permission.REPORT_READ, found.case_id, thing="snapshot")
    return found
