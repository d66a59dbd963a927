"""
The words that tell of time, per language, as data files beside this module.

A file lists, for each notion, the forms in which it is written: declined, abbreviated, with and without
"ё". Nothing is inflected by rule: a form that is not listed is not known. `Code` is the
one letter that a notion has in the rules (`points`, `phrases`); a form has one notion only, so that
what a rule matches never depends on the order of the lists.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("en", "ru", "uk")
APOSTROPHES = str.maketrans("’ʼ`", "'''")
LONGEST_ENTRY = 7
"""No entry has more words than this."""

_SINGLE = {
    "ago": "G",
    "past": "p",
    "light": "l",
    "since": "s",
    "from": "F",
    "between": "F",
    "to": "t",
    "until": "u",
    "and": "a",
    "before": "B",
    "after": "A",
    "as_of": "o",
    "so_far": "f",
    "approximately": "q",
    "half": "H",
    "night_to": "n",
    "number_nouns": "x",
    "vague_numbers": "v",
    "vague": "w",
    "elsewhere": "e",
    "clock_words": "k",
    "tonight": "i",
    "overnight": "y",
}
"""Lists without a value of their own."""
_VALUED = {
    "seasons": "S",
    "parts": "P",
    "units": "U",
    "deictic": "L",
    "days": "R",
    "years": "J",
    "numbers": "N",
    "ordinals": "O",
    "decades": "K",
    "stretches": "E",
    "zones": "Z",
    "events": "V",
}
_NUMBERED = {"deictic", "days", "years", "numbers", "ordinals", "decades"}


@dataclass(frozen=True, eq=False)
class Words:
    """The word lists of one language; `entries` by their words, each a code and a value."""

    language: str
    data: dict[str, Any] = field(repr=False)
    entries: dict[tuple[str, ...], tuple[str, Any]] = field(repr=False)
    capitalised: frozenset[str] = field(repr=False)

    @property
    def night_is_either(self) -> bool:
        """Whether the night of a day may be the one before it as well as the one after."""
        return bool(self.data["night"] == "either")

    def hints(self, name: str) -> frozenset[str]:
        """Words that only the finding in running text looks at."""
        return frozenset(self.data["finding"][name])


def key(text: str) -> tuple[str, ...]:
    """The words of an entry, folded as they are looked up."""
    return tuple(text.casefold().translate(APOSTROPHES).replace("-", " ").split())


@cache
def load(language: str) -> Words:
    """The lists of a language; `KeyError` for one without any."""
    if language not in LANGUAGES:
        raise KeyError(language)
    source = resources.files(__package__).joinpath(f"{language}.json")
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    entries: dict[tuple[str, ...], tuple[str, Any]] = {}
    for form, code, value in _forms(data):
        entries.setdefault(key(form), (code, value))
    return Words(language, data, entries, frozenset(data["capitalised"]))


def _forms(data: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for code, name in (("M", "months"), ("W", "weekdays")):
        for number, forms in enumerate(data[name]):
            for form in forms:
                yield form, code, number + 1 if code == "M" else number
    for name, code in _VALUED.items():
        for value, forms in data[name].items():
            for form in forms:
                yield form, code, int(value) if name in _NUMBERED else value
    for name, code in _SINGLE.items():
        for form in data[name]:
            yield form, code, None
