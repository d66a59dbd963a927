"""What sort of thing a recording, a material or an incident is said to be."""

import re
from collections.abc import Iterable

from app.claims.facts import Kind
from app.claims.predicates import Predicate
from app.claims.reading.lexicon import meanings
from app.claims.reading.page import Page, Sentence
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.terms import Modality, Nature
from transcription.quotation.proposal import Stretch

_HEARD = {
    Nature.RADIO_TRAFFIC,
    Nature.PHONE_CALL,
    Nature.CONVERSATION,
    Nature.COMMUNICATIONS,
}
_SEEN = {
    Nature.VIDEO,
    Nature.DRONE_VIDEO,
    Nature.SCREENSHOT,
    Nature.PHOTOGRAPH,
    Nature.DOCUMENT,
}
_DATED = {Nature.OPERATION, Nature.ATTACK, Nature.ENCOUNTER}
"""Words that many things are called by: told of an incident where a date stands right beside them."""
_PREPOSITION = 5
_HEDGE = 24
"""How many characters before a noun its adjective ("purported") may begin."""


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """Each sort that a text speaks of, once plainly and once as only alleged."""
    found = [
        (match, nature)
        for nature, name in meanings(page.language, "nature", Nature)
        for match in page.found(sentence, name)
    ]
    for match, nature in found:
        if any(
            other is not match
            and other.start() <= match.start()
            and match.end() <= other.end()
            and len(other[0]) > len(match[0])
            for other, _ in found
        ):
            continue
        before = sentence.text[max(0, match.start() - _HEDGE) : match.start()]
        hedged = page.lexicon.matcher(r"(?<!\w)@hedge_alleged@(?:\s+\w+)?\s+\Z").search(before)
        modality = Modality.ALLEGED if hedged else Modality.ASSERTED
        own = page.lexicon.pattern("hedge_alleged").match(match[0])
        if own:
            modality = Modality.ALLEGED
        if nature in _DATED and not _is_dated(page, sentence, match):
            continue
        if not page.first((nature, modality)):
            continue
        place = sentence.at(match)
        if hedged:
            place = Stretch(place.start - len(hedged[0]), place.end)
        yield Draft(
            place=place,
            predicate=Predicate.NATURE,
            value=Kind(nature=nature),
            role=_role(nature),
            modality=modality,
            subject=match[0],
            why=f"called “{match[0]}”" + (f", and “{hedged[0].strip()}”" if hedged else ""),
        )


def _is_dated(page: Page, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a time stands right before a word ("the November attack"), or a preposition behind it."""
    place = sentence.at(match)
    return any(
        0 <= place.start - each.end <= 1 or 0 <= each.start - place.end <= _PREPOSITION
        for each in page.times(sentence)
    )


def _role(nature: Nature) -> SubjectRole:
    if nature in _HEARD:
        return SubjectRole.RECORDING
    return SubjectRole.MATERIAL if nature in _SEEN else SubjectRole.INCIDENT
