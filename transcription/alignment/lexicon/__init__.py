"""
What is known about the words of a language, kept as data: one JSON file per language.

A file lists what comparison needs and no more: words that carry no content (articles,
fillers), common words (they find little), particles (their coming and going changes wording,
not content), negators, reservations ("if",
"should", "forbid"), words that join clauses, sets of words that may stand for one another (`actions` and `things`),
pairs of such sets that are each other's opposite, and sets whose members exclude one another
(directions, sides, days). An entry ending in `*` stands for every word that begins so; `|`
separates spellings of one member. A word listed nowhere is simply itself: nothing is guessed.

Only listed words are ever called variants, so a set is a decision about meaning and is
reviewed like one.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from transcription.errors import UnsupportedLanguage

LANGUAGES = frozenset({"en", "ru", "uk"})
"""Languages with a lexicon; in any other, words are aligned but meaning is not compared."""

_SHORTEST_STEM = 3
_DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
"""One vowel, one consonant: "stop" gives "stopped", so that "cared" is not of "car"."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One language's words, ready for questions; all words are in folded form."""

    language: str
    light: frozenset[str]
    fillers: frozenset[str]
    common: frozenset[str]
    negators: frozenset[str]
    reservations: "Patterns"
    joiners: frozenset[str]
    particles: frozenset[str]
    actions: frozenset[str]
    opposites: frozenset[frozenset[str]]
    sets: "Patterns"
    members: dict[str, "Patterns"]
    endings: frozenset[str]
    verb_endings: tuple[str, ...]
    passive_endings: tuple[str, ...]

    def concept(self, key: str) -> str | None:
        """The set of interchangeable words that this one is listed in."""
        return self.sets.find(key)

    def reserves(self, key: str) -> bool:
        """Whether this word makes what follows conditional, possible, forbidden or untrue."""
        return self.reservations.find(key) is not None

    def phrase(self, first: str, second: str) -> str | None:
        """The set in which two words together are listed, such as "everyone else"."""
        return self.sets.whole.get(f"{first} {second}")

    def opposed(self, one: str | None, other: str | None) -> bool:
        """Whether two sets are listed as opposites."""
        return frozenset((one, other)) in self.opposites

    def exclusion(self, one: str, other: str) -> str | None:
        """The name of a set in which these are two members that exclude each other."""
        for name, members in self.members.items():
            first, second = members.find(one), members.find(other)
            if first is not None and second is not None and first != second:
                return name
        return None

    def stems(self, key: str) -> frozenset[str]:
        """What this word could be a form of, judged by its ending alone; itself among them."""
        if self.language == "en":
            return english_stems(key)
        cuts = range(_SHORTEST_STEM, len(key))
        return frozenset({key, *(key[:cut] for cut in cuts if key[cut:] in self.endings)})

    def inflected(self, one: str, other: str) -> bool:
        """Whether two different words are forms of one, by their endings alone."""
        return not self.stems(one).isdisjoint(self.stems(other))

    def voice_may_differ(self, one: str, other: str) -> bool:
        """Whether only one of two forms has an ending that passives have ("убил", "убит")."""
        return one.endswith(self.passive_endings) != other.endswith(self.passive_endings)

    def both_verbs(self, one: str, other: str) -> bool:
        """Whether two forms of one word are plainly verbs, which bear no case."""
        return one.endswith(self.verb_endings) and other.endswith(self.verb_endings)


@dataclass(frozen=True, eq=False)
class Patterns:
    """Words and beginnings of words, each leading to a name; whole words win, then length."""

    whole: dict[str, str]
    beginnings: dict[str, str]

    def find(self, key: str) -> str | None:
        """The name that this word leads to."""
        found = self.whole.get(key)
        for length in range(len(key), 1, -1):
            if found is not None:
                break
            found = self.beginnings.get(key[:length])
        return found


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language; `UnsupportedLanguage` when there is none."""
    if language not in LANGUAGES:
        raise UnsupportedLanguage(language, by="the comparison of meaning")
    source = resources.files(__package__).joinpath(f"{language}.json")
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    sets = [
        (word, name)
        for kind in ("actions", "things")
        for name, words in data[kind].items()
        for entry in words
        for word in (english_forms(entry) if language == "en" else {entry})
    ]
    return Lexicon(
        language=language,
        light=frozenset(data["articles"]) | frozenset(data["fillers"]),
        fillers=frozenset(data["fillers"]),
        common=frozenset(data["common"]),
        negators=frozenset(data["negators"]),
        reservations=_patterns([(word, word) for word in data["reservations"]]),
        joiners=frozenset(data["joiners"]),
        particles=frozenset(data["particles"]),
        actions=frozenset(data["actions"]),
        opposites=frozenset(frozenset(pair) for pair in data["opposites"]),
        sets=_patterns(sets),
        members={
            name: _patterns([(word, entry) for entry in entries for word in entry.split("|")])
            for name, entries in data["excluding"].items()
        },
        endings=frozenset(data["endings"]),
        verb_endings=tuple(data["verb_endings"]),
        passive_endings=tuple(data["passive_endings"]),
    )


def english_forms(word: str) -> set[str]:
    """The regular forms of an English word: plural or third person, past, -ing."""
    if " " in word:
        return {word}
    if word.endswith("ee"):  # "freed", but "seed" is not of "see"
        return {word, word + "s", word + "ing", *([word + "d"] if len(word) > len("see") else [])}
    if word.endswith("e"):
        return {word, word + "s", word + "d", word[:-1] + "ing"}
    plural = word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")
    stem = word + word[-1] if _DOUBLING.fullmatch(word) else word
    return {word, plural, stem + "ed", stem + "ing"}


@cache
def english_stems(word: str) -> frozenset[str]:
    """Every word of which this could be a regular form, itself among them."""
    stems = {word}
    for ending in ("ing", "ed", "d", "es", "s"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < _SHORTEST_STEM:
            continue
        candidates = [stem, stem + "e"]
        if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:
            candidates.append(stem[:-1])
        if stem.endswith("i"):
            candidates.append(stem[:-1] + "y")
        for candidate in candidates:
            regular = english_forms(candidate)
            doubled = {candidate + candidate[-1] + "ed", candidate + candidate[-1] + "ing"}
            in_y = {candidate[:-1] + "ies", candidate[:-1] + "ied"} if candidate[-1] == "y" else {}
            if word in regular or word in doubled or word in in_y:
                stems.add(candidate)
    return frozenset(stems)


def _patterns(entries: list[tuple[str, str]]) -> Patterns:
    return Patterns(
        whole={word: name for word, name in entries if not word.endswith("*")},
        beginnings={word[:-1]: name for word, name in entries if word.endswith("*")},
    )
