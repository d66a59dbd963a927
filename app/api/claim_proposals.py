"""
The claims that rules read in a frozen text; accepting one, and saying that one is none.

Reading proposals changes nothing and is computed each time. Accepting one records a claim, as
`POST /claims` does, with what was proposed filled in.
"""

from typing import Annotated

from fastapi import APIRouter, Response

from app.accounts.permissions import Permission
from app.api.claimed import ClaimOut
from app.api.claims_proposed import (
    ClaimAcceptanceIn,
    ClaimProposalListing,
    ClaimRejectionIn,
    ClaimRejectionOut,
)
from app.api.once import Once
from app.api.wire import Id, LogIndex
from app.cases.caller import Caller
from app.claims import proposals
from app.claims.queries import Standing, State
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.reports import queries as reports
from app.reports.models import Snapshot

router = APIRouter(tags=["claims"])
Seeing = Annotated[Caller, allowed(Permission.CLAIM_READ)]
Keeping = Annotated[Caller, allowed(Permission.CLAIM_WRITE)]


@router.get("/snapshots/{snapshot_id}/claim-proposals")
def proposed(
    snapshot_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ClaimProposalListing:
    """List the claims that rules read in a frozen text, and what became of each."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.CLAIM_READ)
    return ClaimProposalListing.of(proposals.proposals(session, snapshot, as_of=as_of), snapshot)


@router.post(
    "/snapshots/{snapshot_id}/accepted-claim-proposals", status_code=201, response_model=ClaimOut
)
def accept(
    snapshot_id: Id, body: ClaimAcceptanceIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Record the claim that is proposed at a place, as it is or changed, about what is named."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.CLAIM_WRITE)

    def make() -> ClaimOut:
        made = proposals.accept(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            at=body.at(),
            subject=(body.subject_kind, body.subject_id),
            event_id=body.event_id,
            changes=body.changes(),
        )
        return ClaimOut.of(Standing(made, State.IN_FORCE))

    return once.answer(session, caller, make, location=lambda made: f"/api/v1/claims/{made.id}")


@router.post(
    "/snapshots/{snapshot_id}/rejected-claim-proposals",
    status_code=201,
    response_model=ClaimRejectionOut,
)
def reject(
    snapshot_id: Id, body: ClaimRejectionIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Say that what is proposed at a place is not claimed there; it is not proposed again."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.CLAIM_WRITE)
    return once.answer(
        session,
        caller,
        lambda: ClaimRejectionOut.of(
            proposals.reject(
                session,
                actor=caller.actor,
                snapshot=snapshot,
                at=body.at(),
                reason=body.reason,
            )
        ),
    )


def _snapshot(
    session: Reading, caller: Caller, snapshot_id: str, permission: Permission
) -> Snapshot:
    found = reports.get_snapshot(session, snapshot_id)
    caller.require(permission, found.case_id, thing="snapshot")
    caller.require(Permission.REPORT_READ, found.case_id, thing="snapshot")
    return found
