"""
What speaks for a link between a word that was spoken and a word of its translation.

Each ground is asked by itself and named, so that a reader can weigh it: the lexicon, the same
number, a name that sounds the same, pairs learned from other translations. Different numbers
are never candidates: a translation that says another number has not translated this one.
A score is whole per mille; it ranks candidates and is no probability.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from transcription.alignment import lexicon as rules
from transcription.linking import names
from transcription.linking.estimates import Estimates, stem
from transcription.linking.lexicon import Dictionary, Said
from transcription.text import Kind, Token, fold


class Ground(StrEnum):
    """What a link rests on."""

    LEXICON = "lexicon"
    """The lexicon lists both under one sense, or both deny."""
    NUMBER = "number"
    """The same number."""
    NAME = "name"
    """A name that sounds the same in the other alphabet."""
    LEARNED = "learned"
    """Other translations in the catalogue pair these words."""
    POSITION = "position"
    """Nothing but its place: the one word left over on each side between linked ones."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words of one side that may be the translation of words of the other, by their places."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: int
    ground: Ground
    grammar: bool = False
    """Whether both only hold a sentence together: then the words around them must agree."""


@dataclass(frozen=True, slots=True)
class Tongues:
    """What is known of a pair of languages."""

    source: str
    target: str
    dictionary: Dictionary | None
    estimates: Estimates

    def negators(self, *, of_source: bool) -> frozenset[str]:
        """The listed negations of one side; none for a language without a list."""
        language = self.source if of_source else self.target
        known = language in rules.LANGUAGES
        return rules.load(language).negators if known else frozenset()


_LEXICON, _PHRASE_WORD, _DENIAL, _NUMBER = 900, 60, 700, 950
_NAME_FROM, _NAME_BASE = 700, 150
_LEARNED_SHARE = 800
_SHORTEST_NAME = 3
_KEPT = 16
"""So many candidates of one word, and not more."""


def candidates(
    source: Sequence[Token], target: Sequence[Token], tongues: Tongues
) -> list[Candidate]:
    """Every candidate between the two sides of a stretch."""
    found = [*_numbers(source, target), *_denials(source, target, tongues)]
    listed: set[int] = set()
    if tongues.dictionary:
        by_lexicon = list(_listed(source, target, tongues.dictionary))
        listed = {at for each in by_lexicon for at in each.source}
        found += by_lexicon
    found += _names(source, target, listed)
    found += _learned(source, target, tongues)
    return _nearest(found, len(source), len(target))


def _nearest(found: Sequence[Candidate], length: int, other: int) -> list[Candidate]:
    """
    For words that are said again and again, only the candidates closest in place.

    Otherwise a stretch that says one word four hundred times would take its square to link.
    """
    by_words: dict[tuple[int, ...], list[Candidate]] = {}
    for each in found:
        by_words.setdefault(each.source, []).append(each)
    kept: list[Candidate] = []
    for among in by_words.values():
        if len(among) > _KEPT:
            among.sort(key=lambda each: abs(each.source[0] * other - each.target[0] * length))
        kept += among[:_KEPT]
    return kept


def _numbers(source: Sequence[Token], target: Sequence[Token]) -> Iterator[Candidate]:
    for i, one in enumerate(source):
        for j, other in enumerate(target):
            if one.kind is other.kind is Kind.NUMBER and one.key == other.key:
                yield Candidate((i,), (j,), _NUMBER, Ground.NUMBER)


def _denials(
    source: Sequence[Token], target: Sequence[Token], tongues: Tongues
) -> Iterator[Candidate]:
    """Any listed negation with any other: a language may deny at another word of the sentence."""
    ours, theirs = tongues.negators(of_source=True), tongues.negators(of_source=False)
    for i, one in enumerate(source):
        for j, other in enumerate(target):
            if one.key in ours and other.key in theirs:
                yield Candidate((i,), (j,), _DENIAL, Ground.LEXICON)


def _listed(
    source: Sequence[Token], target: Sequence[Token], dictionary: Dictionary
) -> Iterator[Candidate]:
    theirs: dict[int, list[Said]] = {}
    for said in dictionary.target.said(_keys(target)):
        theirs.setdefault(said.sense, []).append(said)
    for said in dictionary.source.said(_keys(source)):
        for other in theirs.get(said.sense, ()):
            longer = len(said.at) + len(other.at) - 2
            yield Candidate(
                said.at,
                other.at,
                _LEXICON + min(100, _PHRASE_WORD * longer),
                Ground.LEXICON,
                grammar=said.sense in dictionary.grammar and not longer,
            )


def _keys(tokens: Sequence[Token]) -> list[str]:
    """Folded words; a number spelled out is a word too ("no one"), others and marks are none."""
    return [
        token.key if token.kind is Kind.WORD else fold(token.text) if token.text.isalpha() else ""
        for token in tokens
    ]


def _names(
    source: Sequence[Token], target: Sequence[Token], listed: set[int]
) -> Iterator[Candidate]:
    """Capitalised words of the translation with words that the lexicon does not explain."""
    for j, other in enumerate(target):
        if other.kind is not Kind.WORD or not other.text[:1].isupper():
            continue
        for i, one in enumerate(source):
            if i in listed or one.kind is not Kind.WORD or len(one.key) < _SHORTEST_NAME:
                continue
            alike = names.alike(one.key, other.key)
            if alike >= _NAME_FROM:
                yield Candidate((i,), (j,), alike - _NAME_BASE, Ground.NAME)


def _learned(
    source: Sequence[Token], target: Sequence[Token], tongues: Tongues
) -> Iterator[Candidate]:
    if not tongues.estimates.table:
        return
    theirs = _teachable(target, tongues.target)
    for i, ours in _teachable(source, tongues.source):
        for j, other in theirs:
            share = tongues.estimates.of(ours, other)
            if share:
                yield Candidate((i,), (j,), share * _LEARNED_SHARE // 1000, Ground.LEARNED)


def _teachable(tokens: Sequence[Token], language: str) -> list[tuple[int, str]]:
    """
    The places and stems of words that carry something.

    Small words go together with everything, so what is learned of them is chance.
    """
    return [
        (at, stem(token.key, language))
        for at, token in enumerate(tokens)
        if token.kind is Kind.WORD and not slight(token.key, language)
    ]


def slight(key: str, language: str) -> bool:
    """Whether a word carries little by itself: an article, a filler, a particle, a common word."""
    if language not in rules.LANGUAGES:
        return False
    known = rules.load(language)
    return key in known.light | known.particles | known.common | known.negators
