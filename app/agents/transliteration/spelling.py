"""
Two spellings of one word: the cheapest way to read both as the same Cyrillic letters.

Two words are read as lattices and walked together. A pair of the same letter costs
nothing; letters that Russian and Ukrainian write for one another cost next to nothing; vowels heard
alike cost some; another consonant costs more than any name may spend. The walk is Dijkstra's,
so it ends as soon as a limit is passed, and what it went through is the reason.
"""

import heapq
from dataclasses import dataclass
from functools import lru_cache

from app.agents.transliteration import letters
from app.agents.transliteration.letters import VOWELS, is_cyrillic, lattice, tidy

SAME_LETTERS = "same_letters"
TRANSLITERATION = "transliteration"
OTHER_VOWEL = "vowel"
_ANOTHER_VOWEL = 56
_VOWEL_MORE = 80
_SEMIVOWEL_MORE = 6
_CONSONANT = 1000
MOST = 72
"""No word may spend more, however long."""
_PER_LETTER = 12
_LETTER = 100
"""What one letter is worth, for the score."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two words are, per mille, and the reasons why they are not the same letters."""

    score: int
    cost: int
    reasons: tuple[str, ...]


def alike(first: str, second: str, *, most: int = MOST) -> Likeness | None:
    """How alike two words are; `None` where they are two, or where it would cost over `most`."""
    one, other = sorted((tidy(first), tidy(second)))
    return _alike(one, other, most)


def beginnings(word: str, *, most: int) -> frozenset[str]:
    """The Cyrillic letters a word may begin with, and those that cost at most `most` more."""
    first = {letter for letter, _ in lattice(tidy(word)).arcs[0]}
    near = {
        other
        for (letter, other), (cost, _) in letters.correspondences().items()
        if letter in first and cost <= most
    }
    return frozenset(first | near)


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str, most: int) -> Likeness | None:
    if not one or not other:
        return None
    if one == other:
        return Likeness(1000, 0, (SAME_LETTERS,))
    if not _may_begin_alike(one, other):
        return None
    longest = max(len(one), len(other))
    limit = min(most, _PER_LETTER * min(len(one), len(other)))
    walked = _walk(one, other, limit)
    if walked is None:
        return None
    cost, reasons = walked
    transliterated = is_cyrillic(one) != is_cyrillic(other) or not reasons
    told = ((TRANSLITERATION,) if transliterated else ()) + reasons
    return Likeness(1000 - 4 * 1000 * cost // (_LETTER * longest), cost, told)


def _may_begin_alike(one: str, other: str) -> bool:
    """
    Whether two words could begin with the same sound: asked first, because it is cheap.

    A word that may begin with a vowel is not told apart here: one vowel may be missing.
    """
    first, second = _beginning(one), _beginning(other)
    return not first or not second or bool(first & second)


@lru_cache(maxsize=100_000)
def _beginning(word: str) -> frozenset[str]:
    """The consonants a word may begin with, and those heard alike; empty where it may be a vowel."""
    begins = beginnings(word, most=0)
    soft = VOWELS | {"й"}
    return frozenset() if begins & soft else beginnings(word, most=MOST)


def _walk(one: str, other: str, limit: int) -> tuple[int, tuple[str, ...]] | None:
    """The least cost within the limit, and the reasons met on the way, each once."""
    first, second = lattice(one), lattice(other)
    waiting: list[tuple[int, int, int, tuple[str, ...]]] = [(0, 0, 0, ())]
    done: set[tuple[int, int]] = set()
    while waiting:
        cost, here, there, reasons = heapq.heappop(waiting)
        if (here, there) == (first.end, second.end):
            return cost, reasons
        if (here, there) in done:
            continue
        done.add((here, there))
        steps = [
            (*_paired(one_letter, other_letter), onward, yonder)
            for one_letter, onward in first.arcs[here]
            for other_letter, yonder in second.arcs[there]
        ]
        steps += [(*_alone(letter), onward, there) for letter, onward in first.arcs[here]]
        steps += [(*_alone(letter), here, yonder) for letter, yonder in second.arcs[there]]
        for price, reason, onward, yonder in steps:
            if cost + price <= limit and (onward, yonder) not in done:
                told = reasons if reason is None or reason in reasons else (*reasons, reason)
                heapq.heappush(waiting, (cost + price, onward, yonder, told))
    return None


def _paired(one: str, other: str) -> tuple[int, str | None]:
    if one == other:
        return 0, None
    known = letters.correspondences().get((one, other))
    if known is not None:
        return known
    if one in VOWELS and other in VOWELS:
        return _ANOTHER_VOWEL, OTHER_VOWEL
    return _CONSONANT, None


def _alone(letter: str) -> tuple[int, str | None]:
    """What it costs that one word has a letter more."""
    if letter == "й":
        return _SEMIVOWEL_MORE, "softness"
    if letter in VOWELS:
        return _VOWEL_MORE, OTHER_VOWEL
    return _CONSONANT, None
