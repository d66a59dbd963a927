"""
What is known about two words: the same, a form of one, listed as variants or as opposites.

Only listed knowledge counts here. That two words are spelled nearly alike finds a place
(`scoring`) and says nothing about what they mean.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from transcription.alignment import names
from transcription.alignment.lexicon import Lexicon
from transcription.numerals import ordinal, split
from transcription.text import Kind, Token


class Likeness(StrEnum):
    """What is known about two words."""

    SAME = "same"
    INFLECTED = "inflected"
    VARIANT = "variant"
    OPPOSITE = "opposite"
    DIFFERENT = "different"


class Unit(NamedTuple):
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


@lru_cache(maxsize=65_536)  # a quote asks for the same pairs at each of its places
def likeness(one: Unit, other: Unit, lexicon: Lexicon | None) -> Likeness:
    """What is known about two words, spelling aside."""
    if one.key == other.key:
        return Likeness.SAME
    if Kind.NUMBER in {one.kind, other.kind}:
        return _numbers(one, other, lexicon.language) if lexicon else Likeness.DIFFERENT
    if lexicon is not None:
        if lexicon.inflected(one.key, other.key):
            return Likeness.INFLECTED
        if one.concept is not None and one.concept == other.concept:
            return Likeness.VARIANT
        if lexicon.opposed(one.concept, other.concept):
            return Likeness.OPPOSITE
    return Likeness.VARIANT if names.same(one.key, other.key) else Likeness.DIFFERENT


def _numbers(one: Unit, other: Unit, language: str) -> Likeness:
    """A number in digits and an ordinal in words may be one; another ending makes another form."""
    keys = [
        unit.key if unit.kind is Kind.NUMBER else ordinal(unit.key, language=language)
        for unit in (one, other)
    ]
    if keys[0] == keys[1]:
        return Likeness.SAME
    numbers = [split(key)[0] if key else -1 for key in keys]
    alike = numbers[0] == numbers[1] >= 0
    return Likeness.INFLECTED if alike else Likeness.DIFFERENT
