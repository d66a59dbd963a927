"""
What is known about the words of a language, kept as data: one JSON file per language.

A file lists what comparison needs and no more, and `README.md` beside it says what each list
decides and why. An entry ending in `*` stands for every word that begins so, two words for
those two in a row; `|` separates spellings of one member. A word listed nowhere is simply
itself: nothing is guessed.

Only listed words are ever called variants, so a set is a decision about meaning and is
reviewed like one.
"""

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from transcription.alignment.lexicon.english import english_forms, english_stems
from transcription.alignment.lexicon.patterns import Patterns, named, patterns
from transcription.alignment.lexicon.verbs import Classes, Verbs
from transcription.errors import UnsupportedLanguage

LANGUAGES = frozenset({"en", "ru", "uk"})
"""Languages with a lexicon; in any other, words are aligned but meaning is not compared."""

_SHORTEST_STEM = 3
_SHORTEST_DENIED = 4


@dataclass(frozen=True, eq=False)
class Lexicon:
    """One language's words, ready for questions; all words are in folded form."""

    language: str
    light: frozenset[str]
    fillers: frozenset[str]
    common: frozenset[str]
    negators: frozenset[str]
    binding: frozenset[str]
    """Negators that deny the word after them, and so mean something else before another."""
    emphatic: frozenset[str]
    """Negators that only strengthen another one, as "никто" does "не"."""
    negating: tuple[str, ...]
    """What a word may begin with to mean its opposite."""
    reservations: Patterns
    cut_off: frozenset[str]
    """Kinds of reservations that also count where they follow."""
    grammar: frozenset[str]
    """Words that carry no content by themselves: common and light ones, and negators."""
    joiners: frozenset[str]
    particles: frozenset[str]
    prepositions: frozenset[str]
    adverbs: frozenset[str]
    modal_words: frozenset[str]
    """Words that rule over what stands on either side of them."""
    quantified: frozenset[str]
    """Words that mean another quantity with an article than without."""
    auxiliaries: frozenset[str]
    told_apart: frozenset[str]
    """Words of which another differs by ё alone, which most people and engines write as е."""
    actions: frozenset[str]
    opposites: frozenset[frozenset[str]]
    sets: Patterns
    members: dict[str, Patterns]
    endings: frozenset[str]
    cases: tuple[frozenset[str], ...]
    passive_endings: tuple[str, ...]
    verbs: Verbs
    irregular: dict[str, str]

    def concept(self, key: str) -> str | None:
        """The set of interchangeable words that this one is listed in."""
        return self.sets.find(key)

    def reservation(self, key: str) -> str | None:
        """What kind of reservation a word makes: a condition, a possibility, a report …"""
        return self.reservations.find(key)

    def phrase(self, first: str, second: str) -> str | None:
        """The set in which two words together are listed, such as "everyone else"."""
        return self.sets.together(first, second)

    def opposed(self, one: str | None, other: str | None) -> bool:
        """Whether two sets are listed as opposites."""
        return frozenset((one, other)) in self.opposites

    def denied(self, one: str, other: str) -> bool:
        """Whether one of two words is the other with a beginning that denies it ("unsafe")."""
        if not (one.endswith(other) or other.endswith(one)):
            return False
        short, long = sorted((one, other), key=len)
        return len(short) >= _SHORTEST_DENIED and any(long == p + short for p in self.negating)

    def exclusion(self, one: str, other: str) -> str | None:
        """The name of a set in which these are two members that exclude each other."""
        for name, members in self.members.items():
            first, second = members.find(one), members.find(other)
            if first is not None and second is not None and first != second:
                return name
        return None

    def stems(self, key: str) -> frozenset[str]:
        """What this word could be a form of, judged by its ending alone; itself among them."""
        return _stems(self, key)

    def inflected(self, one: str, other: str) -> bool:
        """Whether two different words are forms of one, by their endings alone."""
        return not self.stems(one).isdisjoint(self.stems(other))

    def voice_may_differ(self, one: str, other: str) -> bool:
        """Whether only one of two forms has an ending that passives have ("убил", "убит")."""
        return one.endswith(self.passive_endings) != other.endswith(self.passive_endings)

    def same_case(self, one: str, other: str) -> bool:
        """Whether the endings of two different nouns or adjectives are those of one case."""
        return self._case(one) == self._case(other)

    def verb(self, key: str) -> Classes:
        """What a word may be as a form of a verb; nothing, if it is none for all that is known."""
        return self.verbs.classes(key, listed=self.concept(key) in self.actions)

    def _case(self, key: str) -> int | None:
        """Which of the listed groups of endings a word ends in, the longest ending first."""
        cuts = (key[at:] for at in range(1, len(key)))
        found = ((number, cut) for cut in cuts for number, g in enumerate(self.cases) if cut in g)
        return next((number for number, _ in found), None)


@lru_cache(maxsize=65_536)
def _stems(known: Lexicon, key: str) -> frozenset[str]:
    if known.language == "en":
        base = known.irregular.get(key)
        return english_stems(key) | ({base} if base else frozenset())
    cuts = range(_SHORTEST_STEM, len(key))
    return frozenset({key, *(key[:cut] for cut in cuts if key[cut:] in known.endings)})


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language; `UnsupportedLanguage` when there is none."""
    if language not in LANGUAGES:
        raise UnsupportedLanguage(language, by="the comparison of meaning")
    source = resources.files(__package__).joinpath(f"{language}.json")
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    antonyms = {
        words.replace("|", " or "): words.split("|") for pair in data["antonyms"] for words in pair
    }
    sets = [
        (word, name)
        for lists in (data["actions"], data["things"], antonyms)
        for name, words in lists.items()
        for entry in words
        for word in (
            english_forms(entry) if language == "en" and lists is not antonyms else {entry}
        )
    ]
    opposites = [
        *data["opposites"],
        *([w.replace("|", " or ") for w in p] for p in data["antonyms"]),
    ]
    words = {
        name: frozenset(data.get(name, ()))
        for name in (
            "common", "negators", "binding", "emphatic", "cut_off", "joiners", "particles",
            "prepositions", "adverbs", "modal_words", "quantified", "auxiliaries", "actions",
            "endings", "fillers", "told_apart",
        )
    }  # fmt: skip
    irregular = {form: base for base, forms in data.get("irregular", {}).items() for form in forms}
    light = frozenset(data.get("articles", ())) | words["fillers"]
    return Lexicon(
        **words,
        language=language,
        light=light,
        grammar=words["common"] | light | words["negators"],
        negating=tuple(data["negating"]),
        reservations=named(data["cues"]),
        opposites=frozenset(frozenset(pair) for pair in opposites),
        sets=patterns(sets),
        members={
            name: patterns([(word, entry) for entry in entries for word in entry.split("|")])
            for name, entries in data["excluding"].items()
        },
        cases=tuple(frozenset(group) for group in data.get("cases", ())),
        passive_endings=tuple(data.get("passive_endings", ())),
        verbs=_verbs(data, irregular),
        irregular=irregular,
    )


def _verbs(data: dict[str, Any], irregular: dict[str, str]) -> Verbs:
    known = {word: frozenset[str]() for word in data["nominal"]}
    known |= {form: frozenset({"past"}) for form in irregular}
    known |= {word: frozenset({"base", "past"}) for word in data.get("unchanging", ())}
    known |= {
        word: frozenset(filter(None, classes.split(", ")))
        for word, classes in data.get("forms", {}).items()
    }
    forms: dict[str, list[str]] = data.get("verb_forms", {})
    endings = {ending for found in forms.values() for ending in found}
    by_ending = {
        ending: frozenset(name for name, found in forms.items() if ending in found)
        for ending in endings
    }
    strict = tuple(data.get("strict", ()))
    return Verbs(by_ending, known, strict, english=data["language"] == "en")
