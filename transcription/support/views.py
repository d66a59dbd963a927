"""
Views of a place: the same words heard with more and with less of what surrounds them.

A verdict that depends on where the window was cut is none. Each view begins and ends a certain
margin away from the place; words of the transcript that lie in the margin are said as context, and no
word is cut: a margin that would end inside one ends at its edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from transcription.errors import TextTooLong
from transcription.span import Span
from transcription.transcript import Word

MARGINS_MS = (400, 700, 1000)


@dataclass(frozen=True, slots=True)
class View:
    """What is heard at once, and the words before and after the place that are in it."""

    span: Span
    before: str
    after: str


def views(
    place: Span, context: Sequence[Word], *, length_ms: int, longest_ms: int
) -> tuple[View, ...]:
    """
    The views of a place in a recording of `length_ms`; `context` are the words around it.

    Margins are shortened where the engine hears less than that at once. `TextTooLong` for a place that
    is longer by itself than `longest_ms`, or does not lie in the recording.
    """
    if place.duration_ms > longest_ms:
        raise TextTooLong("place", unit="milliseconds", allowed=longest_ms)
    if place.end_ms > length_ms or not place.duration_ms:
        raise TextTooLong("place", unit="milliseconds", allowed=length_ms)
    room = (longest_ms - place.duration_ms) // 2
    timed = [
        (word, word.start_ms, word.end_ms)
        for word in context
        if word.start_ms is not None and word.end_ms is not None
    ]
    found = []
    for margin in MARGINS_MS:
        start = max(0, place.start_ms - min(margin, room))
        end = min(length_ms, place.end_ms + min(margin, room))
        ahead = [(w, a, b) for w, a, b in timed if a < place.start_ms and b > start]
        behind = [(w, a, b) for w, a, b in timed if b > place.end_ms and a < end]
        for _, a, b in ahead:
            if a < start:
                start = min(b, place.start_ms)
        for _, a, b in reversed(behind):
            if b > end:
                end = max(a, place.end_ms)
        found.append(
            View(
                Span(start, end),
                " ".join(w.text for w, a, b in ahead if a >= start and b <= place.start_ms),
                " ".join(w.text for w, a, b in behind if b <= end and a >= place.end_ms),
            )
        )
    return tuple(found)
