"""
Text from outside, refused where no database or encoding could give it back unchanged.

PostgreSQL cannot hold NUL and no encoding can carry a lone surrogate. Everything else is
kept as it came, except that single lines are normalised (NFC) and lose outer white space.
"""

import unicodedata

from app.core.errors import Invalid

MOST_CHARACTERS = 20_000
LINE_CHARACTERS = 500


def prose(text: str, *, field: str) -> str:
    """Text of several lines, as it came; `Invalid` when it is blank or cannot be kept."""
    if not text.strip():
        raise Invalid(f"{field} is empty", field=field)
    return _kept(text, field=field, most=MOST_CHARACTERS)


def line(text: str, *, field: str) -> str:
    """One line of text, tidied; `Invalid` naming `field` when nothing is left of it."""
    tidy = unicodedata.normalize("NFC", _kept(text, field=field, most=LINE_CHARACTERS)).strip()
    if not tidy:
        raise Invalid(f"{field} is empty", field=field)
    if any(unicodedata.category(character) == "Cc" for character in tidy):
        raise Invalid(f"{field} holds a control character", field=field)
    return tidy


def optional_line(text: str | None, *, field: str) -> str | None:
    """One line, or `None` where nothing was given."""
    return line(text, field=field) if text and text.strip() else None


def optional_prose(text: str | None, *, field: str) -> str | None:
    """Prose, or `None` where nothing was given."""
    return prose(text, field=field) if text and text.strip() else None


def _kept(text: str, *, field: str, most: int) -> str:
    if len(text) > most:
        raise Invalid(f"{field} is longer than {most} characters", field=field, allowed=most)
    if "\x00" in text:
        raise Invalid(f"{field} holds a NUL character", field=field)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Invalid(f"{field} holds a lone surrogate, which no encoding can carry", field=field)
    return text
