"""
Whose words bear a quote out and whose do not: the readings of its place, each by itself.

A reading is one listener's word for what a span holds, and stands beside the transcript without
touching it. The quote is compared with it by the same rules. Nobody is outvoted: one listener
who heard something else is dissent, and the quote is shown as contested until that listener
takes the reading back, however many others bear it out. Support from a reading raises nothing.

A reading has a say where it covers a place at which the shown comparison found the quote.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.custody.history import in_order
from app.quotes.models import Alignment, ReadingComparison
from app.quotes.review import UNCOMPARED
from app.transcripts import listening
from app.transcripts.listening import ReadingState
from app.transcripts.models import Reading
from transcription.alignment import Verdict
from transcription.marks import marks
from transcription.span import Span

COVERED_PERMILLE = 900
"""How much of a place a reading must cover to have a say about what was said there."""


class Stance(StrEnum):
    """What a listener's words say of a quote."""

    BEARS_OUT = "bears_out"
    DIFFERS = "differs"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Voice:
    """One listener's reading, and what it makes of the quote."""

    reading: Reading
    comparison: ReadingComparison

    @property
    def stance(self) -> Stance:
        """What it says of the quote."""
        hides = any(mark.kind.hides_words for mark in marks(self.reading.text))
        return stance(self.comparison.verdict, hides_words=hides)


def stance(verdict: Verdict, *, hides_words: bool = False) -> Stance:
    """
    What a verdict on a reading says of the quote; `hides_words`: the listener did not understand
    all that was spoken, so what they did not write may still have been said.
    """
    unheard = hides_words and verdict in {Verdict.PARTIAL, Verdict.NOT_FOUND}
    if verdict in UNCOMPARED or unheard:
        return Stance.CANNOT_TELL
    return Stance.BEARS_OUT if verdict.supports else Stance.DIFFERS


def contested(verdict: Verdict | None, stances: Iterable[Stance]) -> bool:
    """Whether a listener's words are against what is shown, or listeners' against each other's."""
    found = set(stances)
    supported = Stance.BEARS_OUT in found or (verdict is not None and verdict.supports)
    return Stance.DIFFERS in found and supported


def covers(span: Span, place: Span) -> bool:
    """Whether enough of a place lies within a span."""
    shared = min(span.end_ms, place.end_ms) - max(span.start_ms, place.start_ms)
    return shared > 0 and shared * 1000 >= COVERED_PERMILLE * place.duration_ms


def places(occurrences: Iterable[dict[str, Any]]) -> list[Span]:
    """The places with times among those that an alignment found."""
    return [
        Span(place["start_ms"], place["end_ms"])
        for place in occurrences
        if place["start_ms"] is not None and place["end_ms"] is not None
    ]


def heard(voices: Iterable[Voice], shown: Alignment | None) -> tuple[Voice, ...]:
    """Those of the voices that have a say beside this alignment, dissent first."""
    found = places(shown.occurrences) if shown else []
    said = [
        voice
        for voice in voices
        if not found or any(covers(voice.reading.span, place) for place in found)
    ]
    order = list(Stance)
    order.remove(Stance.DIFFERS)
    return tuple(sorted(said, key=lambda voice: [Stance.DIFFERS, *order].index(voice.stance)))


def voices(
    session: Session, quote_ids: Collection[str], *, as_of: int | None = None
) -> dict[str, list[Voice]]:
    """The readings that stand and were compared with these quotes, by quote, oldest first."""
    statement = select(ReadingComparison).where(ReadingComparison.quote_id.in_(quote_ids))
    compared = in_order(session, statement, ReadingComparison, as_of)
    heard = listening.standings(session, {row.reading_id for row in compared}, as_of=as_of)
    standing = {
        item.reading.id: item.reading for item in heard if item.state is ReadingState.STANDS
    }
    newest = {(row.quote_id, row.reading_id): row for row in compared}
    told: dict[str, list[Voice]] = {}
    for (quote_id, reading_id), row in newest.items():
        if reading_id in standing:
            told.setdefault(quote_id, []).append(Voice(standing[reading_id], row))
    return told


def spans_of(alignments: Sequence[Alignment]) -> list[Span]:
    """Every place with times that any of these found."""
    return [place for alignment in alignments for place in places(alignment.occurrences)]
