"""
What is in the index: putting transcripts in, finding those that are missing, building anew.

A transcript is put in by the job that its keeping asks for, and again by whoever finds that it is
missing; both come to the same rows. Its words never change, so it is put in once, unless what it
held was destroyed: put in again it is what is left, and nothing of what was stays behind.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from app.core import clock, languages
from app.quotes.queries import footing_of
from app.search import index
from app.search.models import IndexedPiece, IndexedTranscript
from app.search.terms import MOST_PIECES, PIECE, RULES, STEP, Piece, entries, pieces, terms
from app.transcripts import queries as transcripts
from app.transcripts.models import Transcript, TranscriptKind
from transcription.alignment.speech import MAX_WORDS
from transcription.errors import Malformed, TextTooLong
from transcription.transcript import Transcript as Content


def put(session: Session, transcript: Transcript) -> int:
    """
    Put a transcript in, in place of what was in there of it; how many words can be found now.

    One that no quote can be compared with (its language is not known, it is longer than any
    comparison allows, it cannot be read) is noted as having no words to find.
    """
    # Two workers that put the same one in at once on PostgreSQL wait for one another here.
    session.scalars(select(Transcript.id).where(Transcript.id == transcript.id).with_for_update())
    _take_out(session, transcript.id)
    starts, cut = _cut(session, transcript)
    row = IndexedTranscript(
        transcript_id=transcript.id,
        case_id=transcript.case_id,
        recording_id=transcript.recording_id,
        language=transcript.language,
        rests_on=footing_of(session, transcript),
        superseded=_is_corrected(session, transcript.id),
        word_count=transcript.word_count if cut else 0,
        rules=RULES,
        indexed_at=clock.now(),
    )
    session.add(row)
    if transcript.kind is TranscriptKind.CORRECTION:
        session.execute(
            update(IndexedTranscript)
            .where(IndexedTranscript.transcript_id == transcript.parent_id)
            .values(superseded=True)
        )
    session.flush()
    made = [
        IndexedPiece(
            id=row.number * MOST_PIECES + piece.ordinal,
            text=piece.text,
            segments=_layout(starts, piece.ordinal * STEP),
        )
        for piece in cut
    ]
    session.add_all(made)
    session.flush()
    index.of(session).add(session, _terms(made))
    return row.word_count


def missing(session: Session, *, limit: int | None = None) -> Sequence[str]:
    """Identifiers of transcripts that are not in the index, oldest first."""
    absent = ~exists().where(IndexedTranscript.transcript_id == Transcript.id)
    return session.scalars(
        select(Transcript.id).where(absent).order_by(Transcript.log_index).limit(limit)
    ).all()


def clear(session: Session) -> None:
    """Empty the index, so that everything is missing."""
    terms_ = index.of(session)
    terms_.clear(session)
    terms_.purge(session)
    session.execute(delete(IndexedPiece))
    session.execute(delete(IndexedTranscript))


def is_outdated(session: Session) -> bool:
    """Whether anything in the index was put in under other rules than these."""
    other = select(IndexedTranscript.number).where(IndexedTranscript.rules != RULES).limit(1)
    return session.scalar(other) is not None


def clear_outdated(session: Session) -> bool:
    """Empty the index if it was made under other rules; whether it was."""
    outdated = is_outdated(session)
    if outdated:
        clear(session)
    return outdated


def _take_out(session: Session, transcript_id: str) -> None:
    row = session.scalar(
        select(IndexedTranscript).where(IndexedTranscript.transcript_id == transcript_id)
    )
    if row is None:
        return
    first = row.number * MOST_PIECES
    there = IndexedPiece.id.between(first, first + MOST_PIECES - 1)
    kept = session.scalars(select(IndexedPiece).where(there)).all()
    terms_ = index.of(session)
    terms_.remove(session, _terms(kept))
    terms_.purge(session)
    session.execute(delete(IndexedPiece).where(there))
    session.delete(row)
    session.flush()


def _terms(rows: Sequence[IndexedPiece]) -> Iterator[index.Terms]:
    return ((row.id, terms(row.text)) for row in rows)


def _segment_starts(content: Content) -> list[int]:
    """The number of the word that each segment begins with, as `hear` counts words."""
    starts, count = [], 0
    for segment in content.segments:
        starts.append(count)
        count += len(segment.words) or len(segment.text.split())
    return starts


def _layout(starts: list[int], first_word: int) -> list[int]:
    """The segments that the piece from `first_word` on has a part in."""
    first = bisect_right(starts, first_word) - 1
    return [first, *starts[first : bisect_left(starts, first_word + PIECE)]]


def _cut(session: Session, transcript: Transcript) -> tuple[list[int], list[Piece]]:
    """With which word each segment begins, and the pieces."""
    if transcript.language == languages.UNDETERMINED or transcript.word_count > MAX_WORDS:
        return [], []
    try:
        content = transcripts.value(session, transcript)
        return _segment_starts(content), list(pieces(entries(content)))
    except (
        Malformed,
        TextTooLong,
    ):  # damage is for verification to report, and keeps no other out
        return [], []


def _is_corrected(session: Session, transcript_id: str) -> bool:
    correction = select(Transcript.id).where(
        Transcript.parent_id == transcript_id, Transcript.kind == TranscriptKind.CORRECTION
    )
    return session.scalar(correction.limit(1)) is not None
