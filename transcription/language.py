"""
Which language something is in, as far as comparison needs to know.

Only the primary subtag of a BCP 47 tag is kept (`ru` of `ru-RU`): comparison rules are per
language, and engines name nothing finer. Unknown is `und`, as the standard spells it.
"""

import re

from transcription.errors import UnsupportedLanguage

UNDETERMINED = "und"
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*\Z")
_UKRAINIAN = frozenset("іїєґ")
_CYRILLIC = range(0x0400, 0x0530)
# Names as Whisper writes them, and ISO 639-2 codes as ELAN does, where 639-1 has a shorter one.
_NAMES = {
    "english": "en",
    "russian": "ru",
    "ukrainian": "uk",
    "eng": "en",
    "rus": "ru",
    "ukr": "uk",
}


def primary(tag: str | None) -> str:
    """The primary subtag in lower case; `und` for none; `UnsupportedLanguage` for no tag at all."""
    if tag is None or not tag.strip():
        return UNDETERMINED
    named = _NAMES.get(tag.strip().casefold())
    if named:
        return named
    found = _TAG.match(tag.strip())
    if not found:
        raise UnsupportedLanguage(tag[:40], by="BCP 47")
    return found[1].lower()


def by_letters(text: str) -> str:
    """
    The likeliest of the three languages by the letters alone; `und` where there are none.

    Mostly Cyrillic with any of і ї є ґ is taken for Ukrainian, without them for Russian; else English.
    """
    letters = [letter for letter in text.casefold() if letter.isalpha()]
    if not letters:
        return UNDETERMINED
    cyrillic = sum(ord(letter) in _CYRILLIC for letter in letters)
    if 2 * cyrillic < len(letters):
        return "en"
    return "uk" if _UKRAINIAN.intersection(letters) else "ru"
