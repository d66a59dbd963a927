"""
Marking spans in a text: the text cut where any span begins or ends.

Spans may overlap and nest (a headline quotes what the body quotes again); each piece says
which spans cover it, so that a template only has to print pieces in order.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, the spans that cover it in the order given, those that begin here."""

    text: str
    names: tuple[str, ...]
    begins: tuple[str, ...] = ()


def pieces(text: str, spans: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """
    Cut `text` at the ends of `spans` (`start, end, name`); the pieces join to the text.

    Offsets outside the text are cut off at its ends.
    """
    inside = [
        (max(start, 0), min(end, len(text)), name) for start, end, name in spans if start < end
    ]
    edges = sorted({0, len(text), *(edge for start, end, _ in inside for edge in (start, end))})
    return [
        Piece(
            text[start:end],
            tuple(name for first, last, name in inside if first <= start and end <= last),
            tuple(name for first, last, name in inside if first == start and end <= last),
        )
        for start, end in pairwise(edges)
    ]
