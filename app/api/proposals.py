"""
The quotes that rules read in a frozen text, and accepting one.

Reading proposals changes nothing and is computed each time. Accepting one registers a quote,
as `POST /quotes` does, with what was proposed filled in.
"""

from typing import Annotated

from fastapi import APIRouter, Response

from app.accounts.permissions import Permission
from app.api.once import Once
from app.api.proposed import AcceptanceIn, ProposalListing
from app.api.quoted import QuoteOut
from app.api.wire import Id, LogIndex
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.quotes import proposals, queries
from app.reports import queries as reports
from app.reports.models import Snapshot

router = APIRouter(tags=["quotes"])
Seeing = Annotated[Caller, allowed(Permission.QUOTE_READ)]
Keeping = Annotated[Caller, allowed(Permission.QUOTE_WRITE)]


@router.get("/snapshots/{snapshot_id}/quote-proposals")
def proposed(
    snapshot_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ProposalListing:
    """List the quotes that rules read in a frozen text, and which are registered."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.QUOTE_READ)
    return ProposalListing.of(proposals.proposals(session, snapshot, as_of=as_of), snapshot)


@router.post(
    "/snapshots/{snapshot_id}/accepted-proposals", status_code=201, response_model=QuoteOut
)
def accept(
    snapshot_id: Id, body: AcceptanceIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Register the quote that is proposed at a place, as it is or changed."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.QUOTE_WRITE)

    def make() -> QuoteOut:
        made = proposals.accept(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            start=body.start,
            end=body.end,
            changes=body.changes(),
        )
        return QuoteOut.of(made, queries.standing(session, made))

    return once.answer(session, caller, make, location=lambda made: f"/api/v1/quotes/{made.id}")


def _snapshot(
    session: Reading, caller: Caller, snapshot_id: str, permission: Permission
) -> Snapshot:
    found = reports.get_snapshot(session, snapshot_id)
    caller.require(permission, found.case_id, thing="snapshot")
    caller.require(Permission.REPORT_READ, found.case_id, thing="snapshot")
    return found
