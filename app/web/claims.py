"""Claims on pages: one claim, the register of conflicts, and what people say of a conflict."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.cases.queries import listed as cases_listed
from app.claims import queries, register, service, sources
from app.claims.conflicts.stating import ConflictKind
from app.claims.models import Claim, ConflictRuling
from app.claims.register import ConflictState
from app.core.paging import MAX_LIMIT
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.reports import queries as reports
from app.web.claimed import in_conflict, shown
from app.web.fields import lines, one_of, optional
from app.web.refusals import Refused, attempted
from app.web.rendering import page

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.CLAIM_READ)]
Writer = Annotated[Caller, allowed(Permission.CLAIM_WRITE)]
SECTION = "Conflicts"


@router.get("/conflicts")
def conflicts(
    request: Request,
    session: Reading,
    caller: Reader,
    case_id: str = "",
    kind: str = "",
    state: str = "",
) -> Response:
    """Where the claims of a case are at odds; of the newest of one's cases if none is named."""
    mine = caller.cases_with(Permission.CLAIM_READ)
    cases = cases_listed(session, case_ids=mine, limit=MAX_LIMIT, cursor=None).items
    chosen = case_id or (cases[-1].id if cases else "")
    if case_id:
        caller.require(Permission.CLAIM_READ, case_id, thing="case")
    everything = register.of_case(session, chosen) if chosen else []
    found = register.narrowed(
        everything,
        kind=one_of(ConflictKind, kind, field="kind") if kind else None,
        state=one_of(ConflictState, state, field="state") if state else None,
    )
    sums = register.reconciled(session, chosen) if chosen else []
    return page(
        request,
        "conflicts.html",
        caller=caller,
        section=SECTION,
        cases=cases,
        chosen=chosen,
        kind=kind,
        state=state,
        kinds=list(ConflictKind),
        states=list(ConflictState),
        total=len(everything),
        conflicts=in_conflict(session, caller, found),
        sums=sums,
        sources={each.report_id: reports.get(session, each.report_id) for each in sums},
    )


@router.get("/cases/{case_id}/conflicts/{conflict_key}")
def conflict(
    case_id: str, conflict_key: str, request: Request, session: Reading, caller: Reader
) -> Response:
    """One conflict: both sides, what may explain it, what people said of it."""
    return _conflict(request, session, caller, case_id, conflict_key)


@router.post("/cases/{case_id}/conflicts/{conflict_key}/rulings")
def rule(
    case_id: str,
    conflict_key: str,
    request: Request,
    session: Writing,
    caller: Writer,
    ruling: Annotated[str, Form()] = "",
    chosen: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
    supersedes: Annotated[str, Form()] = "",
) -> Response:
    """Explain a conflict, choose a claim for use, or open it again."""
    caller.require(Permission.CLAIM_WRITE, case_id, thing="conflict")

    def act() -> None:
        service.decide(
            session,
            actor=caller.actor,
            case_id=case_id,
            key=conflict_key,
            ruling=one_of(ConflictRuling, ruling, field="ruling"),
            reason=lines(reason),
            chosen_claim_id=optional(chosen),
            supersedes=optional(supersedes),
        )

    given = {"ruling": ruling, "chosen": chosen, "reason": reason}
    refused = attempted(session, act, form="rule", given=given)
    if refused:
        return _conflict(request, session, caller, case_id, conflict_key, refused=refused)
    return RedirectResponse(f"/cases/{case_id}/conflicts/{conflict_key}", status_code=303)


@router.get("/claims/{claim_id}")
def claim(claim_id: str, request: Request, session: Reading, caller: Reader) -> Response:
    """One claim: its wording in its place, its value, who says it, and what it is at odds with."""
    found = _claim(session, caller, claim_id, Permission.CLAIM_READ)
    return _shown(request, session, caller, found)


@router.post("/claims/{claim_id}/withdrawal")
def withdraw(
    claim_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Withdraw a claim that was read wrongly; it stays, with the reason."""
    found = _claim(session, caller, claim_id, Permission.CLAIM_WRITE)
    refused = attempted(
        session,
        lambda: service.withdraw(session, actor=caller.actor, claim=found, reason=lines(reason)),
        form="withdraw",
        given={"reason": reason},
    )
    if refused:
        return _shown(request, session, caller, found, refused=refused)
    return RedirectResponse(f"/claims/{claim_id}", status_code=303)


def _conflict(
    request: Request,
    session: Session,
    caller: Caller,
    case_id: str,
    key: str,
    *,
    refused: Refused | None = None,
) -> Response:
    caller.require(Permission.CLAIM_READ, case_id, thing="conflict")
    found = register.get(session, case_id, key)
    return page(
        request,
        "conflict.html",
        caller=caller,
        section=SECTION,
        status=refused.status if refused else 200,
        refused=refused,
        item=in_conflict(session, caller, [found])[0],
        case_id=case_id,
        rulings=list(ConflictRuling),
        may_rule=caller.may(Permission.CLAIM_WRITE, case_id),
    )


def _shown(
    request: Request,
    session: Session,
    caller: Caller,
    found: Claim,
    *,
    refused: Refused | None = None,
) -> Response:
    standing = queries.standing(session, found)
    disputed = [
        each for each in register.of_case(session, found.case_id) if found.id in each.claims
    ]
    return page(
        request,
        "claim.html",
        caller=caller,
        section="Reports",
        status=refused.status if refused else 200,
        refused=refused,
        item=shown(session, caller, [standing])[0],
        standing=standing,
        roots=reports.lineage_of(
            session, [sources.told(found).origin], case_id=found.case_id
        ).roots,
        conflicts=in_conflict(session, caller, disputed),
        may_write=caller.may(Permission.CLAIM_WRITE, found.case_id),
    )


def _claim(session: Session, caller: Caller, claim_id: str, permission: Permission) -> Claim:
    found = queries.get(session, claim_id)
    caller.require(permission, found.case_id, thing="claim")
    return found
