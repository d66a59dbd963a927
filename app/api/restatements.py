"""What becomes of an assessment: restated in other reports, repeated, cited, disputed."""

from typing import Annotated

from fastapi import APIRouter, Response

from app.accounts.permissions import Permission
from app.api.anchors import PassageIn, naming
from app.api.once import Once
from app.api.restated import (
    DecisionIn,
    ReasonIn,
    RelationIn,
    RelationOut,
    RestatementIn,
    RestatementOut,
    RetellingOut,
    WithdrawalOut,
)
from app.api.wire import Id, LogIndex
from app.assessments import queries as assessments
from app.assessments.models import Assessment
from app.assessments.retelling import queries, service
from app.assessments.retelling.models import Relation, Restatement
from app.assessments.retelling.queries import Holding, Related, Restated
from app.assessments.retelling.service import Retold
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.reports import queries as reports
from app.reports.models import Snapshot

router = APIRouter(tags=["assessments"])
Seeing = Annotated[Caller, allowed(Permission.ASSESSMENT_READ)]
Signing = Annotated[Caller, allowed(Permission.ASSESSMENT_WRITE)]


@router.get("/assessments/{assessment_id}/retelling")
def retelling(
    assessment_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> RetellingOut:
    """List the restatements of an assessment and its relations to others."""
    found = _assessment(session, caller, assessment_id, Permission.ASSESSMENT_READ)
    told = queries.of_recording(session, found.recording_id, as_of=as_of)
    return RetellingOut(
        restatements=[RestatementOut.of(one) for one in told.of(found.id)],
        relations=[RelationOut.of(one) for one in told.between(found.id)],
    )


@router.post(
    "/assessments/{assessment_id}/restatements", status_code=201, response_model=RestatementOut
)
def restate(
    assessment_id: Id, body: RestatementIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Tie a passage of another report to the assessment that it restates."""
    found = _assessment(session, caller, assessment_id, Permission.ASSESSMENT_WRITE)
    snapshot = _snapshot(session, caller, body.snapshot_id)
    return once.answer(
        session,
        caller,
        lambda: _fresh(
            service.restate(
                session,
                actor=caller.actor,
                assessment=found,
                snapshot=snapshot,
                retold=body.retold(),
            )
        ),
        status=201,
    )


@router.post(
    "/restatements/{restatement_id}/supersession", status_code=201, response_model=RestatementOut
)
def decide_anew(
    restatement_id: Id, body: DecisionIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Decide anew how the same passage departs; the earlier decision stays."""
    row = _restatement(session, caller, restatement_id)
    snapshot = _snapshot(session, caller, row.snapshot_id)
    retold = Retold(
        passage=PassageIn(exact=row.exact, start=row.start).passage(),
        language=row.language,
        drift=body.drift,
        note=body.note,
    )
    return once.answer(
        session,
        caller,
        lambda: _fresh(
            service.restate(
                session,
                actor=caller.actor,
                assessment=assessments.get(session, row.assessment_id),
                snapshot=snapshot,
                retold=retold,
                supersedes=row,
            )
        ),
        status=201,
    )


@router.post(
    "/restatements/{restatement_id}/withdrawal", status_code=201, response_model=WithdrawalOut
)
def withdraw_restatement(
    restatement_id: Id, body: ReasonIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Take back a restatement that was recorded wrongly; it stays, with the reason."""
    row = _restatement(session, caller, restatement_id)
    return _withdraw(session, caller, row, body, once)


@router.post("/assessments/{assessment_id}/relations", status_code=201, response_model=RelationOut)
def relate(
    assessment_id: Id, body: RelationIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Record that an assessment repeats, cites or disputes another; a repeat is not counted."""
    found = _assessment(session, caller, assessment_id, Permission.ASSESSMENT_WRITE)
    with naming("other_id"):
        other = assessments.get(session, body.other_id)
        caller.require(Permission.ASSESSMENT_WRITE, other.case_id, thing="assessment")
    return once.answer(
        session,
        caller,
        lambda: RelationOut.of(
            Related(
                service.relate(
                    session,
                    actor=caller.actor,
                    assessment=found,
                    other=other,
                    kind=body.kind,
                    reason=body.reason,
                ),
                Holding.HOLDS,
            )
        ),
        status=201,
    )


@router.post(
    "/assessment-relations/{relation_id}/withdrawal",
    status_code=201,
    response_model=WithdrawalOut,
)
def withdraw_relation(
    relation_id: Id, body: ReasonIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Take back a relation that was recorded wrongly; it stays, with the reason."""
    row = queries.get_relation(session, relation_id)
    caller.require(Permission.ASSESSMENT_WRITE, row.case_id, thing="relation")
    return _withdraw(session, caller, row, body, once)


def _withdraw(
    session: Writing, caller: Caller, row: Restatement | Relation, body: ReasonIn, once: Once
) -> Response:
    return once.answer(
        session,
        caller,
        lambda: WithdrawalOut.of(
            service.withdraw(session, actor=caller.actor, told=row, reason=body.reason)
        ),
        status=201,
    )


def _fresh(row: Restatement) -> RestatementOut:
    return RestatementOut.of(Restated(row, Holding.HOLDS))


def _assessment(
    session: Reading, caller: Caller, assessment_id: str, permission: Permission
) -> Assessment:
    found = assessments.get(session, assessment_id)
    caller.require(permission, found.case_id, thing="assessment")
    return found


def _restatement(session: Reading, caller: Caller, restatement_id: str) -> Restatement:
    found = queries.get_restatement(session, restatement_id)
    caller.require(Permission.ASSESSMENT_WRITE, found.case_id, thing="restatement")
    return found


def _snapshot(session: Reading, caller: Caller, snapshot_id: str) -> Snapshot:
    with naming("snapshot_id"):
        found = reports.get_snapshot(session, snapshot_id)
        caller.require(Permission.REPORT_READ, found.case_id, thing="snapshot")
    return found
