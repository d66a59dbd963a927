"""
Tying another report's wording, or another assessment, to an assessment; and taking that back.

How a wording departs is proposed by `drift` and decided by a person. A decision that differs
from the proposal says why. A repeat is not an assessment: nothing here makes one.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments import drift as rules
from app.assessments.drift import Comparison, Drift, Wording
from app.assessments.models import Assessment
from app.assessments.retelling import queries
from app.assessments.retelling.models import (
    Relation,
    RelationKind,
    Restatement,
    Withdrawal,
)
from app.assessments.retelling.queries import Holding
from app.assessments.sentence import around as sentence_around
from app.core import clock, languages
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.core.plaintext import optional_prose, prose
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.reports import queries as reports
from app.reports.anchor import Anchor, Passage, columns
from app.reports.models import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Retold:
    """
    A passage that restates an assessment, as it is handed in.

    `drift` left out accepts what the rules propose; `note` says why somebody decides otherwise.
    """

    passage: Passage
    language: str | None = None
    drift: Collection[Drift] | None = None
    note: str | None = None


def restate(
    session: Session,
    *,
    actor: Actor,
    assessment: Assessment,
    snapshot: Snapshot,
    retold: Retold,
    supersedes: Restatement | None = None,
) -> Restatement:
    """
    Tie a passage of another report to the assessment that it restates.

    Raises `Invalid` naming the field (a passage that is not there, the assessment's own report,
    a decision without a reason), `Conflict` where the passage is tied to it already.
    """
    if snapshot.case_id != assessment.case_id:
        raise Invalid("no such snapshot", field="snapshot_id")
    if assessment.snapshot_id is not None:
        own = reports.get_snapshot(session, assessment.snapshot_id)
        if own.report_id == snapshot.report_id:
            raise Invalid("a restatement stands in another report", field="snapshot_id")
    anchor = retold.passage.locate(snapshot.text)
    _require_free(session, assessment, snapshot, anchor, supersedes)
    language = languages.language(retold.language or _language_of(session, snapshot))
    compared = comparison(session, assessment, snapshot, anchor, language)
    decided, note = _decided(compared, retold)
    row = Restatement(
        id=new_id(),
        case_id=assessment.case_id,
        recording_id=assessment.recording_id,
        assessment_id=assessment.id,
        report_id=snapshot.report_id,
        snapshot_id=snapshot.id,
        **columns(anchor),
        language=language,
        drift=[str(value) for value in decided],
        proposed=[str(value) for value in compared.drift],
        reasons=[
            {
                "axis": str(one.axis),
                "drift": one.drift and str(one.drift),
                "sentence": one.sentence,
            }
            for one in compared.findings
        ],
        method=rules.METHOD,
        version=rules.VERSION,
        note=note,
        supersedes_id=supersedes.id if supersedes else None,
        restated_by=actor.id,
        restated_at=clock.now(),
    )
    record(
        session,
        EventType.ASSESSMENT_RESTATEMENT,
        subject=Subject("assessment", assessment.id),
        actor=actor,
        case_id=assessment.case_id,
        rows=[row],
        details={
            "recording_id": assessment.recording_id,
            "restatement": row.id,
            "proposed_by": f"{rules.METHOD} {rules.VERSION}",
        },
    )
    return row


def relate(
    session: Session,
    *,
    actor: Actor,
    assessment: Assessment,
    other: Assessment,
    kind: RelationKind,
    reason: str,
) -> Relation:
    """
    Record that an assessment repeats, cites or disputes another of the same case.

    One that repeats another is not counted beside it, so two cannot repeat one another:
    `Conflict`, as for a relation that is recorded already.
    """
    if other.case_id != assessment.case_id:
        raise Invalid("no such assessment", field="other_id")
    if other.id == assessment.id:
        raise Invalid("an assessment cannot stand to itself", field="other_id")
    held = _relations(session, assessment.case_id)
    if (assessment.id, other.id, kind) in {(a.assessment_id, a.other_id, a.kind) for a in held}:
        raise Conflict("this relation is recorded already")
    if kind is RelationKind.REPEATS and _repeats(held, other.id, assessment.id):
        raise Conflict("the other one repeats this one")
    row = Relation(
        id=new_id(),
        case_id=assessment.case_id,
        recording_id=assessment.recording_id,
        assessment_id=assessment.id,
        other_id=other.id,
        kind=kind,
        reason=prose(reason, field="reason"),
        related_by=actor.id,
        related_at=clock.now(),
    )
    record(
        session,
        EventType.ASSESSMENT_RELATION,
        subject=Subject("assessment", assessment.id),
        actor=actor,
        case_id=assessment.case_id,
        rows=[row],
        details={"recording_id": assessment.recording_id, "other": other.id, "kind": str(kind)},
    )
    return row


def withdraw(
    session: Session, *, actor: Actor, told: Restatement | Relation, reason: str
) -> Withdrawal:
    """Take back a restatement or a relation; it stays, with the reason. `Conflict` if it is gone."""
    is_restatement = isinstance(told, Restatement)
    holding = (
        queries.restated(session, told).holding
        if isinstance(told, Restatement)
        else queries.related(session, told).holding
    )
    if holding is not Holding.HOLDS:
        raise Conflict(f"this is {holding} already", state=str(holding))
    row = Withdrawal(
        id=new_id(),
        case_id=told.case_id,
        recording_id=told.recording_id,
        restatement_id=told.id if is_restatement else None,
        relation_id=None if is_restatement else told.id,
        reason=prose(reason, field="reason"),
        withdrawn_by=actor.id,
        withdrawn_at=clock.now(),
    )
    record(
        session,
        EventType.ASSESSMENT_WITHDRAWAL,
        subject=Subject("assessment", told.assessment_id),
        actor=actor,
        case_id=told.case_id,
        rows=[row],
        details={"recording_id": told.recording_id, "withdrawn": told.id},
    )
    return row


def comparison(
    session: Session, assessment: Assessment, snapshot: Snapshot, anchor: Anchor, language: str
) -> Comparison:
    """What the rules say of a passage beside an assessment; records nothing."""
    around = ""
    if assessment.snapshot_id is not None and assessment.anchor is not None:
        source = reports.get_snapshot(session, assessment.snapshot_id)
        at = assessment.anchor
        around = sentence_around(source.text, at.start, at.end, assessment.language)
    first = Wording(
        text=assessment.wording,
        language=assessment.language,
        assessor=assessment.assessor_as_described or "",
        around=around,
    )
    second = Wording(
        text=anchor.exact,
        language=language,
        around=sentence_around(snapshot.text, anchor.start, anchor.end, language),
    )
    return rules.compare(first, second)


def _require_free(
    session: Session,
    assessment: Assessment,
    snapshot: Snapshot,
    anchor: Anchor,
    supersedes: Restatement | None,
) -> None:
    """That the passage is not tied to the assessment yet, or is decided anew where it is."""
    if supersedes is not None:
        if supersedes.assessment_id != assessment.id:
            raise Invalid("another assessment was restated there", field="supersedes_id")
        if queries.restated(session, supersedes).holding is not Holding.HOLDS:
            raise Conflict("this restatement does not hold any more")
    for one in queries.in_report(session, snapshot.report_id):
        row = one.restatement
        if (
            one.holding is Holding.HOLDS
            and row.assessment_id == assessment.id
            and row.snapshot_id == snapshot.id
            and row.start < anchor.end
            and anchor.start < row.end
            and (supersedes is None or row.id != supersedes.id)
        ):
            raise Conflict("this passage restates it already", restatement_id=row.id)


def _decided(compared: Comparison, retold: Retold) -> tuple[list[Drift], str | None]:
    note = optional_prose(retold.note, field="note")
    if retold.drift is None:
        if not compared.drift:
            raise Invalid(f"say how it departs: {compared.note}", field="drift")
        return list(compared.drift), note
    decided = [drift for drift in Drift if drift in set(retold.drift)]
    if not decided or (Drift.SAME in decided and len(decided) > 1):
        raise Invalid("it is the same, or it departs in some way", field="drift")
    if tuple(decided) != compared.drift and note is None:
        raise Invalid("say why it is otherwise than the rules propose", field="note")
    return decided, note


def _language_of(session: Session, snapshot: Snapshot) -> str:
    return reports.get(session, snapshot.report_id).language


def _relations(session: Session, case_id: str) -> list[Relation]:
    """The relations of a case that hold."""
    statement = (
        select(Relation)
        .outerjoin(Withdrawal, Withdrawal.relation_id == Relation.id)
        .where(Relation.case_id == case_id, Withdrawal.id.is_(None))
    )
    return list(session.scalars(statement))


def _repeats(held: Collection[Relation], start: str, end: str) -> bool:
    """Whether following "repeats" leads from one assessment to another."""
    following = [start]
    seen: set[str] = set()
    while following:
        at = following.pop()
        if at == end:
            return True
        if at not in seen:
            seen.add(at)
            following += [
                row.other_id
                for row in held
                if row.assessment_id == at and row.kind is RelationKind.REPEATS
            ]
    return False
