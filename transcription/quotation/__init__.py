"""
The quotes of a published text, read by rules and proposed to a person.

`propose` is the one door. It finds passages by their marks (`punctuation`, `pairing`) and
without (`unmarked`), asks of each who speaks (`sentences`, `subjects`, `sayings`, `attribution`),
what it is from (`targets`), which it answers (`replies`) and how often it is said to have been
spoken (`counting`), and types the signs in it (`typed`), all by word lists (`lexicon`). It is a
pure function of its arguments and of the lists: the same text gives the same answer on every
machine, under `VERSION`. It proposes; nothing is a quote until somebody accepts it.
"""

from dataclasses import dataclass

from transcription.errors import TextTooLong
from transcription.language import UNDETERMINED, by_letters, primary
from transcription.quotation.assembly import assembled, unread
from transcription.quotation.layout import paragraphs
from transcription.quotation.lexicon import LANGUAGES, load
from transcription.quotation.pairing import paired
from transcription.quotation.passage import nested
from transcription.quotation.proposal import (
    Claim,
    CountOperator,
    Proposal,
    QuoteForm,
    Sign,
    SignKind,
    Speaker,
    Stretch,
    Target,
    Way,
)
from transcription.quotation.reading import Reader
from transcription.quotation.typed import typed
from transcription.quotation.unmarked import unmarked

METHOD = "quotation-rules"
VERSION = "1"
MAX_PASSAGES = 5_000
"""How many passages of one text are proposed; the rest is told not to have been read."""
MAX_CHARACTERS = 2_000_000
"""The longest text that is read: as long as the longest snapshot of a report."""

__all__ = [
    "MAX_CHARACTERS",
    "METHOD",
    "VERSION",
    "Claim",
    "CountOperator",
    "Proposal",
    "QuoteForm",
    "Reading",
    "Sign",
    "SignKind",
    "Speaker",
    "Stretch",
    "Target",
    "Way",
    "propose",
    "typed",
]


@dataclass(frozen=True, slots=True)
class Reading:
    """The proposals for one text, in its order, and the language it was read in."""

    language: str
    proposals: tuple[Proposal, ...]
    note: str = ""
    """What could not be read at all, in a sentence; empty for nothing."""


def propose(text: str, *, language: str | None = None) -> Reading:
    """
    The quotes of a text.

    `language` is a BCP 47 tag; without one, or with `und`, the letters decide. In a language without
    rules passages are found by their marks alone and their targets stay undetermined. Raises
    `TextTooLong`, and `UnsupportedLanguage` for what is no tag.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong("text", unit="characters", allowed=MAX_CHARACTERS)
    spoken = primary(language)
    if spoken == UNDETERMINED:
        spoken = by_letters(text)
    lexicon = load(spoken) if spoken in LANGUAGES else None
    laid = paragraphs(text)
    marked = paired(text, laid, lexicon)
    found = nested([*marked, *unmarked(text, laid, marked, lexicon)], text)
    passages = found[:MAX_PASSAGES]
    left_out = len(found) - len(passages)
    note = f"{left_out} more passages were not read" if left_out else ""
    if lexicon is None:
        why = f"there are no rules for the language {spoken!r}: passages are told by marks alone"
        note = f"{why}; {note}" if note else why
        return Reading(spoken, unread(text, passages, spoken, why), note)
    findings = Reader(text, laid, passages, lexicon).read()
    return Reading(spoken, assembled(text, findings, spoken), note)
