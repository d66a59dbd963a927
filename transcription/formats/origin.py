"""
How a transcript file says that a machine made it, in formats that have no field for it.

A caption or a line of text in square brackets says it in words, in front of everything else,
and is recognised when the file is read again, so that it never becomes something spoken. The
sentence carries the engine and its notice ("Draft …", "Exercise model …").
"""

import re

from transcription.formats.wording import one_line

TIER = "machine-made"
"""The name of the tier, or of the property, that says it in annotation files."""

CORRECTED = " (corrected by a person)"
"""How the name of a machine ends where a person went over what it made."""

_UNCHECKED = "Machine-made, not checked by a person"
_WENT_OVER = "Machine-made and corrected by a person"
_SAID = re.compile(rf"\[?({_UNCHECKED}|{_WENT_OVER}): (.+?)\]?\Z")


def sentence(machine: str) -> str:
    """What is written: the sentence, on one line."""
    name = one_line(machine)
    lead = _WENT_OVER if name.endswith(CORRECTED) else _UNCHECKED
    return f"{lead}: {name.removesuffix(CORRECTED) or 'engine not stated'}"


def bracketed(machine: str) -> str:
    """The sentence as a line of its own between what is spoken."""
    return f"[{sentence(machine)}]"


def machine(text: str) -> str | None:
    """The machine that the sentence names; `None` for any other text."""
    found = _SAID.match(text.strip())
    if found is None:
        return None
    return found[2] + CORRECTED if found[1] == _WENT_OVER else found[2]
