"""
The links to other reports that rules propose for a frozen text: listed, accepted, rejected.

Reading proposals changes nothing and is computed each time. Accepting one links as
`POST /reports/{id}/links` does, and enters the report that is meant where none is registered.
"""

from typing import Annotated

from fastapi import APIRouter, Response

from app.accounts.permissions import Permission
from app.api.anchors import naming
from app.api.linked import (
    LinkAcceptanceIn,
    LinkProposalListing,
    LinkRejectionIn,
    LinkRejectionOut,
)
from app.api.once import Once
from app.api.published import LinkOut
from app.api.wire import Id, LogIndex
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.reports import proposals, queries
from app.reports.models import Snapshot
from app.reports.proposing import proposed

router = APIRouter(tags=["reports"])
Seeing = Annotated[Caller, allowed(Permission.REPORT_READ)]
Keeping = Annotated[Caller, allowed(Permission.REPORT_WRITE)]


@router.get("/snapshots/{snapshot_id}/link-proposals")
def proposals_of(
    snapshot_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> LinkProposalListing:
    """List the links that rules read in a frozen text, and what became of each."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.REPORT_READ)
    return LinkProposalListing.of(proposed(session, snapshot, as_of=as_of), snapshot)


@router.post(
    "/snapshots/{snapshot_id}/accepted-link-proposals", status_code=201, response_model=LinkOut
)
def accept(
    snapshot_id: Id, body: LinkAcceptanceIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Link as proposed, or otherwise; a report that is only cited is entered with the link."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.REPORT_WRITE)

    def make() -> LinkOut:
        target = None
        if body.to_report_id is not None:
            with naming("to_report_id"):
                target = queries.get(session, body.to_report_id)
        changes = proposals.Changes(
            relation=body.relation, target=target, rationale=body.rationale
        )
        return LinkOut.of(
            proposals.accept(
                session, actor=caller.actor, snapshot=snapshot, key=body.key, changes=changes
            )
        )

    return once.answer(session, caller, make)


@router.post(
    "/snapshots/{snapshot_id}/rejected-link-proposals",
    status_code=201,
    response_model=LinkRejectionOut,
)
def reject(
    snapshot_id: Id, body: LinkRejectionIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Say that a proposed link is none, and why: it is not proposed again."""
    snapshot = _snapshot(session, caller, snapshot_id, Permission.REPORT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: LinkRejectionOut.of(
            proposals.reject(
                session,
                actor=caller.actor,
                snapshot=snapshot,
                key=body.key,
                reason=body.reason,
            )
        ),
    )


def _snapshot(
    session: Reading, caller: Caller, snapshot_id: str, permission: Permission
) -> Snapshot:
    found = queries.get_snapshot(session, snapshot_id)
    caller.require(permission, found.case_id, thing="snapshot")
    return found
