"""
What others make of the same quotes: the best matching stretch of characters, again and again.

Neither rapidfuzz nor edlib finds more than one place. So each is told how often the quote was
spoken, and is asked again on both sides of what it found, best first, until it has as many. It
gets the quote without the marks that it does not know.
"""

import heapq
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

import edlib
from rapidfuzz import fuzz

from bench.garbled import Place

Best = Callable[[str, str], tuple[int, int, float] | None]
"""The best place of a quote in a text: first character, end, and how good it is."""

_MARK = re.compile(r"…|\[[^\]]*\]")


def by_rapidfuzz(quote: str, text: str) -> tuple[int, int, float] | None:
    """By normalised indel similarity of windows as long as the quote."""
    found = fuzz.partial_ratio_alignment(quote, text)
    return (found.dest_start, found.dest_end, found.score) if found else None


def by_edlib(quote: str, text: str) -> tuple[int, int, float] | None:
    """By edit distance, of the whole quote within the text (HW)."""
    if not text:
        return None
    found = edlib.align(quote, text, mode="HW", task="locations")
    start, end = found["locations"][0]
    return start or 0, end + 1, -float(found["editDistance"])


def places(best: Best, quote: str, words: Sequence[str], *, times: int) -> list[Place]:
    """So many places, as first and last words."""
    quote = " ".join(_MARK.sub(" ", quote).split())
    starts, length = [], 0
    for word in words:
        starts.append(length)
        length += len(word) + 1
    text = " ".join(words)
    waiting: list[tuple[float, int, int, int, int]] = []

    def ask(begin: int, end: int) -> None:
        found = best(quote, text[begin:end]) if end - begin > 1 else None
        if found and found[1] > found[0]:
            first, last, score = found
            heapq.heappush(waiting, (-score, begin + first, begin + last, begin, end))

    ask(0, len(text))
    told: list[Place] = []
    while waiting and len(told) < times:
        _, first, last, begin, end = heapq.heappop(waiting)
        told.append((bisect_right(starts, first) - 1, bisect_right(starts, last - 1) - 1))
        ask(begin, first)
        ask(last, end)
    return told
