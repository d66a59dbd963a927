"""
From pieces to the stretches of speech that are worth comparing with a quote.

A word that the quote has at `i` and the speech at `w` speaks for the quote having begun at `w - i`.
Where many words agree on nearly the same beginning, the quote or something close to it may have
been spoken. How many of its words are there in the quote's order then says which stretches are
compared first, and which not at all because others are far more like it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from app.search.terms import MOST_PIECES, STEP, flat, placed
from app.search.wanted import Wanted

_SHARE_PERCENT, _MOST_NEEDED = 34, 8
_FAR_LESS_PERCENT = 55
_GAP_WORDS = 80
_NARROW, _MARGIN = 4, 16


@dataclass(frozen=True, slots=True)
class Window:
    """Words `[first, last)` of an indexed transcript, and how many of the quote's are in it."""

    transcript: int
    first: int
    last: int
    alike: int


@dataclass(slots=True)
class _Heard:
    """
    What the pieces of one transcript hold: the entries of each, by the number of its first word, and
    which words of the quote agree on each narrow range of beginnings.
    """

    width: int
    pieces: list[tuple[int, list[str]]] = field(default_factory=list)
    agreeing: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, wanted: Wanted, text: str, *, begin: int) -> None:
        """Take in a piece."""
        told, width = wanted.positions, self.width
        entries = text.split(" ")
        self.pieces.append((begin, entries))
        for number, word in placed(entries, told):
            for at in told[word]:
                self.agreeing[(begin + number - at) // width].add(at)

    def peaks(self, needed: int) -> Iterator[tuple[int, int]]:
        """Ranges of beginnings on which so many words of the quote agree, and no more beside."""
        votes = {
            low: len(here | self.agreeing.get(low + 1, set()))
            for low, here in list(self.agreeing.items())
        }
        for low in sorted(votes):
            beside = max(votes.get(low - 1, 0), votes.get(low + 1, 0))
            if votes[low] >= max(needed, beside):
                yield low * self.width, (low + 2) * self.width

    def between(self, first: int, last: int) -> list[str]:
        """The beginnings of these words, each once though pieces overlap."""
        found: list[str] = []
        for begin, entries in self.pieces:
            known = max(first, begin)
            found += entries[known - begin : max(0, last - begin)]
            first = max(first, min(last, begin + len(entries)))
        return flat(" ".join(found))


def windows(wanted: Wanted, pieces: Iterable[tuple[int, str]]) -> list[Window]:
    """The stretches of these pieces (number, text) that are worth comparing, best first."""
    width = max(_NARROW, wanted.length // 8)
    heard: dict[int, _Heard] = {}
    for piece, text in sorted(pieces):
        transcript, ordinal = divmod(piece, MOST_PIECES)
        one = heard.setdefault(transcript, _Heard(width))
        one.add(wanted, text, begin=ordinal * STEP)
    found = [
        Window(transcript, first, last, LCSseq.similarity(wanted.beginnings, said))
        for transcript, one in heard.items()
        for first, last in _stretches(wanted, one)
        if (said := one.between(first, last))
    ]
    found.sort(key=lambda window: (-window.alike, window.transcript, window.first))
    most = found[0].alike if found else 0
    return [window for window in found if window.alike * 100 >= most * _FAR_LESS_PERCENT]


def _stretches(wanted: Wanted, heard: _Heard) -> list[tuple[int, int]]:
    """Where in one transcript many words agree, wide enough to hold all of the quote."""
    needed = max(1, min(-(-len(wanted.positions) * _SHARE_PERCENT // 100), _MOST_NEEDED))
    margin = _MARGIN + wanted.length // 4
    reach = _GAP_WORDS if wanted.has_gaps else 0
    merged: list[tuple[int, int]] = []
    for low, high in heard.peaks(needed):
        first, last = max(0, low - margin), high + wanted.length + margin
        if merged and first <= merged[-1][1] + reach:
            first, last = merged[-1][0], max(last, merged.pop()[1])
        merged.append((first, last))
    return merged
