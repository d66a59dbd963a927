"""
Conflicts between claims: computed from what is in force, ruled on by people, resolved by nobody.

A conflict has no row. Its key is made of what it is about and of both its values, so that it
stays the same as claims come to either side.
"""

from typing import Annotated

from fastapi import APIRouter, Response

from app.accounts.permissions import Permission
from app.api.conflicting import (
    ConflictListing,
    ConflictOut,
    ReconciliationListing,
    ReconciliationOut,
    RulingIn,
    RulingOut,
)
from app.api.once import Once
from app.api.wire import Id, LogIndex
from app.cases.caller import Caller
from app.claims import register, service
from app.claims.conflicts.stating import ConflictKind
from app.claims.register import ConflictState
from app.claims.terms import SubjectKind
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import queries as recordings

router = APIRouter(tags=["claims"])
Seeing = Annotated[Caller, allowed(Permission.CLAIM_READ)]
Ruling = Annotated[Caller, allowed(Permission.CLAIM_WRITE)]


@router.get("/cases/{case_id}/conflicts")
def conflicts(
    case_id: Id,
    session: Reading,
    caller: Seeing,
    kind: ConflictKind | None = None,
    state: ConflictState | None = None,
    subject_kind: SubjectKind | None = None,
    subject_id: str | None = None,
    as_of: LogIndex = None,
) -> ConflictListing:
    """List where the claims of a case are at odds, with what people said of it."""
    caller.require(Permission.CLAIM_READ, case_id, thing="case")
    found = register.narrowed(
        register.of_case(session, case_id, as_of=as_of),
        kind=kind,
        state=state,
        subject_kind=subject_kind,
        subject_id=subject_id,
    )
    return ConflictListing(items=[ConflictOut.of(each, case_id) for each in found])


@router.get("/cases/{case_id}/conflicts/{conflict_key}")
def conflict(case_id: Id, conflict_key: Id, session: Reading, caller: Seeing) -> ConflictOut:
    """Show one conflict, both sides to the passage."""
    caller.require(Permission.CLAIM_READ, case_id, thing="conflict")
    return ConflictOut.of(register.get(session, case_id, conflict_key), case_id)


@router.post(
    "/cases/{case_id}/conflicts/{conflict_key}/rulings", status_code=201, response_model=RulingOut
)
def rule(
    case_id: Id,
    conflict_key: Id,
    body: RulingIn,
    session: Writing,
    caller: Ruling,
    once: Once,
) -> Response:
    """Explain a conflict, choose a claim for use, or open it again; every claim stays."""
    caller.require(Permission.CLAIM_WRITE, case_id, thing="conflict")
    return once.answer(
        session,
        caller,
        lambda: RulingOut.of(
            service.decide(
                session,
                actor=caller.actor,
                case_id=case_id,
                key=conflict_key,
                ruling=body.ruling,
                reason=body.reason,
                chosen_claim_id=body.chosen_claim_id,
                supersedes=body.supersedes,
            )
        ),
    )


@router.get("/recordings/{recording_id}/conflicts")
def of_recording(
    recording_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ConflictListing:
    """List where claims about a recording, or about its series, are at odds."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.CLAIM_READ, recording.case_id, thing="recording")
    found = register.of_recording(session, recording_id, as_of=as_of)
    return ConflictListing(items=[ConflictOut.of(each, recording.case_id) for each in found])


@router.get("/cases/{case_id}/reconciliations")
def reconciliations(
    case_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ReconciliationListing:
    """List every total that a report tells, and what its parts come to."""
    caller.require(Permission.CLAIM_READ, case_id, thing="case")
    found = register.reconciled(session, case_id, as_of=as_of)
    return ReconciliationListing(items=[ReconciliationOut.of(each) for each in found])
