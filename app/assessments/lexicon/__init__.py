"""
The words by which people say what they think of a recording, per language, as data files.

A file lists words by what they do: words for a recording being what it is said to be and for
not being that, verbs of checking, negations, hedges, nouns for those who judge and for what is
judged. An entry that ends in `*` stands for every ending; what is not listed is not read.
"""

import json
from functools import cache
from importlib import resources

from transcription.quotation.lexicon import LANGUAGES, Lexicon

__all__ = ["LANGUAGES", "Lexicon", "load"]


@cache
def load(language: str) -> Lexicon | None:
    """The lexicon of a language, or `None` where there is none."""
    if language not in LANGUAGES:
        return None
    source = resources.files(__package__).joinpath(f"{language}.json")
    return Lexicon(language, json.loads(source.read_text(encoding="utf-8")))
