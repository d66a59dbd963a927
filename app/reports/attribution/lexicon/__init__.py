"""
The words by which a report attributes, per language, as data files beside this module.

They add to the word lists by which quotes are read (`transcription.quotation.lexicon`), whose kinds
of speakers, outlets and organisations hold here too; a list of the same name is replaced.
"""

import json
from functools import lru_cache
from importlib import resources

from transcription.quotation.lexicon import LANGUAGES, Lexicon
from transcription.quotation.lexicon import load as load_quotation

__all__ = ["LANGUAGES", "load"]


@lru_cache(maxsize=32)
def load(language: str, publications: tuple[str, ...] = ()) -> Lexicon:
    """
    The lexicon of a language, with names that are known to be of publications.

    Raises `UnsupportedLanguage` when there is none.
    """
    known = load_quotation(language).data
    source = resources.files(__package__).joinpath(f"{language}.json")
    own = json.loads(source.read_text(encoding="utf-8"))
    outlets = [*known["outlets"], *own.get("more_outlets", []), *publications]
    data = {
        **known,
        **own,
        "outlets": outlets,
        "organisations": [*known["organisations"], *own.get("more_organisations", [])],
        "documents": [*known["documents"], *own.get("more_documents", [])],
        "officials": [*known["officials"], *own.get("more_officials", [])],
    }
    return Lexicon(language, data)
