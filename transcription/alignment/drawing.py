"""
An alignment drawn for people: the quote over the speech, one mark for each word between.

The lines are those of jiwer's and sclite's drawings. What each word is stands in the mark and
not in a colour, so the drawing reads in a log, in print and aloud; whoever has colours gives
a `Paint`. Characters that steer a terminal are shown as �: both texts are somebody else's.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator

from transcription.alignment import Alignment, Occurrence
from transcription.alignment.comparison import Operation, OperationKind
from transcription.span import timecode

Paint = Callable[[str, OperationKind | None], str]
"""How a piece of text is written that is about an operation of this kind, or about none."""

MARKS = {
    OperationKind.SAME: "=",
    OperationKind.INFLECTED: "~",
    OperationKind.VARIANT: "v",
    OperationKind.SUBSTITUTED: "S",
    OperationKind.OMITTED: "O",
    OperationKind.ADDED: "A",
    OperationKind.WILDCARD: "*",
    OperationKind.GAP: "...",
    OperationKind.UNHEARD: "?",
}
LEGEND = (
    "= same  ~ inflected  v listed variant  S substituted  O omitted in the quote  "
    "A added by the quote  * mark in the quote  ... gap in the quote  ? not heard"
)
_NAMES = ("quoted", "", "spoken")
_MARGIN = max(map(len, _NAMES)) + 1
_MISSING = "-"
_WIDE = {"W", "F"}


def plain(text: str, kind: OperationKind | None) -> str:  # noqa: ARG001 - a Paint without colours
    """Write a piece of text as it is."""
    return text


def drawing(alignment: Alignment, *, width: int = 100, paint: Paint = plain) -> str:
    """Every occurrence word by word in columns that fit `width`, the verdict, and the reasons."""
    blocks = [
        "\n".join(
            (paint(_heading(at, alignment, occurrence), None), *rows(occurrence, width, paint))
        )
        for at, occurrence in enumerate(alignment.occurrences, start=1)
    ]
    told = [f"verdict: {alignment.verdict.value}", *(f"- {r}" for r in alignment.reasons)]
    return "\n\n".join([*blocks, "\n".join(paint(visible(line), None) for line in told)])


def rows(occurrence: Occurrence, width: int, paint: Paint = plain) -> Iterator[str]:
    """The lines of one occurrence: three for each stretch of words that fits the width."""
    columns = [_column(operation) for operation in occurrence.operations]
    for at, stretch in enumerate(_stretches(columns, width - _MARGIN)):
        if at:
            yield ""
        for line, name in enumerate(_NAMES):
            cells = [_padded(cells[line], _breadth(cells)) for _, cells in stretch]
            ended = [*cells[:-1], cells[-1].rstrip()]
            painted = (paint(c, kind) for c, (kind, _) in zip(ended, stretch, strict=True))
            yield f"{paint(name.ljust(_MARGIN), None)}{paint(' ', None).join(painted)}".rstrip()


def visible(text: str) -> str:
    """The text with everything that is no character to be seen shown as �."""
    return "".join("\ufffd" if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in text)


def _heading(at: int, alignment: Alignment, occurrence: Occurrence) -> str:
    span = occurrence.span_ms
    times = f"{timecode(span.start_ms)} to {timecode(span.end_ms)}" if span else "no times"
    words = f"words {occurrence.first_word} to {occurrence.last_word}"
    many = len(alignment.occurrences)
    return f"{at} of {many}: {times}, {words}: {occurrence.verdict.value}"


Column = tuple[OperationKind, tuple[str, str, str]]


def _column(operation: Operation) -> Column:
    quoted, spoken = operation.quoted or _MISSING, operation.spoken or _MISSING
    return operation.kind, (visible(quoted), MARKS[operation.kind], visible(spoken))


def _stretches(columns: Iterable[Column], width: int) -> Iterator[list[Column]]:
    """The columns cut where a line is full; a word too broad for any line has one of its own."""
    stretch: list[Column] = []
    used = 0
    for column in columns:
        breadth = _breadth(column[1])
        if stretch and used + 1 + breadth > width:
            yield stretch
            stretch, used = [], 0
        used += breadth + bool(stretch)
        stretch.append(column)
    if stretch:
        yield stretch


def _breadth(cells: tuple[str, str, str]) -> int:
    return max(map(_columns, cells))


def _columns(text: str) -> int:
    """How many places a text takes on a screen: accents none, East Asian signs two."""
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in _WIDE)
        for c in text
    )


def _padded(text: str, breadth: int) -> str:
    return text + " " * (breadth - _columns(text))
