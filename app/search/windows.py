"""
From pieces to the stretches of speech that are worth comparing with a quote.

A word that the quote has at `i` and the speech at `w` speaks for the quote having begun at `w - i`.
Where many words agree on nearly the same beginning, the quote or something close to it may have
been spoken; that is a vote, and decides nothing but the order in which places are compared.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.search.terms import MOST_PIECES, STEP, placed
from app.search.wanted import Wanted

_SHARE_PERCENT, _MOST_NEEDED = 34, 8
_GAP_WORDS = 80
_MOST_PEAKS = 50
_NARROW, _MARGIN = 6, 16


@dataclass(frozen=True, slots=True)
class Window:
    """Words `[first, last)` of an indexed transcript, and how many of the quote's agree there."""

    transcript: int
    first: int
    last: int
    votes: int


def windows(wanted: Wanted, pieces: Iterable[tuple[int, str]]) -> list[Window]:
    """The stretches of these pieces (number, text) that are worth comparing, best first."""
    hits: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for number, text in pieces:
        transcript, ordinal = divmod(number, MOST_PIECES)
        begin, here = ordinal * STEP, hits[transcript]
        for word, cut in placed(text):
            for at in wanted.positions.get(cut, ()):
                here.add((begin + word - at, at))
    found = [
        window
        for transcript, agreeing in hits.items()
        for window in _of_transcript(wanted, transcript, sorted(agreeing))
    ]
    return sorted(found, key=lambda window: (-window.votes, window.transcript, window.first))


def _of_transcript(wanted: Wanted, transcript: int, hits: list[tuple[int, int]]) -> list[Window]:
    width = max(_NARROW, wanted.length // 4)
    margin = _MARGIN + wanted.length // 4
    reach = _GAP_WORDS if wanted.has_gaps else 0
    merged: list[Window] = []
    for low, high, votes in sorted(_peaks(hits, width, _needed(wanted))):
        first, last = max(0, low - margin), high + wanted.length + margin
        window = Window(transcript, first, last, votes)
        if merged and first <= merged[-1].last + reach:
            window = _joined(merged.pop(), window)
        merged.append(window)
    return merged


def _joined(one: Window, other: Window) -> Window:
    votes = max(one.votes, other.votes)
    return Window(one.transcript, one.first, max(one.last, other.last), votes)


def _needed(wanted: Wanted) -> int:
    share = -(-len(wanted.positions) * _SHARE_PERCENT // 100)
    return max(1, min(share, _MOST_NEEDED))


def _peaks(
    hits: Sequence[tuple[int, int]], width: int, needed: int
) -> Iterable[tuple[int, int, int]]:
    """Narrow ranges of beginnings with many agreeing words: first, last, how many words."""
    left = list(hits)
    for _ in range(_MOST_PEAKS):
        low, high, votes = _highest(left, width)
        if votes < needed:
            return
        yield low, high, votes
        left = [hit for hit in left if not low - width <= hit[0] <= high + width]


def _highest(hits: Sequence[tuple[int, int]], width: int) -> tuple[int, int, int]:
    """The range of at most `width` in which most different words of the quote agree."""
    best = (0, 0, 0)
    inside: dict[int, int] = {}
    begin = 0
    for beginning, at in hits:
        inside[at] = inside.get(at, 0) + 1
        while hits[begin][0] < beginning - width:
            gone = hits[begin][1]
            inside[gone] -= 1
            if not inside[gone]:
                del inside[gone]
            begin += 1
        if len(inside) > best[2]:
            best = (hits[begin][0], beginning, len(inside))
    return best
