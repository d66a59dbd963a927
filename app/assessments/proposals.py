"""
The assessments and restatements that rules read in a frozen text, and what people make of them.

Proposals are computed and stored nowhere: the text is frozen and the rules are pinned. Where the
report rests on what another report rests on, and an assessment read in that one answers the same question,
the passage is no assessment but a way of telling that one again, and is proposed as its restatement,
with its drift. What somebody accepts is an assessment or a restatement like any other; what
somebody rejects is not proposed again by these rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from app.assessments import reading, rejections, service
from app.assessments.known import Known, Proposed, overlap
from app.assessments.models import Assessment, Question, Stance, StatementKind
from app.assessments.reading import Proposal
from app.assessments.retelling.models import Rejection
from app.assessments.statement import Statement
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid
from app.recordings.models import Recording
from app.reports import queries as reports
from app.reports.anchor import Passage, anchor_at
from app.reports.models import Report, Snapshot

METHOD = f"{reading.METHOD} {reading.VERSION}"
"""The rules that propose, as the custody entry of an accepted assessment names them."""
MOST_CHARACTERS = 300_000
"""The longest text that is read while somebody waits."""


class AlreadyDecided(Conflict):
    """Somebody has made something of the proposal, or said no to it."""

    slug: ClassVar[str] = "assessment-already-decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """Everything that was read in one snapshot; `note` says what was not."""

    language: str
    note: str
    items: Sequence[Proposed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a person says otherwise than the proposal; `None` leaves it as proposed."""

    stance: Stance | None = None
    kind: StatementKind | None = None
    assessor_id: str | None = None
    assessor: str | None = None
    method: str | None = None
    limitations: str | None = None


def proposals(session: Session, snapshot: Snapshot, *, as_of: int | None = None) -> Proposals:
    """What the rules read in a snapshot, and what was made of it."""
    report = reports.get(session, snapshot.report_id)
    read = _read(snapshot, report)
    known = Known(session, snapshot, read.language, as_of)
    items = [known.about(proposal) for proposal in read.proposals]
    return Proposals(language=read.language, note=read.note, items=_told_once(items))


def accept(
    session: Session,
    *,
    actor: Actor,
    snapshot: Snapshot,
    recording: Recording,
    at: tuple[int, int],
    question: Question,
    changes: Changes,
) -> Assessment:
    """
    Sign the assessment that is proposed at a place, as it is or as somebody changes it.

    Raises `Invalid` where nothing is proposed, `AlreadyDecided`, and `Conflict` naming the
    assessment where the passage only tells one again.
    """
    item = _open(session, snapshot, at, question)
    proposal = item.proposal
    if item.restates is not None:
        raise Conflict(
            "it tells an assessment again: restate that", assessment_id=item.restates.id
        )
    report = reports.get(session, snapshot.report_id)
    statement = Statement(
        question=question,
        stance=changes.stance or proposal.stance,
        kind=changes.kind or proposal.kind,
        language=_read(snapshot, report).language,
        assessor_id=changes.assessor_id,
        assessor_as_described=changes.assessor or _assessor(proposal, report),
        interest=proposal.interest,
        material_as_described=_line(proposal.material),
        method=changes.method,
        limitations=changes.limitations,
        snapshot_id=snapshot.id,
        passage=Passage(exact=proposal.exact, start=proposal.start),
    )
    return service.sign(
        session, actor=actor, recording=recording, statement=statement, proposed_by=METHOD
    )


def reject(
    session: Session,
    *,
    actor: Actor,
    snapshot: Snapshot,
    at: tuple[int, int],
    question: Question,
    reason: str,
) -> Rejection:
    """Say no to what is proposed at a place. `Invalid`, or `AlreadyDecided`."""
    proposal = _open(session, snapshot, at, question).proposal
    return rejections.reject(
        session,
        actor=actor,
        snapshot=snapshot,
        anchor=anchor_at(snapshot.text, proposal.start, proposal.end),
        question=question,
        reason=reason,
        rules=(reading.METHOD, reading.VERSION),
    )


def _read(snapshot: Snapshot, report: Report) -> reading.Reading:
    if len(snapshot.text) > MOST_CHARACTERS:
        note = f"the text is longer than {MOST_CHARACTERS} characters and is not read here"
        return reading.Reading(report.language, (), note)
    published = (report.publisher,) if report.publisher else ()
    return reading.read(snapshot.text, report.language, published)


def _open(
    session: Session, snapshot: Snapshot, at: tuple[int, int], question: Question
) -> Proposed:
    for item in proposals(session, snapshot).items:
        proposal = item.proposal
        if (proposal.start, proposal.end) == at and proposal.question is question:
            if not item.is_open:
                raise AlreadyDecided("somebody has decided on this already")
            return item
    raise Invalid("nothing is proposed at this place of the text", field="start")


def _told_once(items: list[Proposed]) -> list[Proposed]:
    """One restatement for an assessment and a passage, though two are said to judge there."""
    kept: list[Proposed] = []
    for item in items:
        doubled = item.restates is not None and any(
            other.restates is item.restates
            and overlap(other.proposal.start, other.proposal.end, item.proposal)
            for other in kept
        )
        if not doubled:
            kept.append(item)
    return kept


def _assessor(proposal: Proposal, report: Report) -> str:
    named = proposal.assessor or report.publisher or report.title
    return _line(named) or "the report itself"


def _line(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())[:500]
