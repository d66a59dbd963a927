"""
Recording, replacing and withdrawing claims, and ruling on conflicts between them.

A claim is tied to a passage of a frozen text, or refused. Everything it names by identifier (its
subject, who says it, the publications it came through) is of the snapshot's case.
Entries of the log hold identifiers and the predicate, never a wording, a value or a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.claims import predicates, queries, subjects, values
from app.claims.dates import date_in
from app.claims.models import Claim, ClaimWithdrawal
from app.claims.predicates import Predicate
from app.claims.queries import State
from app.claims.ruling import decide
from app.claims.terms import Modality, SubjectKind
from app.core import clock
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.core.plaintext import line, optional_line, prose
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.reports.anchor import Passage, columns
from app.reports.attribution.values import Force
from app.reports.models import Report, Snapshot

__all__ = ["Assertion", "Via", "claim", "decide", "supersede", "withdraw"]

MOST_VIA = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Via:
    """A publication that it came through: a report of the case, or as it is described."""

    report_id: str | None = None
    as_described: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """
    What a passage asserts, as it is handed in; `value` is the JSON of the predicate's value.

    Without `said_by_id` and `said_by_as_described` it is the report that says it.
    """

    subject_kind: SubjectKind
    subject_id: str
    predicate: Predicate
    value: Json
    modality: Modality = Modality.ASSERTED
    said_by_id: str | None = None
    said_by_as_described: str | None = None
    force: Force | None = None
    via: Sequence[Via] = ()


def claim(
    session: Session,
    *,
    actor: Actor,
    snapshot: Snapshot,
    passage: Passage,
    assertion: Assertion,
    method: str | None = None,
) -> Claim:
    """
    Record what a passage of a snapshot asserts.

    `method` names the rules and version that proposed it; null for a person's own reading.
    `Invalid` names the field that is tied to nothing or does not fit the predicate.
    """
    made = _claim(session, actor, snapshot, passage, assertion, supersedes=None)
    _record(session, EventType.CLAIM_CREATION, actor=actor, subject=made, row=made, method=method)
    return made


def supersede(
    session: Session,
    *,
    actor: Actor,
    claim: Claim,
    snapshot: Snapshot,
    passage: Passage,
    assertion: Assertion,
) -> Claim:
    """
    Replace a claim by a better reading of the same report; both stay.

    Raises `Conflict` if it was replaced or withdrawn already.
    """
    _require_in_force(session, claim)
    if snapshot.report_id != claim.report_id:
        raise Invalid("a claim is read anew in its own report", field="anchor.snapshot_id")
    newer = _claim(session, actor, snapshot, passage, assertion, supersedes=claim.id)
    _record(session, EventType.CLAIM_SUPERSESSION, actor=actor, subject=claim, row=newer)
    return newer


def withdraw(session: Session, *, actor: Actor, claim: Claim, reason: str) -> ClaimWithdrawal:
    """Withdraw a claim that was read wrongly; it stays. `Conflict` if it is not in force."""
    _require_in_force(session, claim)
    withdrawal = ClaimWithdrawal(
        id=new_id(),
        case_id=claim.case_id,
        claim_id=claim.id,
        reason=prose(reason, field="reason"),
        withdrawn_by=actor.id,
        withdrawn_at=clock.now(),
    )
    record(
        session,
        EventType.CLAIM_WITHDRAWAL,
        subject=Subject("claim", claim.id),
        actor=actor,
        case_id=claim.case_id,
        rows=[withdrawal],
    )
    return withdrawal


def _claim(
    session: Session,
    actor: Actor,
    snapshot: Snapshot,
    passage: Passage,
    given: Assertion,
    *,
    supersedes: str | None,
) -> Claim:
    anchor = passage.locate(snapshot.text)
    case_id = snapshot.case_id
    subjects.require(session, given.subject_kind, given.subject_id, case_id=case_id)
    value = predicates.read(given.subject_kind, given.predicate, given.value, given.modality)
    subjects.require_named(session, value, case_id=case_id)
    if given.said_by_id is not None:
        subjects.require(
            session, SubjectKind.AGENT, given.said_by_id, case_id=case_id, field="said_by_id"
        )
    described = optional_line(given.said_by_as_described, field="said_by_as_described")
    if given.force is not None and described is None and given.said_by_id is None:
        raise Invalid("a verb of saying has somebody who says it", field="force")
    when = date_in(value)
    return Claim(
        id=new_id(),
        case_id=case_id,
        report_id=snapshot.report_id,
        subject_kind=given.subject_kind,
        subject_id=given.subject_id,
        predicate=given.predicate,
        value=values.to_json(value),
        modality=given.modality,
        said_by_id=given.said_by_id,
        said_by_as_described=described,
        force=given.force,
        via=_via(session, given.via, case_id=case_id),
        earliest=when.earliest.isoformat() if when and when.earliest else None,
        latest=when.latest.isoformat() if when and when.latest else None,
        supersedes_id=supersedes,
        recorded_by=actor.id,
        recorded_at=clock.now(),
        snapshot_id=snapshot.id,
        **columns(anchor),
    )


def _via(session: Session, given: Sequence[Via], *, case_id: str) -> list[Any]:
    if len(given) > MOST_VIA:
        raise Invalid(f"at most {MOST_VIA} publications", field="via")
    for each in given:
        if each.report_id is not None:
            report = session.get(Report, each.report_id)
            if report is None or report.case_id != case_id:
                raise Invalid("no such report in this case", field="via")
        elif each.as_described is None:
            raise Invalid("a publication is named or described", field="via")
    return [
        {
            "report_id": each.report_id,
            "as_described": each.as_described and line(each.as_described, field="via"),
        }
        for each in given
    ]


def _require_in_force(session: Session, claim: Claim) -> None:
    standing = queries.standing(session, claim)
    if standing.state is not State.IN_FORCE:
        raise Conflict(
            f"this claim is {standing.state.replace('_', ' ')} already",
            state=str(standing.state),
            superseded_by=standing.superseded_by,
        )


def _record(
    session: Session,
    event: EventType,
    *,
    actor: Actor,
    subject: Claim,
    row: Claim,
    method: str | None = None,
) -> None:
    details: dict[str, Json] = {"report": row.report_id, "predicate": str(row.predicate)}
    if method is not None:
        details["proposed_by"] = line(method, field="method")
    if row.id != subject.id:
        details["superseded_by"] = row.id
    record(
        session,
        event,
        subject=Subject("claim", subject.id),
        actor=actor,
        case_id=row.case_id,
        rows=[row],
        details=details,
    )
