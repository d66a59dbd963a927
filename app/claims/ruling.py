"""
What people say of a conflict: how it came about, which claim is used here, or neither any more.

Nothing resolves a conflict. A claim that is chosen for use leaves the others where they are, and says
why it was chosen. Whoever rules names the ruling they saw, so that two people do not rule past one
another.
"""

from typing import ClassVar

from sqlalchemy.orm import Session

from app.claims import register
from app.claims.conflicts.finding import METHOD, VERSION
from app.claims.models import ConflictDecision, ConflictRuling
from app.claims.register import ConflictState, Listed
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.core.plaintext import prose
from app.custody.events import EventType
from app.custody.service import Subject, record


class RulingNotInForce(Conflict):
    """A ruling has to name the one in force that it supersedes; `in_force` is that one."""

    slug: ClassVar[str] = "conflict-ruling-not-in-force"


def decide(
    session: Session,
    *,
    actor: Actor,
    case_id: str,
    key: str,
    ruling: ConflictRuling,
    reason: str,
    chosen_claim_id: str | None = None,
    supersedes: str | None = None,
) -> ConflictDecision:
    """
    Explain a conflict, choose one of its claims for use, or open it again; with a reason.

    Raises `NotFound` where there is no such conflict now, `RulingNotInForce`, and `Invalid`
    naming `chosen_claim_id` (none, or not of this conflict) or `ruling` (open already).
    """
    listed = register.get(session, case_id, key)
    in_force = listed.in_force
    if supersedes != (in_force.id if in_force else None):
        raise RulingNotInForce(
            "another ruling is in force: read it, and name it to supersede it",
            in_force=in_force.id if in_force else None,
        )
    _require_sense(listed, ruling, chosen_claim_id)
    row = ConflictDecision(
        id=new_id(),
        case_id=case_id,
        conflict_key=key,
        claim_ids=list(listed.conflict.claim_ids),
        ruling=ruling,
        chosen_claim_id=chosen_claim_id,
        reason=prose(reason, field="reason"),
        supersedes_id=supersedes,
        decided_by=actor.id,
        decided_at=clock.now(),
    )
    record(
        session,
        EventType.CONFLICT_DECISION,
        subject=Subject("conflict", key),
        actor=actor,
        case_id=case_id,
        rows=[row],
        details={
            "decision": row.id,
            "ruling": str(ruling),
            "kind": str(listed.conflict.kind),
            "rules": f"{METHOD} {VERSION}",
            "claims": list(listed.conflict.claim_ids),
        },
    )
    return row


def _require_sense(listed: Listed, ruling: ConflictRuling, chosen: str | None) -> None:
    if ruling is ConflictRuling.CHOSEN:
        if chosen not in listed.conflict.claim_ids:
            raise Invalid("choose a claim of this conflict", field="chosen_claim_id")
    elif chosen is not None:
        raise Invalid("a claim is named only where one is chosen", field="chosen_claim_id")
    if ruling is ConflictRuling.REOPENED and listed.state is ConflictState.OPEN:
        raise Invalid("this conflict is open", field="ruling")
