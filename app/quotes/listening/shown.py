"""
What an account was given to read: remembered once for each thing, and asked for at a filing.

It says more than it must rather than less: an answer about a transcript counts as having been
shown its words, whatever part of it was looked at, and a listing without a thing of its own counts
for every case it covered. It says nothing of other accounts of the same person.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core import clock
from app.core.canonical import Json
from app.quotes.listening.models import ListeningStep, WordsShown
from app.quotes.models import Alignment, Quote
from app.reports.intake.models import Capture
from app.reports.models import Snapshot
from app.transcripts.models import Reading, Transcript

THINGS = frozenset(
    {
        "alignment_id",
        "capture_id",
        "case_id",
        "quote_id",
        "reading_id",
        "recording_id",
        "report_id",
        "snapshot_id",
        "transcript_id",
    }
)
"""What words can be about, as addresses name it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that words were given about: `what` as addresses name it."""

    what: str
    id: str


def note(session: Session, *, account_id: str, thing: Thing, route: str) -> None:
    """Remember that this account was answered about a thing, unless that is known."""
    if session.get(WordsShown, (account_id, thing.what, thing.id)) is None:
        session.add(
            WordsShown(
                account_id=account_id,
                what=thing.what,
                thing_id=thing.id,
                route=route,
                first_at=clock.now(),
            )
        )


def before(session: Session, *, account_id: str, quote: Quote) -> list[dict[str, Json]]:
    """
    Everything this account was given that may have held the words of a quote: answers about the
    quote, its recording, what was written of it, every report that quotes it, and pages that came
    into its case; readings that it recorded itself. Oldest first.
    """
    wanted = _around(session, quote)
    rows = session.scalars(
        select(WordsShown)
        .where(WordsShown.account_id == account_id)
        .order_by(WordsShown.first_at, WordsShown.what, WordsShown.thing_id)
    )
    told: list[dict[str, Json]] = [
        {
            "what": row.what.removesuffix("_id"),
            "id": row.thing_id,
            "route": row.route,
            "at": clock.spell(row.first_at),
        }
        for row in rows
        if row.thing_id in wanted.get(row.what, frozenset())
    ]
    filed = select(ListeningStep.reading_id).where(ListeningStep.reading_id.is_not(None))
    own = session.scalars(
        select(Reading)
        .where(
            Reading.recording_id == quote.recording_id,
            Reading.recorded_by == account_id,
            Reading.id.not_in(filed),
        )
        .order_by(Reading.log_index)
    )
    told += [
        {"what": "own_reading", "id": row.id, "route": None, "at": clock.spell(row.recorded_at)}
        for row in own
    ]
    return told


def _around(session: Session, quote: Quote) -> dict[str, frozenset[str]]:
    """By kind of thing, those whose words may be the quote's."""
    recording = quote.recording_id
    reports = select(Quote.report_id).where(Quote.recording_id == recording)

    def found(
        column: InstrumentedAttribute[str], condition: ColumnElement[bool]
    ) -> frozenset[str]:
        return frozenset(session.scalars(select(column).where(condition)))

    return {
        "case_id": frozenset({quote.case_id}),
        # A page that came in need be of no report yet, and may be of any.
        "capture_id": found(Capture.id, Capture.case_id == quote.case_id),
        "recording_id": frozenset({str(recording)}),
        "quote_id": found(Quote.id, Quote.recording_id == recording),
        "alignment_id": found(Alignment.id, Alignment.recording_id == recording),
        "transcript_id": found(Transcript.id, Transcript.recording_id == recording),
        "reading_id": found(Reading.id, Reading.recording_id == recording),
        "report_id": frozenset(session.scalars(reports)),
        "snapshot_id": found(Snapshot.id, Snapshot.report_id.in_(reports)),
    }
