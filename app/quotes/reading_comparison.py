"""
Comparing quotes with what listeners heard at their places, as far as that is due.

Due is a comparison of a quote with every reading that stands and covers a place where some
comparison found the quote, or where somebody listened for it, or that an older version of the
rules was asked about, unless this version made it already. Readings of other places say
nothing about a quote and are left alone.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.actor import Actor
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.quotes import readers
from app.quotes.models import Alignment, Quote, ReadingComparison
from app.transcripts import listening
from app.transcripts.listening import ReadingState
from app.transcripts.models import Reading
from transcription import alignment as aligner
from transcription.alignment import Verdict
from transcription.errors import NothingToAlign, TextTooLong
from transcription.span import Span
from transcription.text import Kind, tokens
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content


def compare_due(
    session: Session, *, actor: Actor, quotes: Sequence[Quote], heard_at: Span | None = None
) -> list[ReadingComparison]:
    """
    Compare these quotes of one recording with every reading that is due; one entry each.

    `heard_at` is a place where somebody listened for them, beside those that were found.
    """
    made = []
    for quote, reading in list(_due(session, quotes, [heard_at] if heard_at else [])):
        row = _compared(quote, reading, actor)
        record(
            session,
            EventType.READING_COMPARISON,
            subject=Subject("recording", reading.recording_id),
            actor=actor,
            case_id=quote.case_id,
            rows=[row],
            details={"quote": quote.id, "reading": reading.id, "verdict": str(row.verdict)},
        )
        made.append(row)
    return made


def _due(
    session: Session, quotes: Sequence[Quote], heard_at: Sequence[Span]
) -> Iterator[tuple[Quote, Reading]]:
    recording_ids = {quote.recording_id for quote in quotes if quote.recording_id}
    standing = [
        item.reading
        for recording_id in sorted(recording_ids)
        for item in listening.of_recording(session, recording_id)
        if item.state is ReadingState.STANDS
    ]
    if not standing:
        return
    for quote in quotes:
        compared = session.scalars(
            select(ReadingComparison).where(ReadingComparison.quote_id == quote.id)
        ).all()
        known = {row.reading_id for row in compared}
        done = {row.reading_id for row in compared if row.version == aligner.VERSION}
        places = [*_places(session, quote), *heard_at]
        for reading in standing:
            about = reading.recording_id == quote.recording_id and reading.id not in done
            covers = any(readers.covers(reading.span, place) for place in places)
            if about and (covers or reading.id in known):
                yield quote, reading


def _places(session: Session, quote: Quote) -> list[Span]:
    found = session.scalars(select(Alignment).where(Alignment.quote_id == quote.id)).all()
    return readers.spans_of(found)


def _compared(quote: Quote, reading: Reading, actor: Actor) -> ReadingComparison:
    content = Content(reading.language, (Segment(reading.text, reading.start_ms, reading.end_ms),))
    try:
        found = aligner.align(quote.exact, quote_language=quote.language, transcript=content)
        # The last reasons of the whole are about times, and a reading has one span only.
        reasons = found.best.reasons if found.best else found.reasons
        verdict, features, data = found.verdict, dict(found.features), found.as_data()
        occurrences = data["occurrences"]
    except (NothingToAlign, TextTooLong) as error:
        verdict, features, occurrences = Verdict.NOT_CHECKABLE_LANGUAGE, {}, []
        reasons = (str(error),)
    if not _holds_words(reading):
        verdict, reasons = Verdict.NOT_CHECKABLE_LANGUAGE, ("no word was understood here",)
    return ReadingComparison(
        id=new_id(),
        case_id=quote.case_id,
        quote_id=quote.id,
        recording_id=reading.recording_id,
        reading_id=reading.id,
        verdict=verdict,
        reasons=list(reasons),
        features=features,
        occurrences=occurrences,
        method=aligner.METHOD,
        version=aligner.VERSION,
        compared_by=actor.id,
        compared_at=clock.now(),
    )


def _holds_words(reading: Reading) -> bool:
    found = tokens(reading.text, language=reading.language)
    return any(token.kind in {Kind.WORD, Kind.NUMBER} for token in found)
