"""Claims: what passages assert, of what, how firmly, according to whom."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.accounts.permissions import Permission
from app.api.anchors import naming
from app.api.claimed import (
    ClaimIn,
    ClaimListing,
    ClaimOut,
    PredicateListing,
    PredicateOut,
    WithdrawalIn,
    WithdrawalOut,
)
from app.api.once import Once
from app.api.published import LineageOut
from app.api.wire import FIRST, Cursor, Id, Limit, Listing, LogIndex, listed
from app.cases.caller import Caller
from app.claims import predicates, queries, service, sources
from app.claims.models import Claim
from app.claims.predicates import Predicate
from app.claims.queries import Standing, State
from app.claims.terms import SubjectKind
from app.core import paging
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import queries as recordings
from app.reports import queries as reports
from app.reports.models import Snapshot

router = APIRouter(tags=["claims"])
Seeing = Annotated[Caller, allowed(Permission.CLAIM_READ)]
Keeping = Annotated[Caller, allowed(Permission.CLAIM_WRITE)]
Knowing = Annotated[Caller, allowed(Permission.CASE_READ)]


@router.get("/predicates")
def known_predicates(caller: Knowing) -> PredicateListing:  # noqa: ARG001 - allowed or not
    """List what can be claimed, and in which shape."""
    return PredicateListing(
        version=predicates.VERSION,
        items=[PredicateOut.of(each) for each in predicates.DEFINITIONS.values()],
    )


@router.post("/claims", status_code=201, response_model=ClaimOut)
def claim(body: ClaimIn, session: Writing, caller: Keeping, once: Once) -> Response:
    """Record what a passage of a frozen text asserts."""
    snapshot = _snapshot(session, caller, body)
    return once.answer(
        session,
        caller,
        lambda: _fresh(
            service.claim(
                session,
                actor=caller.actor,
                snapshot=snapshot,
                passage=body.anchor.passage(),
                assertion=body.assertion(),
            )
        ),
        location=lambda made: f"/api/v1/claims/{made.id}",
    )


@router.get("/claims")
def claims(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    case_id: str | None = None,
    subject_kind: SubjectKind | None = None,
    subject_id: str | None = None,
    predicate: Predicate | None = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[ClaimOut]:
    """List the claims of one's cases, or of one of them, about a subject or of a predicate."""
    if case_id is not None:
        caller.require(Permission.CLAIM_READ, case_id, thing="case")
    page = paging.page(
        session,
        queries.listing(
            case_ids=caller.cases_with(Permission.CLAIM_READ),
            case_id=case_id,
            subject_kind=subject_kind,
            subject_id=subject_id,
            predicate=predicate,
        ),
        key=Claim.id,
        limit=limit,
        cursor=cursor,
    )
    shaped = [ClaimOut.of(item) for item in queries.standings(session, page.items)]
    return listed(request, response, shaped, page.next_cursor)


@router.get("/claims/{claim_id}")
def claim_shown(
    claim_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ClaimOut:
    """Show a claim and what became of it."""
    found = _claim(session, caller, claim_id, Permission.CLAIM_READ)
    return ClaimOut.of(queries.standings(session, [found], as_of=as_of)[0])


@router.get("/claims/{claim_id}/lineage")
def lineage(claim_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None) -> LineageOut:
    """Count the independent sources of the publication in which a claim begins."""
    found = _claim(session, caller, claim_id, Permission.CLAIM_READ)
    origin = sources.told(found).origin
    traced = reports.lineage_of(session, [origin], case_id=found.case_id, as_of=as_of)
    return LineageOut.of([origin], traced)


@router.post("/claims/{claim_id}/supersession", status_code=201, response_model=ClaimOut)
def supersede(
    claim_id: Id, body: ClaimIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Replace a claim by a better reading of the same report; both stay."""
    found = _claim(session, caller, claim_id, Permission.CLAIM_WRITE)
    snapshot = _snapshot(session, caller, body)
    return once.answer(
        session,
        caller,
        lambda: _fresh(
            service.supersede(
                session,
                actor=caller.actor,
                claim=found,
                snapshot=snapshot,
                passage=body.anchor.passage(),
                assertion=body.assertion(),
            )
        ),
        location=lambda made: f"/api/v1/claims/{made.id}",
    )


@router.post("/claims/{claim_id}/withdrawal", status_code=201, response_model=WithdrawalOut)
def withdraw(
    claim_id: Id, body: WithdrawalIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Withdraw a claim that was read wrongly; it stays, with the reason."""
    found = _claim(session, caller, claim_id, Permission.CLAIM_WRITE)
    return once.answer(
        session,
        caller,
        lambda: WithdrawalOut.of(
            service.withdraw(session, actor=caller.actor, claim=found, reason=body.reason)
        ),
    )


@router.get("/recordings/{recording_id}/claims")
def of_recording(
    recording_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ClaimListing:
    """List every claim about a recording and about its series."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.CLAIM_READ, recording.case_id, thing="recording")
    found = queries.of_recording(session, recording_id, as_of=as_of)
    return ClaimListing(items=[ClaimOut.of(item) for item in found])


@router.get("/reports/{report_id}/claims")
def of_report(
    report_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ClaimListing:
    """List every claim that a report makes."""
    report = reports.get(session, report_id)
    caller.require(Permission.CLAIM_READ, report.case_id, thing="report")
    found = queries.of_report(session, report_id, as_of=as_of)
    return ClaimListing(items=[ClaimOut.of(item) for item in found])


def _fresh(row: Claim) -> ClaimOut:
    return ClaimOut.of(Standing(row, State.IN_FORCE))


def _snapshot(session: Reading, caller: Caller, body: ClaimIn) -> Snapshot:
    with naming("anchor.snapshot_id"):
        snapshot = reports.get_snapshot(session, body.anchor.snapshot_id)
        caller.require(Permission.CLAIM_WRITE, snapshot.case_id, thing="snapshot")
    return snapshot


def _claim(session: Reading, caller: Caller, claim_id: str, permission: Permission) -> Claim:
    found = queries.get(session, claim_id)
    caller.require(permission, found.case_id, thing="claim")
    return found
