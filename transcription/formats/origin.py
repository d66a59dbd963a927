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

_SAID = re.compile(r"\[?Machine-made, not checked by a person: (.+?)\]?\Z")


def sentence(machine: str) -> str:
    """What is written: the sentence, on one line."""
    return f"Machine-made, not checked by a person: {one_line(machine) or 'engine not stated'}"


def bracketed(machine: str) -> str:
    """The sentence as a line of its own between what is spoken."""
    return f"[{sentence(machine)}]"


def machine(text: str) -> str | None:
    """The machine that the sentence names; `None` for any other text."""
    found = _SAID.match(text.strip())
    return found[1] if found else None
