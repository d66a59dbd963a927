"""Transcripts made on the spot, and alignments drawn so that a person can read them."""

from collections.abc import Callable

import pytest

from transcription.alignment import Occurrence, OperationKind
from transcription.transcript import Segment, Transcript, Word

_SIGNS = {
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


def _timed(text: str, *, language: str = "en", start_ms: int = 0) -> Transcript:
    words = tuple(
        Word(word, start_ms + 400 * at, start_ms + 400 * at + 350, 900)
        for at, word in enumerate(text.split())
    )
    last = words[-1].end_ms if words else start_ms
    return Transcript(language, (Segment(text, start_ms, last, words),))


def _drawn(occurrence: Occurrence) -> str:
    columns = [(o.quoted or "-", _SIGNS[o.kind], o.spoken or "-") for o in occurrence.operations]
    rows = []
    for name, at in (("quoted", 0), ("", 1), ("spoken", 2)):
        cells = [column[at].ljust(max(map(len, column))) for column in columns]
        rows.append(f"{name:6} {' '.join(cells)}".rstrip())
    return "\n".join(rows)


@pytest.fixture
def timed() -> Callable[..., Transcript]:
    """Make a transcript of one segment, a word every 400 ms."""
    return _timed


@pytest.fixture
def drawn() -> Callable[[Occurrence], str]:
    """Draw an occurrence: the quote above, what was spoken below, a sign between."""
    return _drawn
