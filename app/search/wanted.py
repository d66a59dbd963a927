"""
A quote as it is looked for: the beginnings of its words, and the pairs worth asking about.

The longest pairs come first, since longer words are rarer in every language; which of them are
rarest in what the asker may read is known once their pieces are. They are taken from all
along the quote, so that a place where only a part of it was spoken is found too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from app.core import languages, plaintext
from app.core.errors import Invalid
from app.search.terms import beginning, pair
from transcription.alignment.locate import require_words
from transcription.errors import NothingToAlign, TextTooLong
from transcription.text import Kind, Token, tokens

MOST_PAIRS, MOST_WORDS = 32, 4
_FEW_WORDS = 6
_TELLING = 7
"""Pairs whose words have fewer letters together ("of the") are in nearly every piece."""
_ENOUGH = 6
_REPEATED = 4
_VOTING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    A quote ready to be looked for.

    `length` is its number of tokens and `beginnings` are those of its words, in order; `positions`
    says at which tokens each stands that tells one place from another; `has_gaps` whether the
    quote marks that words were left out.
    """

    quote: str
    language: str
    length: int
    beginnings: tuple[str, ...]
    pairs: tuple[str, ...]
    words: tuple[str, ...]
    positions: Mapping[str, tuple[int, ...]]
    has_gaps: bool


def read(quote: str, *, language: str) -> Wanted:
    """Read a quote; `Invalid` names `quote` or `language` where nothing can be looked for."""
    code = languages.language(language)
    if code == languages.UNDETERMINED:
        raise Invalid("say in which language the quote is", field="language")
    text = plaintext.prose(quote, field="quote")
    found = tokens(text, language=code, quoted=True)
    try:
        require_words(found)
    except (NothingToAlign, TextTooLong) as error:
        raise Invalid(str(error), field="quote") from error
    lengths: dict[str, int] = {}
    for tokens_ in (found, tuple(t for t in found if t.kind is not Kind.OPTIONAL)):
        for one, other in _pairs(tokens_):
            joined = pair(beginning(one.key), beginning(other.key))
            lengths.setdefault(joined, len(one.key) + len(other.key))
    words = {beginning(t.key): len(t.key) for t in found if t.kind in {Kind.WORD, Kind.NUMBER}}
    few = len(words) < _FEW_WORDS
    return Wanted(
        quote=text,
        language=code,
        length=len(found),
        beginnings=tuple(beginning(token.key) for token in found if token.key),
        pairs=tuple(_telling(lengths)),
        words=tuple(sorted(words, key=lambda w: -words[w])[:MOST_WORDS]) if few else (),
        positions=_positions(found),
        has_gaps=any(t.kind is Kind.GAP for t in found),
    )


def _pairs(found: tuple[Token, ...]) -> Iterator[tuple[Token, Token]]:
    """Each two words that follow one another in the quote, with no mark between."""
    for one, other in pairwise(found):
        if one.key and other.key:
            yield one, other


def _telling(lengths: Mapping[str, int]) -> list[str]:
    """The longest pair of each of `MOST_PAIRS` equal stretches, the longest of all first."""
    listed = list(lengths)
    stretch = -(-len(listed) // MOST_PAIRS) or 1
    chosen = [
        max(listed[at : at + stretch], key=lambda p: lengths[p])
        for at in range(0, len(listed), stretch)
    ]
    chosen.sort(key=lambda p: -lengths[p])
    telling = sum(lengths[p] >= _TELLING for p in chosen)
    return chosen[: max(telling, _ENOUGH)]


def _positions(found: tuple[Token, ...]) -> dict[str, tuple[int, ...]]:
    """Where each beginning stands, without short and much repeated ones if others are left."""
    every: dict[str, list[int]] = {}
    for at, token in enumerate(found):
        if token.key:
            every.setdefault(beginning(token.key), []).append(at)
    telling = {
        word: tuple(places)
        for word, places in every.items()
        if len(word) >= _VOTING and len(places) <= _REPEATED
    }
    if len(telling) >= _FEW_WORDS:
        return telling
    return {word: tuple(places[:_REPEATED]) for word, places in every.items()}
