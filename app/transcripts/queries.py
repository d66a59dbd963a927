"""Reading transcripts: rows, and the values that other parts work with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.canonical import canonical
from app.core.digest import Digest
from app.core.lookup import found
from app.custody.history import in_order
from app.transcripts.models import SegmentRow, Transcript, TranscriptKind
from transcription.formats import CORRECTED
from transcription.transcript import Flag, Segment, Word
from transcription.transcript import Transcript as Content


@dataclass(frozen=True, slots=True)
class Stretch:
    """The segments `first` to `last` (inclusive) of a transcript."""

    transcript_id: str
    first: int
    last: int

    def names(self) -> list[str]:
        """Their identifiers, in order."""
        return [f"{self.transcript_id}/{at}" for at in range(self.first, self.last + 1)]


def get(session: Session, transcript_id: str) -> Transcript:
    """Look up a transcript; `NotFound` if there is none."""
    return found(session.get(Transcript, transcript_id), "transcript")


def of(session: Session, recording_id: str, *, as_of: int | None = None) -> Sequence[Transcript]:
    """Every version of what is said in a recording, oldest first."""
    statement = select(Transcript).where(Transcript.recording_id == recording_id)
    return in_order(session, statement, Transcript, as_of)


def children(session: Session, transcript_id: str) -> Sequence[Transcript]:
    """The versions that change this one directly, oldest first."""
    return session.scalars(
        select(Transcript)
        .where(Transcript.parent_id == transcript_id)
        .order_by(Transcript.log_index)
    ).all()


def uncorrected(session: Session, transcript: Transcript) -> Transcript:
    """The version that corrections began with: itself, if it corrects nothing."""
    while transcript.kind is TranscriptKind.CORRECTION and transcript.parent_id:
        transcript = get(session, transcript.parent_id)
    return transcript


def of_job(session: Session, job_id: str) -> Transcript | None:
    """What a job made, if it made it already."""
    return session.scalars(select(Transcript).where(Transcript.job_id == job_id)).one_or_none()


def machine(session: Session, transcript: Transcript) -> str | None:
    """
    The machine whose words these are, with its notice, as a file of them must say; `None` for a
    person's work. Of a correction it is the machine whose output was corrected, and that is said.
    """
    ending = ""
    while transcript.engine is None and transcript.parent_id is not None:
        transcript, ending = get(session, transcript.parent_id), CORRECTED
    said = ". ".join(filter(None, (transcript.engine, transcript.notice)))
    return said + ending if said else None


def value(session: Session, transcript: Transcript) -> Content:
    """The content as the library's value, exactly as it was kept."""
    rows = session.scalars(
        select(SegmentRow)
        .where(SegmentRow.transcript_id == transcript.id)
        .order_by(SegmentRow.ordinal)
    )
    return Content.of_data(
        {
            "language": transcript.language,
            "segments": [
                {
                    "text": row.text,
                    "start_ms": row.start_ms,
                    "end_ms": row.end_ms,
                    "words": row.words,
                    "speaker": row.speaker,
                    "flags": row.flags,
                }
                for row in rows
            ],
        }
    )


def segments(session: Session, stretches: Sequence[Stretch]) -> list[tuple[Segment, ...]]:
    """The segments of each stretch, in order, all read together."""
    # By identifier: there is no other way to a segment than through all of its transcript.
    wanted = {name for stretch in stretches for name in stretch.names()}
    rows = session.execute(
        select(
            SegmentRow.id,
            SegmentRow.text,
            SegmentRow.start_ms,
            SegmentRow.end_ms,
            SegmentRow.words,
            SegmentRow.speaker,
            SegmentRow.flags,
        ).where(SegmentRow.id.in_(wanted))
    )
    found = {
        name: Segment(
            text,
            start_ms,
            end_ms,
            tuple(Word(**word) for word in words),
            speaker,
            tuple(map(Flag, flags)),
        )
        for name, text, start_ms, end_ms, words, speaker, flags in rows
    }
    return [tuple(found[name] for name in stretch.names()) for stretch in stretches]


def digest(content: Content) -> Digest:
    """The digest that pins a transcript's content."""
    return Digest.of_bytes(canonical(content.as_data()))


def check(session: Session) -> Iterator[str]:
    """The identifiers of transcripts whose segments no longer give the digest on record."""
    for transcript in session.scalars(select(Transcript).order_by(Transcript.log_index)):
        try:
            found = str(digest(value(session, transcript)))
        except Exception:  # noqa: BLE001 - whatever cannot be read is not what was kept
            found = ""
        if found != transcript.content_sha256:
            yield transcript.id
