"""
The words that a report uses when it quotes, per language, as data files beside this module.

A file lists words by what they do: verbs of saying by manner, nouns for those who speak, for
recordings, for occasions on which people speak in public. An entry may be several words; one
that ends in `*` stands for every ending. Nothing is inflected by rule: what is not listed is not
known, and what rests on it is left undecided.

A list becomes one regular expression built as a trie, so that a long list takes no longer to
look for than a short one.
"""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from transcription.errors import UnsupportedLanguage

LANGUAGES = ("en", "ru", "uk")
_APOSTROPHES = str.maketrans("’ʼ", "''")
_PLACEHOLDER = re.compile(r"@([a-z_+]+)@")

_Trie = dict[str, "_Trie"]


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The word lists of one language, and how to look for them."""

    language: str
    data: dict[str, Any] = field(repr=False)
    _known: dict[object, Any] = field(default_factory=dict, repr=False)

    @property
    def verb_first(self) -> bool:
        """Whether the subject may stand after a verb that comes before a quote."""
        return bool(self.data["verb_first"])

    def words(self, *names: str) -> frozenset[str]:
        """The entries of these lists."""
        if ("words", names) not in self._known:
            found = frozenset(word.casefold() for name in names for word in self.data[name])
            self._known["words", names] = found
        words: frozenset[str] = self._known["words", names]
        return words

    def pattern(self, *names: str) -> re.Pattern[str]:
        """Whole words of these lists, whatever their case; the longest entry wins."""
        return self.matcher(rf"(?<!\w)@{'+'.join(names)}@(?!\w)")

    def matcher(self, template: str) -> re.Pattern[str]:
        """A regular expression in which `@names@` stands for any entry of a list, `+` joining lists."""
        if template not in self._known:
            source = _PLACEHOLDER.sub(lambda found: self._source(found[1]), template)
            self._known[template] = re.compile(source, re.IGNORECASE)
        compiled: re.Pattern[str] = self._known[template]
        return compiled

    def lists(self, text: str, *names: str) -> bool:
        """Whether the whole of `text` is an entry of these lists."""
        key = " ".join(text.casefold().translate(_APOSTROPHES).split())
        if key in self.words(*names):
            return True
        if ("stems", names) not in self._known:
            found = tuple(word[:-1] for word in self.words(*names) if word.endswith("*"))
            self._known["stems", names] = found
        stems: tuple[str, ...] = self._known["stems", names]
        return key.startswith(stems) and any(
            key.startswith(stem) and " " not in key[len(stem) :] for stem in stems
        )

    def mentions(self, text: str, *names: str) -> str | None:
        """The first entry of these lists that occurs in `text`, as it is written there."""
        found = self.pattern(*names).search(text)
        return found[0] if found else None

    def _source(self, names: str) -> str:
        trie: _Trie = {}
        for word in self.words(*names.split("+")):
            node = trie
            for atom in _atoms(word):
                node = node.setdefault(atom, {})
            node[""] = {}
        return _spelled(trie) if trie else "(?!)"


def _atoms(entry: str) -> list[str]:
    """An entry as pieces of a regular expression, one a character."""
    special = {"'": "['’ʼ]", "’": "['’ʼ]", " ": r"\s+", "*": r"\w*"}
    return [special.get(character) or re.escape(character) for character in entry]


def _spelled(trie: _Trie) -> str:
    branches = [atom + _spelled(below) for atom, below in sorted(trie.items()) if atom]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in trie else "")


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language; `UnsupportedLanguage` when there is none."""
    if language not in LANGUAGES:
        raise UnsupportedLanguage(language, by="the reading of quotes")
    source = resources.files(__package__).joinpath(f"{language}.json")
    return Lexicon(language, json.loads(source.read_text(encoding="utf-8")))
