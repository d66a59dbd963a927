"""
What single words tell of whoever is described by them: a soldier, an office, a name, a paper.

A word that a list explains is what the list says. A name is a word with a capital that no list
explains; at the beginning of a sentence that is a guess, and the only one there is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from transcription.quotation.lexicon import Lexicon


class Being(StrEnum):
    """What sort of speaker a wording describes."""

    PARTICIPANT = "participant"
    """Somebody without a name, as voices in recordings are described: a soldier, a voice."""
    NAMED = "named"
    """The same with a name: soldier Vlad."""
    PERSON = "person"
    OFFICIAL = "official"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    DOCUMENT = "document"
    RECORDING = "recording"
    FOOTAGE = "footage"
    PRONOUN = "pronoun"
    OTHER = "other"


_LISTED = (
    (Being.FOOTAGE, ("footage",)),
    (Being.PARTICIPANT, ("participants", "voices")),
    (Being.OFFICIAL, ("officials",)),
    (Being.OUTLET, ("outlets",)),
    (Being.ORGANISATION, ("organisations",)),
    (Being.DOCUMENT, ("documents",)),
    (Being.RECORDING, ("recordings", "exchanges")),
)

_PRONOUNS = ("pronouns_person", "pronouns_thing", "pronouns_plural", "pronouns_other")
_TOKEN = re.compile(r"[^\W_](?:[\w'’ʼ/-]|\.(?=\w))*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the reporter, and what the lists know of it."""

    text: str
    start: int
    end: int
    being: Being | None
    named: bool


def tokens(frame: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """The words of a stretch."""
    listed = _listed(frame, start, end, lexicon)
    found: list[Token] = []
    for word in _TOKEN.finditer(frame, start, end):
        being = listed.get(word.start())
        known = being is not None or lexicon.lists(
            word[0], "stops", "determiners", "demonyms", "adverbs", "conjunctions"
        )
        named = word[0][0].isupper() and not known
        found.append(Token(word[0], word.start(), word.end(), being, named))
    return found


def being_of(words: Sequence[Token]) -> Being:
    """What the words of a speaker describe together, the most telling first."""
    beings = {word.being for word in words}
    named = any(word.named for word in words)
    for being in (Being.OUTLET, Being.OFFICIAL):
        if being in beings:
            return being
    if Being.PARTICIPANT in beings:
        return Being.NAMED if named else Being.PARTICIPANT
    for being in (Being.ORGANISATION, Being.FOOTAGE, Being.RECORDING, Being.DOCUMENT):
        if being in beings:
            return being
    if named:
        return Being.PERSON
    return Being.PRONOUN if Being.PRONOUN in beings else Being.OTHER


def _listed(frame: str, start: int, end: int, lexicon: Lexicon) -> dict[int, Being]:
    """For each place where a listed wording stands in a stretch, what it describes."""
    found: dict[int, Being] = {}
    for match in lexicon.pattern(*_PRONOUNS).finditer(frame, start, end):
        found[match.start()] = Being.PRONOUN
    for being, lists in reversed(_LISTED):
        for match in lexicon.pattern(*lists).finditer(frame, start, end):
            for word in _TOKEN.finditer(frame, match.start(), match.end()):
                found[word.start()] = being
    return found
