"""
What a piece of transcript is looked up by.

A transcript is cut into pieces of 512 words, each sharing 64 with the next, so that hours of
speech are narrowed down to a minute or two and no ordinary quote falls between. A piece is found by
its terms: every word, and every two words that follow one another. Pairs are what finds a
quote: a single word is in hundreds of pieces, a pair in a few.

Words are folded by `transcription.text` and cut to their beginning. In Russian and Ukrainian the
ending carries case and person, in every language it is what engines garble most, and a pair of
beginnings is hardly more common than a pair of words. Pairs are terms of their own rather than
phrases of words: the index then needs no positions, and a pair of two frequent words costs
as little to look up as it has pieces.

`RULES` names all this, and with it the version of the aligner, which says what a word is. An index
made under other rules is built anew, never mixed.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transcription.alignment import VERSION
from transcription.text import tokens
from transcription.transcript import Transcript

RULES = f"1.{VERSION}"
PIECE, OVERLAP = 512, 64
"""Words of a piece, and how many of them it shares with the next."""
STEP = PIECE - OVERLAP
MOST_PIECES = 1024
"""No transcript that can be compared has as many (`transcription.alignment.speech.MAX_WORDS`)."""
_BEGINNING, _NUMBER = 5, 24
_WITHIN = "_"


@dataclass(frozen=True, slots=True)
class Piece:
    """
    A stretch of a transcript: one entry per word, parted by single spaces.

    An entry holds the beginnings of the tokens that begin with this word, joined by `_`; it is
    empty for a mark and for the rest of a number that is spelled in several words.
    """

    ordinal: int
    text: str


@lru_cache(maxsize=262_144)
def beginning(key: str) -> str:
    """What of a folded word takes part in looking up: numbers whole, words to five letters."""
    return key[:_NUMBER] if any(c.isdigit() for c in key) else key[:_BEGINNING]


def entries(spoken: Transcript) -> list[str]:
    """What each word of a transcript is looked up by; `TextTooLong` where it cannot be split."""
    words = [word.text for word in spoken.words()]
    found = [""] * len(words)
    at, end = -1, -1
    for token in tokens(" ".join(words), language=spoken.language):
        while token.start >= end:
            at += 1
            end += len(words[at]) + 1
        if token.key:
            cut = beginning(token.key)
            found[at] = f"{found[at]}{_WITHIN}{cut}" if found[at] else cut
    return found


def pieces(found: Sequence[str]) -> Iterator[Piece]:
    """Cut the entries of a transcript; where there is no word, there is no piece."""
    for ordinal, start in enumerate(range(0, max(1, len(found) - OVERLAP), STEP)):
        here = found[start : start + PIECE]
        if any(here):
            yield Piece(ordinal, " ".join(here))


def terms(text: str) -> frozenset[str]:
    """The words and pairs of a piece."""
    words = flat(text)
    return frozenset((*words, *map(pair, words, words[1:])))


def flat(text: str) -> list[str]:
    """The beginnings of a piece, one after the other."""
    return text.replace(_WITHIN, " ").split()


def pair(one: str, other: str) -> str:
    """The term for two beginnings that follow one another."""
    return f"{one}{_WITHIN}{other}"


def placed(entries: Sequence[str], asked: Container[str]) -> Iterator[tuple[int, str]]:
    """Those beginnings of a piece that are asked for, with the number of their word within it."""
    for number in [n for n, entry in enumerate(entries) if entry in asked or _WITHIN in entry]:
        for part in entries[number].split(_WITHIN):
            if part in asked:
                yield number, part
