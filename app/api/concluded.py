"""
The assessments and restatements that rules read in a frozen text; accepting and rejecting one.

Reading proposals changes nothing and is computed each time. A proposed restatement is accepted by
`POST /assessments/{assessment_id}/restatements` with the passage that is proposed.
"""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Response

from app.accounts.permissions import Permission
from app.api.anchors import AnchorOut, naming
from app.api.assessed import AssessmentOut
from app.api.once import Once
from app.api.restated import ReasonOut
from app.api.wire import Id, LogIndex, Spelled, UtcInstant, Wire
from app.assessments import proposals, reading
from app.assessments.drift import Drift
from app.assessments.known import Proposed
from app.assessments.models import Interest, Question, Stance, StatementKind
from app.assessments.proposals import Changes
from app.assessments.queries import Standing, State
from app.assessments.retelling.models import Rejection
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import queries as recordings
from app.reports import queries as reports
from app.reports.anchor import anchor_at
from app.reports.models import Snapshot

router = APIRouter(tags=["assessments"])
Seeing = Annotated[Caller, allowed(Permission.ASSESSMENT_READ)]
Signing = Annotated[Caller, allowed(Permission.ASSESSMENT_WRITE)]


class PlaceIn(Wire):
    """Which proposal: its place in the text, and the question it answers."""

    start: int
    end: int
    question: Spelled[Question]


class AcceptedIn(PlaceIn):
    """A proposal to sign about a recording, as it is or changed."""

    recording_id: str
    stance: Spelled[Stance] | None = None
    kind: Spelled[StatementKind] | None = None
    assessor_id: str | None = None
    assessor_as_described: str | None = None
    method: str | None = None
    limitations: str | None = None


class RejectedIn(PlaceIn):
    """A proposal that is no assessment, and why."""

    reason: str


class RejectionOut(Wire):
    """That somebody said no to a proposal; these rules do not propose it again."""

    id: str
    log_index: int
    anchor: AnchorOut
    question: Question
    reason: str
    method: str
    version: str
    rejected_by: str
    rejected_at: UtcInstant

    @classmethod
    def of(cls, row: Rejection) -> "RejectionOut":
        """Shape a rejection."""
        plain = {name: getattr(row, name) for name in cls.model_fields if name != "anchor"}
        return cls(**plain, anchor=AnchorOut.of(row.snapshot_id, row.anchor))


class ProposedOut(Wire):
    """
    What rules read at one place. Null assessor: the report itself.

    With `restates`, the passage tells that assessment again, and `drift` says how it departs.
    """

    anchor: AnchorOut
    question: Question
    stance: Stance
    kind: StatementKind
    assessor: str | None
    interest: Interest
    material: str | None
    why: Mapping[str, str]
    restates: str | None
    drift: list[Drift]
    reasons: list[ReasonOut]
    assessment_id: str | None
    restatement_id: str | None
    rejection_id: str | None

    @classmethod
    def of(cls, item: Proposed, snapshot: Snapshot) -> "ProposedOut":
        """Shape a proposal."""
        read, compared = item.proposal, item.comparison
        return cls(
            anchor=AnchorOut.of(snapshot.id, anchor_at(snapshot.text, read.start, read.end)),
            question=read.question,
            stance=read.stance,
            kind=read.kind,
            assessor=read.assessor,
            interest=read.interest,
            material=read.material,
            why=read.why,
            restates=item.restates.id if item.restates else None,
            drift=list(compared.drift) if compared else [],
            reasons=[
                ReasonOut(axis=str(one.axis), drift=one.drift, sentence=one.sentence)
                for one in (compared.findings if compared else ())
            ],
            assessment_id=item.assessment.id if item.assessment else None,
            restatement_id=item.restatement.id if item.restatement else None,
            rejection_id=item.rejection.id if item.rejection else None,
        )


class ProposalsOut(Wire):
    """Everything that was read in one frozen text, and by which rules."""

    language: str
    method: str
    version: str
    note: str
    items: list[ProposedOut]


@router.get("/snapshots/{snapshot_id}/assessment-proposals")
def proposed(
    snapshot_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ProposalsOut:
    """List the assessments and restatements that rules read in a frozen text."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.ASSESSMENT_READ)
    found = proposals.proposals(session, snapshot, as_of=as_of)
    return ProposalsOut(
        language=found.language,
        method=reading.METHOD,
        version=reading.VERSION,
        note=found.note,
        items=[ProposedOut.of(item, snapshot) for item in found.items],
    )


@router.post(
    "/snapshots/{snapshot_id}/accepted-assessments",
    status_code=201,
    response_model=AssessmentOut,
)
def accept(
    snapshot_id: Id, body: AcceptedIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Sign the assessment that is proposed at a place, as it is or changed."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.ASSESSMENT_WRITE)
    with naming("recording_id"):
        recording = recordings.get(session, body.recording_id)
        caller.require(Permission.ASSESSMENT_WRITE, recording.case_id, thing="recording")

    def make() -> AssessmentOut:
        made = proposals.accept(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            recording=recording,
            at=(body.start, body.end),
            question=body.question,
            changes=Changes(
                stance=body.stance,
                kind=body.kind,
                assessor_id=body.assessor_id,
                assessor=body.assessor_as_described,
                method=body.method,
                limitations=body.limitations,
            ),
        )
        return AssessmentOut.of(Standing(made, State.IN_FORCE))

    return once.answer(
        session,
        caller,
        make,
        status=201,
        location=lambda made: f"/api/v1/assessments/{made.id}",
    )


@router.post(
    "/snapshots/{snapshot_id}/rejected-assessments", status_code=201, response_model=RejectionOut
)
def reject(
    snapshot_id: Id, body: RejectedIn, session: Writing, caller: Signing, once: Once
) -> Response:
    """Say no to a proposal, so that these rules do not propose it again."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.ASSESSMENT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: RejectionOut.of(
            proposals.reject(
                session,
                actor=caller.actor,
                snapshot=snapshot,
                at=(body.start, body.end),
                question=body.question,
                reason=body.reason,
            )
        ),
        status=201,
    )


def _snapshot(
    session: Reading, caller: Caller, snapshot_id: str, permission: Permission
) -> Snapshot:
    found = reports.get_snapshot(session, snapshot_id)
    caller.require(permission, found.case_id, thing="snapshot")
    caller.require(Permission.REPORT_READ, found.case_id, thing="snapshot")
    return found
