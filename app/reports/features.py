"""
What of a text survives rewriting and translation: its runs of words, its numbers, its names.

Runs of four words survive only where somebody copies. Numbers survive translation as they are, names as
sounds: both alphabets are brought to the consonants of one romanisation (`transcription.linking.names`),
so that Belousov, Bielousov and Бєлоусова are one. What every report of a war has in common (states,
nations, offices, outlets, months, years, small numbers) tells nothing and is left out.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.reports.attribution.lexicon import LANGUAGES, load
from transcription.language import UNDETERMINED, by_letters, primary
from transcription.linking.names import sounds
from transcription.quotation.lexicon import Lexicon

RUN = 4
"""How many words make a run."""
_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_NUMBER = re.compile(r"(?<![\w.,:/-])\d{2,7}(?:[ ,\u00a0]\d{3})*(?:st|nd|rd|th)?(?![\w:/])")
_YEARS = range(1900, 2100)
_VOWELS = re.compile(r"[aeiou]")
_ALIKE = str.maketrans({"j": "z", "c": "z"})
_DOUBLED = re.compile(r"(.)\1+")
_ADJECTIVE = re.compile(r"s?k\Z")
_OWNED = re.compile(r"['’]s?\Z")
_SHORTEST_NAME = 3
"""Fewest consonants of a name that is told from others."""
_KNOWN = (
    "states", "demonyms", "organisations", "outlets", "officials", "participants", "time_words",
    "determiners", "stops", "adverbs", "conjunctions", "documents", "recordings", "footage",
    "pronouns_person", "pronouns_thing", "pronouns_plural", "body_endings", "outlet_endings",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """What is compared of one text; `language` is what it was read in."""

    language: str
    words: int
    runs: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=512)
def features(text: str, language: str | None = None) -> Features:
    """The features of a text; kept for the texts read last, because each is compared with many."""
    spoken = primary(language)
    if spoken == UNDETERMINED:
        spoken = by_letters(text)
    lexicon = load(spoken if spoken in LANGUAGES else "en")
    words = [word[0].casefold() for word in _WORD.finditer(text)]
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    return Features(
        language=spoken,
        words=len(words),
        runs=frozenset(runs),
        numbers=frozenset(_numbers(text)),
        names=frozenset(_names(text, lexicon)),
    )


def name_key(name: str) -> str:
    """The consonants of a name as it sounds, in whatever alphabet and case."""
    heard = sounds(_OWNED.sub("", name).casefold()).translate(_ALIKE)
    bare = _DOUBLED.sub(r"\1", _VOWELS.sub("", "".join(c for c in heard if c.isalpha())))
    adjective = _ADJECTIVE.sub("", bare)
    return adjective if len(adjective) >= _SHORTEST_NAME else bare


def _numbers(text: str) -> list[str]:
    found = []
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if int(digits) not in _YEARS:
            found.append(digits)
    return found


def _names(text: str, lexicon: Lexicon) -> list[str]:
    """
    Names in the middle of a sentence, by sound: of several words with a capital in a row, the last.

    "Morris Tidball-Binz" and "Tidball-Binz" are one name, and the title of a department is one too.
    """
    found: list[str] = []
    last: re.Match[str] | None = None
    for match in _WORD.finditer(text):
        word = _OWNED.sub("", match[0])
        if not word[0].isupper() or not _amid(text, match.start()):
            continue
        key = "" if lexicon.lists(word, *_KNOWN) else name_key(re.split(r"[-–]", word)[-1])
        if len(key) < _SHORTEST_NAME:
            continue
        if last is not None and text[last.end() : match.start()] == " ":
            found.pop()
        found.append(key)
        last = match
    return found


def _amid(text: str, start: int) -> bool:
    """Whether a word stands in the middle of a sentence, where a capital is that of a name."""
    before = text[max(0, start - 3) : start].rstrip(" \u00a0")
    return bool(before) and (before[-1].isalnum() or before[-1] in ",)")
