"""
Where a quote is to be listened for: as somebody said, else where others listened, else as found.

The first listening settles a place that was found, so that everybody after hears the same
window, whatever newer comparisons find. Only times that refer to bytes held here count, and
only bytes of which there is a listening copy.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.quotes.listening.models import AssignedSpan, Basis, Listening
from app.quotes.listening.window import LONGEST_MS
from app.quotes.models import Alignment, Quote
from app.recordings import queries as recordings
from app.recordings.models import Derivative
from app.recordings.provenance import DerivativeKind
from app.transcripts import queries as transcripts
from transcription.alignment import Verdict
from transcription.span import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A span of certain bytes in which a quote is to be listened for, and why there."""

    span: Span
    instance_id: str
    duration_ms: int
    basis: Basis
    basis_id: str


def place_of(session: Session, quote: Quote) -> Place | None:
    """Where a quote is listened for; `None` while nobody knows, or nothing can be played."""
    if quote.recording_id is None:
        return None
    assigned = newest_assignment(session, quote.id)
    if assigned is not None:
        original = recordings.original_of(session, quote.recording_id)
        span = Span(assigned.start_ms, assigned.end_ms)
        instance_id = original.id if original else None
        return _playable(session, span, instance_id, Basis.ASSIGNED, assigned.id)
    first = session.scalars(
        select(Listening).where(Listening.quote_id == quote.id).order_by(Listening.log_index)
    ).first()
    if first is not None:
        return _playable(session, first.place, first.instance_id, first.basis, first.basis_id)
    return next(_located(session, quote), None)


def newest_assignment(session: Session, quote_id: str) -> AssignedSpan | None:
    """Where somebody said last that a quote is to be listened for."""
    return session.scalars(
        select(AssignedSpan)
        .where(AssignedSpan.quote_id == quote_id)
        .order_by(AssignedSpan.log_index.desc())
    ).first()


def copy_of(session: Session, instance_id: str) -> Derivative | None:
    """The newest listening copy of some bytes."""
    made = recordings.derivatives_of(session, instance_id)
    copies = [one for one in made if one.kind is DerivativeKind.PLAYBACK]
    return copies[-1] if copies else None


def best_span(alignment: Alignment) -> Span | None:
    """The place with times that an alignment's verdict is about, if it is short enough to hear."""
    timed = [
        place
        for place in alignment.occurrences
        if place["start_ms"] is not None
        and place["end_ms"] is not None
        and 0 < place["end_ms"] - place["start_ms"] <= LONGEST_MS
    ]
    best = max(
        timed,
        key=lambda place: (
            Verdict(place["verdict"]).supports,
            place["score_permille"],
            -place["start_ms"],
        ),
        default=None,
    )
    return Span(best["start_ms"], best["end_ms"]) if best else None


def _located(session: Session, quote: Quote) -> Iterator[Place]:
    for alignment in _newest_first(session, quote):
        span = best_span(alignment)
        instance_id = transcripts.get(session, alignment.timed_by).instance_id
        if span is None or instance_id is None:
            continue
        found = _playable(session, span, instance_id, Basis.LOCATED, alignment.id)
        if found is not None:
            yield found


def _newest_first(session: Session, quote: Quote) -> Sequence[Alignment]:
    return session.scalars(
        select(Alignment)
        .where(Alignment.quote_id == quote.id)
        .order_by(Alignment.log_index.desc())
    ).all()


def _playable(
    session: Session, span: Span, instance_id: str | None, basis: Basis, basis_id: str
) -> Place | None:
    if instance_id is None or copy_of(session, instance_id) is None:
        return None
    found = recordings.identification_of(session, instance_id)
    duration_ms = found.duration_ms if found else None
    if duration_ms is None or span.start_ms >= duration_ms:
        return None
    inside = Span(span.start_ms, min(span.end_ms, duration_ms))
    return Place(inside, instance_id, duration_ms, basis, basis_id)
