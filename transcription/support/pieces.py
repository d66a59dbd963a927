"""
What of an alignment can be asked of the audio: stretches of the quote that stand by timed words.

A quote is parted at its own marks (a gap, `[unintelligible]`, words that an editor put in), since nobody
says what was spoken there, and where a part would be longer than the engine hears at once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from transcription.alignment.comparison import OperationKind
from transcription.span import Span
from transcription.transcript import Word

_MARKS = frozenset({OperationKind.GAP.value, OperationKind.WILDCARD.value})
_STOPS = re.compile(r"[.,!?;:…]*")
MARGIN_MS = 200
"""So much room an engine needs to either side of a piece."""

Operation = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """
    Words `text` of a quote, from the character `start` of it to `end`, that stand by spoken ones.

    `heard` is what the transcript has from its word `first_word` to `last_word`, in `span`; `None` where it
    gives no times, and the piece cannot be asked about.
    """

    text: str
    start: int
    end: int
    first_word: int
    last_word: int
    heard: str
    span: Span | None


def pieces(
    exact: str, operations: Iterable[Operation], words: Sequence[Word], *, longest_ms: int
) -> tuple[Piece, ...]:
    """
    The pieces of one occurrence, in order; quoted words that stand by nothing at all are in none.

    `operations` are those of the occurrence as they are stored (`Operation.as_data`), `words` the
    transcript's, `longest_ms` what the engine hears at once.
    """
    found = []
    for stretch in _unmarked(operations):
        for part in _short(stretch, longest_ms - 2 * MARGIN_MS):
            piece = _piece(exact, part, words)
            if piece is not None:
                found.append(piece)
    return tuple(found)


def whole(exact: str, operations: Sequence[Operation], words: Sequence[Word]) -> Piece | None:
    """The occurrence as one piece; `None` if marks part it or it has no times."""
    stretches = list(_unmarked(operations))
    if len(stretches) != 1 or any(one["kind"] in _MARKS for one in operations):
        return None
    piece = _piece(exact, stretches[0], words)
    return piece if piece and piece.span else None


def _unmarked(operations: Iterable[Operation]) -> Iterator[list[Operation]]:
    stretch: list[Operation] = []
    for operation in operations:
        if operation["kind"] in _MARKS:
            if stretch:
                yield stretch
            stretch = []
        else:
            stretch.append(operation)
    if stretch:
        yield stretch


def _short(stretch: list[Operation], longest_ms: int) -> Iterator[list[Operation]]:
    part: list[Operation] = []
    begins: int | None = None
    for operation in stretch:
        end = operation["end_ms"]
        if begins is not None and end is not None and end - begins > longest_ms:
            yield part
            part, begins = [], None
        if begins is None:
            begins = operation["start_ms"]
        part.append(operation)
    if part:
        yield part


def _piece(exact: str, part: Sequence[Operation], words: Sequence[Word]) -> Piece | None:
    quoted = [one for one in part if one["quote_start"] is not None]
    spoken = [one for one in part if one["first_word"] is not None]
    if not quoted or not spoken:
        return None
    start, end = quoted[0]["quote_start"], quoted[-1]["quote_end"]
    stops = _STOPS.match(exact, end)
    end = stops.end() if stops else end
    first = min(one["first_word"] for one in spoken)
    last = max(one["last_word"] for one in spoken)
    heard = [word for word in words[first : last + 1] if word.mark is None]
    return Piece(
        text=exact[start:end],
        start=start,
        end=end,
        first_word=first,
        last_word=last,
        heard=" ".join(word.text for word in heard),
        span=_span(words[first : last + 1]),
    )


def _span(words: Sequence[Word]) -> Span | None:
    starts = [word.start_ms for word in words if word.start_ms is not None]
    ends = [word.end_ms for word in words if word.end_ms is not None]
    if len(starts) < len(words) or len(ends) < len(words) or max(ends) <= min(starts):
        return None
    return Span(min(starts), max(ends))
