"""Military units and those they are part of, as printed: the smallest first."""

import re
from collections.abc import Iterable

from app.agents.models import IdentityStatus
from app.claims.facts import UnitChain
from app.claims.predicates import Predicate
from app.claims.reading.page import Page, Sentence, tidy
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.values import Named
from transcription.quotation.proposal import Stretch

_MARKS = '“”"«»„ '


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """The chains of units in a sentence that says that these took part."""
    if page.mentioned(sentence, "unit_involved") is None:
        return
    for chain in _chains(page, sentence):
        names = [_name(match) for match in chain]
        place = Stretch(sentence.at(chain[0]).start, sentence.at(chain[-1]).end)
        if not page.first(("unit", tuple(name.name for name in names))):
            continue
        yield Draft(
            place=place,
            predicate=Predicate.UNIT,
            value=UnitChain(units=tuple(names)),
            role=SubjectRole.INCIDENT,
            why="a unit that is said to have taken part"
            + (", with those it is said to be part of" if len(names) > 1 else ""),
        )


def _chains(page: Page, sentence: Sentence) -> list[list[re.Match[str]]]:
    """Units that words like "of the" or "part of" join."""
    joins = page.lexicon.matcher(r"\s*(?:@unit_joins@)?\s*(?:@demonyms@\s+)?\Z")
    chains: list[list[re.Match[str]]] = []
    for match in page.wordings(sentence, "unit"):
        if match[0][0] in _MARKS and not _is_unit_in_marks(page, sentence, match):
            continue
        between = sentence.text[chains[-1][-1].end() : match.start()] if chains else None
        joined = between is not None and joins.match(between)
        if (joined and (between or "").strip()) or (joined and page.language != "en"):
            chains[-1].append(match)
        else:
            chains.append([match])
    return chains


def _is_unit_in_marks(page: Page, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a name in quotation marks says that it is of a unit."""
    return page.lexicon.pattern("unit_nouns").search(match[0]) is not None or (
        page.lexicon.matcher(r"@unit_nouns@\s+\Z").search(sentence.text[: match.start()])
        is not None
    )


def _name(match: re.Match[str]) -> Named:
    words = tidy(match[0])
    plain = words.translate({ord(mark): None for mark in '“”"«»„'}).strip()
    named = words != plain or any(letter.isdigit() or letter.isupper() for letter in plain)
    identity = IdentityStatus.NAMED if named else IdentityStatus.DESCRIBED_ONLY
    return Named(name=plain, identity=identity)
