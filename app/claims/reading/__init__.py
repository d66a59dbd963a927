"""
Claims that rules read in a report's text, proposed to a person.

`propose` is the one door. Each concept has its rules (`times`, `natures`, `units`, `speakers`, `counting`, `tallies`,
`justice`, `comments`, `deeds`, `publishing`, `people`), all by word lists and wordings that are data
(`lexicon`); who says it, and through whom, is read by `app.reports.attribution`. A pure function of its
arguments and the lists, under `VERSION`. It proposes; nothing is claimed until somebody accepts it.

Only English has wordings for offices beside names, for how somebody comes to know of it, for ties to events, for
what was handed on ("shared with"), for whom a recording speaks to, for how a place stands in the fighting, and for calls and
condemnations. All else is read in Russian and Ukrainian too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.claims.reading import (
    comments,
    counting,
    deeds,
    justice,
    natures,
    people,
    places,
    publishing,
    speakers,
    tallies,
    times,
    units,
)
from app.claims.reading.lexicon import LANGUAGES
from app.claims.reading.page import Page, Sentence
from app.claims.reading.proposal import Draft, Proposal, SubjectRole
from app.claims.temporal.resolver import Published
from transcription.errors import TextTooLong
from transcription.language import UNDETERMINED, by_letters, primary

METHOD = "claim-rules"
VERSION = "1"
MAX_CHARACTERS = 300_000
"""The longest text that is read while somebody waits."""
MAX_PROPOSALS = 2_000

__all__ = ["METHOD", "VERSION", "Proposal", "Reading", "SubjectRole", "propose"]

_RULES: tuple[Callable[[Page, Sentence], Iterable[Draft]], ...] = (
    times.read,
    places.read,
    natures.read,
    units.read,
    speakers.read,
    counting.read,
    tallies.read,
    justice.read,
    comments.read,
    deeds.read,
    publishing.read,
    people.read,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The proposals for one text, in its order, and the language it was read in."""

    language: str
    proposals: tuple[Proposal, ...]
    note: str = ""
    """What could not be read, in a sentence; empty for nothing."""


def propose(
    text: str,
    *,
    language: str | None = None,
    published: Published = None,
    publications: Sequence[str] = (),
) -> Reading:
    """
    The claims of a text.

    `language` is a BCP 47 tag; without one, or with `und`, the letters decide. In a language without
    rules nothing is read, and the note says so. Raises `TextTooLong`, and `UnsupportedLanguage` for
    what is no tag.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextTooLong("text", unit="characters", allowed=MAX_CHARACTERS)
    spoken = primary(language)
    if spoken == UNDETERMINED:
        spoken = by_letters(text)
    if spoken not in LANGUAGES:
        return Reading(spoken, (), f"there are no rules for the language {spoken!r}")
    page = Page(text, language=spoken, published=published, publications=publications)
    found = list(_once(page.proposal(draft) for draft in _drafts(page)))
    kept = sorted(found, key=lambda each: (each.start, each.end, each.predicate))[:MAX_PROPOSALS]
    left_out = len(found) - len(kept)
    return Reading(spoken, tuple(kept), f"{left_out} more were not kept" if left_out else "")


def _drafts(page: Page) -> Iterator[Draft]:
    for sentence in page.sentences:
        for rule in _RULES:
            yield from rule(page, sentence)


def _once(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """One claim of each predicate for a passage."""
    seen = set()
    for each in proposals:
        key = (each.start, each.end, each.predicate)
        if key not in seen:
            seen.add(key)
            yield each
