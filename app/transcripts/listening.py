"""
Reading the readings of a recording, and which of them stand.

`as_of` is a place in the custody log: what was recorded at or before it counts. State is
computed from later rows each time and stored nowhere.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.lookup import found
from app.custody.history import in_order
from app.transcripts.models import Reading, ReadingWithdrawal
from transcription.span import Span


class ReadingState(StrEnum):
    """What became of a reading."""

    STANDS = "stands"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """A reading, whether it stands, and if not, what replaced it or took it back."""

    reading: Reading
    state: ReadingState
    superseded_by: str | None = None
    withdrawal: ReadingWithdrawal | None = None


def get(session: Session, reading_id: str) -> Reading:
    """The reading, or `NotFound`."""
    return found(session.get(Reading, reading_id), "reading")


def of_recording(
    session: Session, recording_id: str, *, as_of: int | None = None, within: Span | None = None
) -> list[Standing]:
    """Every reading of a recording, or those that overlap a span, oldest first."""
    made = select(Reading).where(Reading.recording_id == recording_id)
    if within is not None:
        made = made.where(Reading.start_ms < within.end_ms, Reading.end_ms > within.start_ms)
    withdrawn = (
        select(ReadingWithdrawal)
        .join(Reading, Reading.id == ReadingWithdrawal.reading_id)
        .where(Reading.recording_id == recording_id)
    )
    newer = select(Reading).where(
        Reading.recording_id == recording_id, Reading.supersedes_id.is_not(None)
    )
    return _standings(
        in_order(session, made, Reading, as_of),
        in_order(session, newer, Reading, as_of),
        in_order(session, withdrawn, ReadingWithdrawal, as_of),
    )


def standings(
    session: Session, reading_ids: Collection[str], *, as_of: int | None = None
) -> list[Standing]:
    """What became of each of these readings, oldest first; a constant number of questions."""
    if not reading_ids:
        return []
    made = select(Reading).where(Reading.id.in_(reading_ids))
    newer = select(Reading).where(Reading.supersedes_id.in_(reading_ids))
    withdrawn = select(ReadingWithdrawal).where(ReadingWithdrawal.reading_id.in_(reading_ids))
    return _standings(
        in_order(session, made, Reading, as_of),
        in_order(session, newer, Reading, as_of),
        in_order(session, withdrawn, ReadingWithdrawal, as_of),
    )


def standing(session: Session, reading: Reading) -> Standing:
    """What became of one reading."""
    return standings(session, [reading.id])[0]


def _standings(
    readings: Sequence[Reading],
    newer: Sequence[Reading],
    withdrawals: Sequence[ReadingWithdrawal],
) -> list[Standing]:
    replaced = {item.supersedes_id: item.id for item in newer}
    withdrawn = {item.reading_id: item for item in withdrawals}
    told = []
    for reading in readings:
        if reading.id in withdrawn:
            state = ReadingState.WITHDRAWN
        elif reading.id in replaced:
            state = ReadingState.SUPERSEDED
        else:
            state = ReadingState.STANDS
        told.append(Standing(reading, state, replaced.get(reading.id), withdrawn.get(reading.id)))
    return told
