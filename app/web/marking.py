"""
Marking spans in a text: the text cut where any span begins or ends.

Spans may overlap and nest (a headline quotes what the body quotes again); each piece says
which spans cover it, so that a template only has to print pieces in order.
"""

from bisect import insort
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

    Offsets outside the text are cut off at its ends. One sweep over the ends: the cost is what
    is printed, however many spans there are.
    """
    inside = [
        (start, end, name)
        for first, last, name in spans
        if (start := max(first, 0)) < (end := min(last, len(text)))
    ]
    begin: dict[int, list[int]] = {}
    finish: dict[int, list[int]] = {}
    for place, (start, end, _) in enumerate(inside):
        begin.setdefault(start, []).append(place)
        finish.setdefault(end, []).append(place)
    cut: list[Piece] = []
    covering: list[int] = []
    for start, end in pairwise(sorted({0, len(text), *begin, *finish})):
        for place in finish.get(start, ()):
            covering.remove(place)
        for place in begin.get(start, ()):
            insort(covering, place)
        cut.append(
            Piece(
                text[start:end],
                tuple(inside[place][2] for place in covering),
                tuple(inside[place][2] for place in begin.get(start, ())),
            )
        )
    return cut
