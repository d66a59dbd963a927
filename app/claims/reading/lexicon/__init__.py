"""
The words by which reports claim things, per language, as data files beside this module.

They add to the lists by which quotes and attributions are read. A list named `legal_war_crime` holds the words
for one value of a closed list of values (`terms`, `deeds`); lists named `wording_…` hold
wordings as templates (`[A-Z]` is a capital of either alphabet), in which `@list@` stands for an entry of a list and a group for what is asked. A list that a language lacks is empty: nothing is read by it.
"""

import json
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from app.reports.attribution.lexicon import LANGUAGES
from app.reports.attribution.lexicon import load as load_attribution
from transcription.quotation.lexicon import Lexicon

__all__ = ["LANGUAGES", "load", "meanings"]
Word = TypeVar("Word", bound=StrEnum)


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language; `UnsupportedLanguage` when there is none."""
    blank: dict[str, Any] = {name: [] for each in LANGUAGES for name in _own(each)}
    return Lexicon(language, {**blank, **load_attribution(language).data, **_own(language)})


def _own(language: str) -> dict[str, Any]:
    source = resources.files(__package__).joinpath(f"{language}.json")
    data: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return data


@cache
def meanings(language: str, prefix: str, words: type[Word]) -> tuple[tuple[Word, str], ...]:
    """The values of a closed list for which a language has words, each with the name of its list."""
    data = load(language).data
    named = ((word, f"{prefix}_{word.value}") for word in words)
    return tuple((word, name) for word, name in named if data.get(name))
