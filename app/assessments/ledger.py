"""
The authenticity ledger of a recording: every statement and every retelling of it, in time.

An entry is dated by when it was said, else by when the report that has it was published; which
of the two is told. What nobody dated is listed apart and never given a guess. What was
superseded, retracted or withdrawn stays, as such.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments import queries
from app.assessments.models import Assessment, Binding, Question
from app.assessments.queries import Standing
from app.assessments.retelling import queries as retelling
from app.assessments.retelling.queries import Restated
from app.reports.models import Report, Snapshot


class DatedBy(StrEnum):
    """What an entry's date is taken from."""

    SAID = "said"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as precise as its source has it (EDTF), and what it is the date of."""

    edtf: str
    by: DatedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    """A restatement, the report it stands in, and when that was published."""

    restated: Restated
    report: Report
    dated: Dated | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One assessment with all that became of it; `report` is where it was read, if anywhere."""

    standing: Standing
    report: Report | None
    dated: Dated | None
    retellings: Sequence[Retelling]

    @property
    def assessment(self) -> Assessment:
        """The assessment itself."""
        return self.standing.assessment

    @property
    def bytes_named(self) -> str | None:
        """Which bytes it is about, by id or digest; `None` where no bytes are identified."""
        row = self.assessment
        return row.instance_id if row.binding is Binding.EXACT_BYTES else row.stated_sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The summary line, and the lines: dated ones in time, then those without a date."""

    summary: str
    lines: Sequence[Line]

    def on(self, question: Question) -> list[Line]:
        """The lines on one question."""
        return [line for line in self.lines if line.assessment.question is question]

    @property
    def questions(self) -> list[Question]:
        """The questions that anybody answered, in their order."""
        return [question for question in Question if self.on(question)]


def of_recording(session: Session, recording_id: str, *, as_of: int | None = None) -> Ledger:
    """The ledger of a recording, as it stood at a place in the custody log."""
    told = retelling.of_recording(session, recording_id, as_of=as_of)
    standings = queries.of_recording(session, recording_id, as_of=as_of, told=told)
    report_of = _reports(
        session,
        {one.assessment.snapshot_id for one in standings}
        | {one.restatement.snapshot_id for one in told.restated},
    )
    lines = [
        Line(
            standing=standing,
            report=report_of.get(standing.assessment.snapshot_id or ""),
            dated=_dated(
                standing.assessment.said_edtf,
                report_of.get(standing.assessment.snapshot_id or ""),
            ),
            retellings=sorted(
                (
                    Retelling(
                        restated=one,
                        report=report_of[one.restatement.snapshot_id],
                        dated=_dated(None, report_of[one.restatement.snapshot_id]),
                    )
                    for one in told.of(standing.assessment.id)
                ),
                key=lambda each: _in_time(each.dated),
            ),
        )
        for standing in standings
    ]
    return Ledger(
        summary=queries.summary_of(standings, told),
        lines=sorted(lines, key=lambda line: _in_time(line.dated)),
    )


def _reports(session: Session, snapshot_ids: set[str | None]) -> Mapping[str, Report]:
    known = {each for each in snapshot_ids if each}
    if not known:
        return {}
    statement = (
        select(Snapshot.id, Report)
        .join(Report, Report.id == Snapshot.report_id)
        .where(Snapshot.id.in_(known))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _dated(said: str | None, report: Report | None) -> Dated | None:
    if said is not None:
        return Dated(edtf=said, by=DatedBy.SAID)
    if report is not None and report.published_edtf is not None:
        return Dated(edtf=report.published_edtf, by=DatedBy.PUBLISHED)
    return None


def _in_time(dated: Dated | None) -> tuple[bool, str]:
    """Dates in time, what has none last; an instant falls on its day as it is spelled."""
    return dated is None, dated.edtf if dated else ""
