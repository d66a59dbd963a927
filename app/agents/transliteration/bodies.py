"""
Are two organisations or offices one? By their words in any order and letters, or by an abbreviation.

`Office of the Prosecutor General` and `Prosecutor General's Office` are made of the same words;
`SBU` is made of the beginnings of `Sluzhba bezpeky Ukrainy`. A translated name has other words and
other beginnings: nothing here guesses at those, a person enters them as names of one agent.
"""

import re
from functools import lru_cache

from app.agents.transliteration.comparison import Comparison, two
from app.agents.transliteration.letters import is_cyrillic, tidy
from app.agents.transliteration.spelling import alike

_WORD = re.compile(r"[^\W\d_]+|\d+")
_POSSESSIVE = re.compile(r"['’]s\b")
_IDLE = frozenset(
    "the of for and a an on in to at by from и в во на по при для с со та і й у з до про при".split()
)
_ABBREVIATION = (2, 7)
_SAME_WORDS = 950
_ABBREVIATED = 750
_WORDS_MORE = 600
_LONGEST = 300
_NEAR = 12
"""Words of organisations are ordinary words: only what transliteration does to them counts."""


def compare(first: str, second: str) -> Comparison:
    """How alike two organisations' names are."""
    return _compare(first[:_LONGEST], second[:_LONGEST])


@lru_cache(maxsize=20_000)
def _compare(first: str, second: str) -> Comparison:
    one, other = _words(first), _words(second)
    if not one or not other:
        return two("not_a_name")
    if _abbreviated(one, other) or _abbreviated(other, one):
        return Comparison(_ABBREVIATED, ("abbreviation",))
    left, right = _unmatched(one, other), _unmatched(other, one)
    if any(word.isdigit() for word in left + right):
        return two("numbers_differ")
    if not left and not right:
        in_order = [word.casefold() for word in one] == [word.casefold() for word in other]
        told = (1000, "same_words") if in_order else (_SAME_WORDS, "same_words_otherwise")
        return Comparison(told[0], (told[1],))
    shared = min(len(one) - len(left), len(other) - len(right))
    if shared > 1 and len(left + right) == 1:
        return Comparison(_WORDS_MORE, ("a_word_more",))
    return two("words_differ")


def _words(name: str) -> list[str]:
    return [
        word for word in _WORD.findall(_POSSESSIVE.sub("", name)) if word.casefold() not in _IDLE
    ]


def _unmatched(words: list[str], others: list[str]) -> list[str]:
    """The words that none of the others is alike to."""
    return [
        word
        for word in words
        if not any(
            word == other or (not word.isdigit() and alike(word, other, most=_NEAR))
            for other in others
        )
    ]


def _abbreviated(one: list[str], other: list[str]) -> bool:
    """Whether one name is a single word that abbreviates the other."""
    return len(one) == 1 and len(other) > 1 and _abbreviates(one[0], other)


def _abbreviates(short: str, words: list[str]) -> bool:
    """Whether capitals stand for the beginnings of words, in whatever letters."""
    least, most = _ABBREVIATION
    if not short.isupper() or not least <= len(short) <= most or len(short) != len(words):
        return False
    if is_cyrillic(short) == is_cyrillic(words[0]):
        return short.casefold() == "".join(word[0] for word in words).casefold()
    return all(
        alike(letter, tidy(word)[:1]) is not None
        for letter, word in zip(short, words, strict=True)
    )
