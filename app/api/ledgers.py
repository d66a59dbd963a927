"""The authenticity ledger of a recording: every statement and every retelling of it, in time."""

from typing import Annotated

from fastapi import APIRouter

from app.accounts.permissions import Permission
from app.api.assessed import AssessmentOut
from app.api.restated import RestatementOut
from app.api.wire import Id, LogIndex, Wire
from app.assessments import ledger as ledgers
from app.assessments.ledger import Dated, DatedBy, Ledger, Line, Retelling
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading
from app.recordings import queries as recordings
from app.reports.models import Report

router = APIRouter(tags=["assessments"])
Seeing = Annotated[Caller, allowed(Permission.ASSESSMENT_READ)]


class DatedOut(Wire):
    """A date as precise as it is (EDTF), and what it is the date of."""

    edtf: str
    by: DatedBy

    @classmethod
    def of(cls, dated: Dated | None) -> "DatedOut | None":
        """Shape a date, if there is one."""
        return cls(edtf=dated.edtf, by=dated.by) if dated else None


class ReportNamed(Wire):
    """A report by its identifier and what it calls itself."""

    id: str
    title: str | None
    publisher: str | None

    @classmethod
    def of(cls, report: Report) -> "ReportNamed":
        """Shape a report."""
        return cls(id=report.id, title=report.title, publisher=report.publisher)


class RetellingLine(Wire):
    """A retelling; null date: nobody dated the report."""

    restatement: RestatementOut
    report: ReportNamed
    dated: DatedOut | None

    @classmethod
    def of(cls, one: Retelling) -> "RetellingLine":
        """Shape a retelling."""
        return cls(
            restatement=RestatementOut.of(one.restated),
            report=ReportNamed.of(one.report),
            dated=DatedOut.of(one.dated),
        )


class LineOut(Wire):
    """An assessment with all retellings; null report: told directly; null date: not known."""

    assessment: AssessmentOut
    report: ReportNamed | None
    dated: DatedOut | None
    retellings: list[RetellingLine]

    @classmethod
    def of(cls, line: Line) -> "LineOut":
        """Shape a line."""
        return cls(
            assessment=AssessmentOut.of(line.standing),
            report=ReportNamed.of(line.report) if line.report else None,
            dated=DatedOut.of(line.dated),
            retellings=[RetellingLine.of(one) for one in line.retellings],
        )


class LedgerOut(Wire):
    """One line made from counts, then every statement: dated ones in time, the others last."""

    summary: str
    lines: list[LineOut]

    @classmethod
    def of(cls, ledger: Ledger) -> "LedgerOut":
        """Shape a ledger."""
        return cls(summary=ledger.summary, lines=[LineOut.of(line) for line in ledger.lines])


@router.get("/recordings/{recording_id}/authenticity-ledger")
def ledger(
    recording_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> LedgerOut:
    """Show every statement on a recording and what other reports made of it, in time."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.ASSESSMENT_READ, recording.case_id, thing="recording")
    return LedgerOut.of(ledgers.of_recording(session, recording_id, as_of=as_of))
