"""
What the word lists say might stand in a word's place: another number, a synonym, an opposite, a "not".

Taken from the lists of the comparison (`transcription.alignment.lexicon`) and the numerals. A listed word
replaces another only where it is listed whole and ends alike: inflecting a stem would be guessing.
"""

import re
from collections.abc import Iterator, Sequence

from transcription.alignment import lexicon
from transcription.alignment.lexicon import Lexicon
from transcription.numerals import cardinals
from transcription.support.wording import Spelled

_NEGATION = {"en": "do not", "ru": "не", "uk": "не"}
_WRITTEN = {"uk": {"пять": "п'ять", "девять": "дев'ять"}}  # folded words, as they are spelled
_PLURAL_IN_YS = re.compile("[^aeiou]ys$")
_ENDING = 2
_LONGEST_ENDING = ("ing", "ed", "s")


def listed(quote: Sequence[Spelled], *, language: str) -> Iterator[tuple[int, int, str]]:
    """Alternatives `(first, last, text)` to words of a quote; none for a language without lists."""
    if language not in lexicon.LANGUAGES:
        return
    known = lexicon.load(language)
    for at, word in enumerate(quote):
        for text in _others(word.key, known, language):
            yield at, at + 1, text
        before = quote[at - 1].key if at else ""
        if known.concept(word.key) in known.actions and before not in known.negators:
            yield at, at, _NEGATION[language]


def _others(key: str, known: Lexicon, language: str) -> list[str]:
    numbers = cardinals(language)
    if key in numbers:
        spelled = _WRITTEN.get(language, {})
        return [spelled.get(word, word) for word in numbers if word != key]
    own = known.concept(key)
    if own is None:
        return []
    return sorted(
        word
        for word, concept in known.sets.whole.items()
        if (concept == own or known.opposed(concept, own))
        and word != key
        and " " not in word
        and _ending(word, language) == _ending(key, language)
        and not (language == "en" and _misspelled(word, known))
    )


def _misspelled(word: str, known: Lexicon) -> bool:
    """
    Whether an English form is none: the lists hold the regular forms of every entry, "tooked" too.

    Such are forms of what is a form already, and plurals that only add an s to a consonant and y.
    """
    if _PLURAL_IN_YS.search(word):
        return True
    stems = known.stems(word) - {word}
    return any(
        stem in known.irregular
        or (
            stem in known.sets.whole
            and not known.sets.whole.keys().isdisjoint(known.stems(stem) - {stem})
        )
        for stem in stems
    )


def _ending(word: str, language: str) -> str:
    if language == "en":
        return next((end for end in _LONGEST_ENDING if word.endswith(end)), "")
    return word[-_ENDING:]
