"""
Which words of Russian, Ukrainian and English say the same, kept as data.

A row of a file lists one sense: how it is said in each of the three languages. `*` after a
stem stands for any ending that is not longer than the stem and one letter, and spares every
form of a noun or verb; `_` joins the words of a phrase ("конец_связи", "pick_up"), between
which an English text may have a few others ("pick the driver up"). English words stand in
their plain form; regular forms follow from it, others are listed in `english.json`. Words
that hold sentences together have a file of their own (`grammar.json`): they are linked only
where the words around them are.

A row is a decision about meaning and is reviewed like one: a difference between a quote and a
translation is called a choice of translation only where one row lists both wordings.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from transcription.alignment.lexicon.english import english_stems
from transcription.text import fold

LANGUAGES = ("ru", "uk", "en")
_FILES = ("grammar", "radio", "military", "logistics", "everyday")
_PHRASE_REACH = 3
"""How many other words may stand inside an English phrase."""

Sense = int


@dataclass(frozen=True, slots=True)
class Said:
    """A sense found in a text: the places of its words."""

    sense: Sense
    at: tuple[int, ...]


class Senses:
    """The rows, as one language says them: where in a text each of them is said."""

    def __init__(self, language: str, rows: Sequence[tuple[Sense, str]]) -> None:
        self._language = language
        self._whole: dict[str, list[Sense]] = {}
        self._stems: dict[str, list[Sense]] = {}
        self._phrases: dict[str, list[tuple[Sense, tuple[str, ...]]]] = {}
        for sense, row in rows:
            for written in row.split():
                words = tuple(_folded(word) for word in written.split("_"))
                if len(words) > 1:
                    self._phrases.setdefault(words[0], []).append((sense, words))
                elif words[0].endswith("*"):
                    self._stems.setdefault(words[0][:-1], []).append(sense)
                else:
                    self._whole.setdefault(words[0], []).append(sense)

    def of(self, key: str) -> frozenset[Sense]:
        """The senses that one folded word has by itself."""
        if self._language == "en":
            return frozenset(s for form in _english(key) for s in self._whole.get(form, ()))
        whole = frozenset(self._whole.get(key, ()))
        stem = next((n for n in range(len(key), 0, -1) if key[:n] in self._stems), None)
        if stem is None or not _ends(key, stem):
            return whole
        return whole.union(self._stems[key[:stem]])

    def said(self, keys: Sequence[str]) -> list[Said]:
        """Every sense in a run of folded words, of words and of phrases."""
        found = [Said(sense, (at,)) for at, key in enumerate(keys) for sense in self.of(key)]
        for at, key in enumerate(keys):
            for form in self._forms(key):
                for sense, words in self._phrases.get(form, ()):
                    places = self._phrase(keys, at, words)
                    if places:
                        found.append(Said(sense, places))
        return found

    def _phrase(
        self, keys: Sequence[str], at: int, words: tuple[str, ...]
    ) -> tuple[int, ...] | None:
        """Where the words of a phrase stand that begins here."""
        places = [at]
        reach = _PHRASE_REACH if self._language == "en" and len(words) == 2 else 0  # noqa: PLR2004
        for word in words[1:]:
            ahead = range(places[-1] + 1, min(len(keys), places[-1] + 2 + reach))
            place = next((n for n in ahead if word in self._forms(keys[n])), None)
            if place is None:
                return None
            places.append(place)
        return tuple(places)

    def _forms(self, key: str) -> frozenset[str]:
        return _english(key) if self._language == "en" else frozenset({key})


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Two languages and the senses that they share."""

    source: Senses
    target: Senses
    grammar: frozenset[Sense]
    """The senses that hold sentences together."""


@cache
def load(source: str, target: str) -> Dictionary | None:
    """The dictionary between two of `LANGUAGES`, either way; `None` for any other pair."""
    if source == target or not {source, target} <= set(LANGUAGES):
        return None
    rows = [(name, row) for name in _FILES for row in _read(name)]
    grammar = frozenset(at for at, (name, _) in enumerate(rows) if name == "grammar")
    one, other = (
        Senses(
            language,
            [(at, row[LANGUAGES.index(language)]) for at, (_, row) in enumerate(rows)],
        )
        for language in (source, target)
    )
    return Dictionary(one, other, grammar)


def _read(name: str) -> list[tuple[str, str, str]]:
    source = resources.files(__package__).joinpath(f"{name}.json")
    return [tuple(row) for row in json.loads(source.read_text(encoding="utf-8"))]


@cache
def _irregular() -> dict[str, str]:
    source = resources.files(__package__).joinpath("english.json")
    found: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return found


@cache
def _english(key: str) -> frozenset[str]:
    """Every plain form that an English word could be of, itself among them."""
    plain = _irregular().get(key)
    return english_stems(key) | {plain} if plain else english_stems(key)


def _folded(word: str) -> str:
    return fold(word.removesuffix("*")) + ("*" if word.endswith("*") else "")


def _ends(key: str, stem: int) -> bool:
    """Whether what follows the stem is short enough for an ending."""
    return len(key) - stem <= stem + 1
