"""
How alike two words are, in whole thousandths of a word.

The table is built once per quote and transcript, over their different words only. Listed
knowledge comes first (the same word, another form of it, a listed variant, a listed
opposite); spelling, which speech engines garble, comes last and only between words of four
letters and more. Everything is an integer, so that the same texts align the same way on
every machine.

Opposites and different numbers score a little above nothing on purpose: they should be laid
side by side and reported, not be stepped around.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from transcription.alignment.lexicon import Lexicon
from transcription.text import Kind, Token

Scores = npt.NDArray[np.int32]

SAME, INFLECTED, VARIANT, OPPOSITE, NUMBERS, UNHEARD, DIFFERENT = 1000, 850, 700, 100, 0, 0, -600
_GARBLED_FROM, _GARBLED_STEP = 60, 20
_SHORTEST_GARBLED = 4


class Likeness(StrEnum):
    """What is known about two words."""

    SAME = "same"
    INFLECTED = "inflected"
    VARIANT = "variant"
    OPPOSITE = "opposite"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Unit:
    """What of a token takes part in comparison; equal units are compared once."""

    kind: Kind
    key: str
    concept: str | None


def units(tokens: Sequence[Token], lexicon: Lexicon | None) -> tuple[Unit, ...]:
    """Each token with the set it is listed in, pairs such as "everyone else" read together."""
    concepts: list[str | None] = [
        lexicon.concept(t.key) if lexicon and t.kind in {Kind.WORD, Kind.OPTIONAL} else None
        for t in tokens
    ]
    if lexicon:
        for at in range(len(tokens) - 1):
            pair = lexicon.phrase(tokens[at].key, tokens[at + 1].key)
            if pair:
                concepts[at] = concepts[at + 1] = pair
    return tuple(Unit(t.kind, t.key, c) for t, c in zip(tokens, concepts, strict=True))


def likeness(one: Unit, other: Unit, lexicon: Lexicon | None) -> Likeness:
    """What is known about two words, spelling aside."""
    if one.key == other.key:
        return Likeness.SAME
    if lexicon is None or Kind.NUMBER in {one.kind, other.kind}:
        return Likeness.DIFFERENT
    if lexicon.inflected(one.key, other.key):
        return Likeness.INFLECTED
    if one.concept is not None and one.concept == other.concept:
        return Likeness.VARIANT
    if lexicon.opposed(one.concept, other.concept):
        return Likeness.OPPOSITE
    return Likeness.DIFFERENT


def table(quoted: Sequence[Unit], spoken: Sequence[Unit], lexicon: Lexicon | None) -> Scores:
    """Scores of every quoted unit (rows) against every spoken one (columns)."""
    ratios = process.cdist(
        [u.key for u in quoted], [u.key for u in spoken], scorer=fuzz.ratio, dtype=np.uint8
    ).astype(np.int32)
    scores = np.where(ratios >= _GARBLED_FROM, _GARBLED_STEP * (ratios - _GARBLED_FROM), DIFFERENT)
    scores = scores.astype(np.int32)
    short = np.array([len(u.key) < _SHORTEST_GARBLED for u in spoken], dtype=bool)
    numbers = np.array([u.kind is Kind.NUMBER for u in spoken], dtype=bool)
    unheard = np.array([u.kind is Kind.WILD for u in spoken], dtype=bool)
    near = _Neighbours(spoken, lexicon)
    for row, unit in enumerate(quoted):
        if len(unit.key) < _SHORTEST_GARBLED or unit.kind is Kind.NUMBER:
            scores[row] = DIFFERENT
        scores[row, short | numbers] = DIFFERENT
        if unit.kind is Kind.NUMBER:
            scores[row, numbers] = NUMBERS
        scores[row, unheard] = UNHEARD
        for column in near.of(unit):
            match likeness(unit, spoken[column], lexicon):
                case Likeness.SAME:
                    scores[row, column] = SAME
                case Likeness.INFLECTED:
                    scores[row, column] = INFLECTED
                case Likeness.VARIANT:
                    scores[row, column] = VARIANT
                case Likeness.OPPOSITE:
                    scores[row, column] = OPPOSITE
                case Likeness.DIFFERENT:
                    pass
    return scores


class _Neighbours:
    """Spoken units by key, by stem and by set: the only ones worth asking about."""

    def __init__(self, spoken: Sequence[Unit], lexicon: Lexicon | None) -> None:
        self._lexicon = lexicon
        self._by: dict[tuple[str, str], list[int]] = {}
        for column, unit in enumerate(spoken):
            if unit.kind is not Kind.WILD:
                for name in self._names(unit):
                    self._by.setdefault(name, []).append(column)

    def _names(self, unit: Unit) -> list[tuple[str, str]]:
        names = [("key", unit.key)]
        if self._lexicon and unit.kind is not Kind.NUMBER:
            names += [("stem", stem) for stem in self._lexicon.stems(unit.key)]
        return [*names, ("set", unit.concept)] if unit.concept else names

    def of(self, unit: Unit) -> set[int]:
        """Columns that could be more than merely spelled alike."""
        names = self._names(unit)
        if self._lexicon and unit.concept:
            for pair in self._lexicon.opposites:
                if unit.concept in pair:
                    names += [("set", other) for other in pair - {unit.concept}]
        return {column for name in names for column in self._by.get(name, ())}
