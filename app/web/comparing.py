"""
Two versions laid side by side: the rows of the page that shows how they differ.

A row is what one segment of the version with more segments covers, with the words of the
other version that stand beside it. Every word of both versions is in exactly one row, in order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from transcription import difference
from transcription.difference import Aspect, Change, ChangeKind, Difference, Heard
from transcription.span import Span
from transcription.transcript import Transcript

_TOLD = (Aspect.MOVED, Aspect.TIMED, Aspect.UNTIMED, Aspect.RECKONED)
"""What is shown at a word; voices and warnings are shown once a row, confidence not at all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A word on one side: what is to be said of it, and when it was spoken."""

    text: str
    kind: ChangeKind
    aspects: tuple[Aspect, ...]
    start_ms: int | None
    end_ms: int | None
    other: str | None
    """The times of the same word on the other side, where they differ."""


@dataclass(slots=True)
class Side:
    """One version's part of a row."""

    cells: list[Cell] = field(default_factory=list)
    speaker: str | None = None
    flags: tuple[str, ...] = ()

    def add(self, word: Heard, cell: Cell) -> None:
        """Put a word at the end; the first one says whose voice it is."""
        if not self.cells:
            self.speaker, self.flags = word.speaker, tuple(flag.value for flag in word.flags)
        self.cells.append(cell)


@dataclass(slots=True)
class Row:
    """What stands beside one another."""

    one: Side = field(default_factory=Side)
    other: Side = field(default_factory=Side)

    @property
    def differs(self) -> bool:
        """Whether anything in it is shown as different."""
        cells = (*self.one.cells, *self.other.cells)
        return self.voice_differs or any(
            cell.kind is not ChangeKind.SAME or cell.aspects for cell in cells
        )

    @property
    def voice_differs(self) -> bool:
        """Whether voice or warnings differ."""
        if not (self.one.cells and self.other.cells):
            return False
        mine, theirs = self.one, self.other
        return (mine.speaker, mine.flags) != (theirs.speaker, theirs.flags)

    @property
    def place(self) -> Span | None:
        """When it was spoken, as far as its words have times."""
        cells = [*self.one.cells, *self.other.cells]
        starts = [cell.start_ms for cell in cells if cell.start_ms is not None]
        ends = [cell.end_ms for cell in cells if cell.end_ms is not None]
        return Span(min(starts), max(ends)) if starts and ends else None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that follow one another and all differ, or all do not."""

    differs: bool
    rows: tuple[Row, ...]


def rows(one: Transcript, other: Transcript, found: Difference) -> list[Group]:
    """Both versions from beginning to end, in groups of rows that differ and that do not."""
    made: list[Row] = []
    first, second = difference.heard(one), difference.heard(other)
    leads = len(one.segments) >= len(other.segments)
    begins = _beginnings(one if leads else other)
    for change in _pairs(first, second, found):
        leader = change.first if leads else change.second
        present = change.before if leads else change.after
        if not made or (present is not None and leader in begins):
            made.append(Row())
        if change.before is not None:
            made[-1].one.add(change.before, _cell(change, change.before, change.after))
        if change.after is not None:
            made[-1].other.add(change.after, _cell(change, change.after, change.before))
    grouped = groupby(made, key=lambda row: row.differs)
    return [Group(differs, tuple(inside)) for differs, inside in grouped]


def _pairs(first: Sequence[Heard], second: Sequence[Heard], found: Difference) -> Iterator[Change]:
    """Every word, those that do not differ too."""
    at = to = 0
    for change in found.changes:
        yield from _same(first, second, at, to, change.first - at)
        yield change
        at = change.first + (change.before is not None)
        to = change.second + (change.after is not None)
    yield from _same(first, second, at, to, len(first) - at)


def _same(
    first: Sequence[Heard], second: Sequence[Heard], at: int, to: int, length: int
) -> Iterator[Change]:
    for along in range(length):
        here, there = first[at + along], second[to + along]
        yield Change(ChangeKind.SAME, frozenset(), at + along, to + along, here, there)


def _beginnings(transcript: Transcript) -> set[int]:
    """The numbers of the words that begin a segment."""
    found: set[int] = set()
    at = 0
    for segment in transcript.segments:
        found.add(at)
        at += len(segment.words) or len(segment.text.split())
    return found


def _cell(change: Change, word: Heard, beside: Heard | None) -> Cell:
    told = tuple(aspect for aspect in _TOLD if aspect in change.aspects)
    moved = beside is not None and Aspect.MOVED in told
    return Cell(
        text=word.text,
        kind=change.kind,
        aspects=told,
        start_ms=word.start_ms,
        end_ms=word.end_ms,
        other=f"{beside.start_ms}–{beside.end_ms} ms" if moved and beside else None,
    )
