"""
What stands on a frozen text already, and which assessments its report may only tell again.

A passage tells an assessment again where it answers the same question, in a like capacity, and
the two reports have a root in common: then there is one judgement, however many print it.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments import reading
from app.assessments.drift import Comparison, headline
from app.assessments.models import Assessment, Question, StatementKind
from app.assessments.predicates import Level
from app.assessments.queries import State, of_recording
from app.assessments.reading import Proposal
from app.assessments.retelling import queries as retelling
from app.assessments.retelling.models import Rejection, Restatement
from app.assessments.retelling.queries import Holding
from app.assessments.retelling.service import comparison
from app.custody.history import in_order
from app.reports import queries as reports
from app.reports.anchor import anchor_at
from app.reports.models import Snapshot

_ALIKE = {Question.INTEGRITY, Question.CONTINUITY, Question.SYNTHETIC_ORIGIN}
"""Questions that retellings do not keep apart: whether a recording is what it was."""
_JUDGES = {
    StatementKind.HUMAN_EXAMINATION,
    StatementKind.OFFICIAL_STATEMENT,
    StatementKind.INQUIRY_FINDING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal, what it would restate, and what somebody made of it already."""

    proposal: Proposal
    restates: Assessment | None = None
    comparison: Comparison | None = None
    assessment: Assessment | None = None
    restatement: Restatement | None = None
    rejection: Rejection | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it."""
        return not (self.assessment or self.restatement or self.rejection)


class Known:
    """What stands on a snapshot already, and what its report may tell again."""

    def __init__(
        self, session: Session, snapshot: Snapshot, language: str, as_of: int | None
    ) -> None:
        self.session, self.snapshot, self.language = session, snapshot, language
        self.assessments = in_order(
            session,
            select(Assessment).where(Assessment.case_id == snapshot.case_id),
            Assessment,
            as_of,
        )
        self.restated = [
            one.restatement
            for one in retelling.in_report(session, snapshot.report_id, as_of=as_of)
            if one.holding is Holding.HOLDS and one.restatement.snapshot_id == snapshot.id
        ]
        self.rejections = retelling.rejections_in(session, snapshot.id, as_of=as_of)
        self.elsewhere = self._elsewhere(as_of)

    def about(self, proposal: Proposal) -> Proposed:
        """A proposal with what is known of its place."""
        here = (
            row
            for row in self.assessments
            if row.snapshot_id == self.snapshot.id
            and row.question is proposal.question
            and row.anchor is not None
            and (
                (row.anchor.start, row.anchor.end) == (proposal.start, proposal.end)
                or (
                    overlap(row.anchor.start, row.anchor.end, proposal)
                    and proposal.assessor in (None, row.assessor_as_described)
                )
            )
        )
        first = self._first(proposal)
        again = (
            row
            for row in self.restated
            if (row.start, row.end) == (proposal.start, proposal.end)
            or (
                overlap(row.start, row.end, proposal)
                and first is not None
                and row.assessment_id == first.id
            )
        )
        no = (
            row
            for row in self.rejections
            if (row.start, row.end) == (proposal.start, proposal.end)
            and row.question is proposal.question
            and row.version == reading.VERSION
        )
        return Proposed(
            proposal=proposal,
            restates=first,
            comparison=self._compared(first, proposal) if first else None,
            assessment=next(here, None),
            restatement=next(again, None),
            rejection=next(no, None),
        )

    def _compared(self, first: Assessment, proposal: Proposal) -> Comparison:
        anchor = anchor_at(self.snapshot.text, proposal.start, proposal.end)
        return comparison(self.session, first, self.snapshot, anchor, self.language)

    def _first(self, proposal: Proposal) -> Assessment | None:
        """The assessment that a passage tells again: of the same root, on the same question."""
        fitting = [row for row in self.elsewhere if _tells(proposal, row)]
        return min(
            fitting,
            key=lambda row: (
                row.kind is not proposal.kind,
                row.question is not proposal.question,
                row.log_index,
            ),
            default=None,
        )

    def _elsewhere(self, as_of: int | None) -> list[Assessment]:
        """Assessments in force that were read in other reports with a root in common."""
        ids = {row.snapshot_id for row in self.assessments if row.snapshot_id}
        found = self.session.execute(
            select(Snapshot.id, Snapshot.report_id).where(Snapshot.id.in_(ids))
        )
        report_of = {row.id: row.report_id for row in found}
        own = self.snapshot.report_id
        lineage = reports.lineage_of(
            self.session, {own, *report_of.values()}, case_id=self.snapshot.case_id, as_of=as_of
        )
        near = {
            report
            for report in report_of.values()
            if lineage.roots_of[report] & lineage.roots_of[own]
        } - {own}
        rows = [row for row in self.assessments if report_of.get(row.snapshot_id or "") in near]
        holding = {
            one.assessment.id
            for recording_id in {row.recording_id for row in rows}
            for one in of_recording(self.session, recording_id, as_of=as_of)
            if one.state is State.IN_FORCE
        }
        return [row for row in rows if row.id in holding]


def _tells(proposal: Proposal, row: Assessment) -> bool:
    if not _is_about(row.question, proposal.question):
        return False
    if row.kind is not proposal.kind and not {row.kind, proposal.kind} <= _JUDGES:
        return False
    read = headline(row.wording, row.language)
    open_there = read is None or read.level is Level.NOT_ESTABLISHED
    return open_there == (proposal.level is Level.NOT_ESTABLISHED)


def _is_about(one: Question, other: Question) -> bool:
    return one is other or {one, other} <= _ALIKE


def overlap(start: int, end: int, proposal: Proposal) -> bool:
    """Whether a passage and a proposal have words in common."""
    return start < proposal.end and proposal.start < end
