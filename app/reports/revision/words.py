"""
Two texts of one report laid side by side, word by word.

As many words as possible are paired with their like (`transcription.difference.stretches`, which
turns round with the question); what stands between two pairs on both sides was replaced. A word is
what stands between white space, so that an exchanged quotation mark is a difference and a new line
is none. Every change names its characters in both texts, half-open.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.core.errors import TooLarge
from transcription.difference import ChangeKind, key, stretches

MAX_WORDS = 50_000
"""No longer text is compared: a book."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Place:
    """Characters of one text, half-open; of nothing, the place where something is missing."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that follow one another in both texts and stand to one another in one way."""

    kind: ChangeKind
    older: Place
    newer: Place


@dataclass(frozen=True, slots=True)
class Revision:
    """
    Both texts from beginning to end, as stretches in order; `words` are their numbers of words.

    Where no stretch differs, the texts differ in white space at most.
    """

    stretches: tuple[Stretch, ...]
    words: tuple[int, int]
    counts: dict[ChangeKind, int]

    @property
    def changes(self) -> list[Stretch]:
        """The stretches that differ."""
        return [one for one in self.stretches if one.kind is not ChangeKind.SAME]

    @property
    def is_empty(self) -> bool:
        """Whether no word differs."""
        return not self.changes


def compare(older: str, newer: str) -> Revision:
    """Compare two texts; `TooLarge` past `MAX_WORDS`."""
    first, second = _words(older), _words(newer)
    made: list[Stretch] = []
    counts = dict.fromkeys(ChangeKind, 0)
    for here, there in stretches(
        [older[one.start : one.end] for one in first],
        [newer[one.start : one.end] for one in second],
    ):
        for kind, before, after in _kinds(older, newer, first, second, here, there):
            made.append(Stretch(kind, _cover(first, before, older), _cover(second, after, newer)))
            counts[kind] += max(len(before), len(after))
    return Revision(tuple(made), (len(first), len(second)), counts)


def _words(text: str) -> list[Place]:
    found = [Place(*one.span()) for one in _WORD.finditer(text)]
    if len(found) > MAX_WORDS:
        raise TooLarge(
            f"no text of more than {MAX_WORDS} words is compared", limit="words", allowed=MAX_WORDS
        )
    return found


def _kinds(
    older: str,
    newer: str,
    first: Sequence[Place],
    second: Sequence[Place],
    here: range,
    there: range,
) -> list[tuple[ChangeKind, range, range]]:
    """A stretch of `transcription.difference`, cut where spelling begins or ceases to differ."""
    if not here and not there:
        return []
    if not here or not there:
        return [(ChangeKind.REMOVED if here else ChangeKind.ADDED, here, there)]
    pairs = [
        (older[first[a].start : first[a].end], newer[second[b].start : second[b].end])
        for a, b in zip(here, there, strict=False)
    ]
    if len(here) != len(there) or any(key(before) != key(after) for before, after in pairs):
        return [(ChangeKind.CHANGED, here, there)]
    made: list[tuple[ChangeKind, range, range]] = []
    for number, (before, after) in enumerate(pairs):
        kind = ChangeKind.SAME if before == after else ChangeKind.RESPELLED
        a, b = here[number], there[number]
        if made and made[-1][0] is kind:
            _, mine, theirs = made.pop()
            made.append((kind, range(mine.start, a + 1), range(theirs.start, b + 1)))
        else:
            made.append((kind, range(a, a + 1), range(b, b + 1)))
    return made


def _cover(words: Sequence[Place], numbers: range, text: str) -> Place:
    """The characters of some words; of none, the place before the next one."""
    if numbers:
        return Place(words[numbers[0]].start, words[numbers[-1]].end)
    at = words[numbers.start].start if numbers.start < len(words) else len(text)
    return Place(at, at)
