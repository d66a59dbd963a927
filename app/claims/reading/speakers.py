"""Who speaks in a recording and to whom: roles, how many, whether it is known who they are."""

import re
from collections.abc import Iterable

from app.agents.models import IdentityStatus
from app.claims.facts import Role, SpeakerIdentity
from app.claims.predicates import Predicate
from app.claims.reading.lexicon import meanings
from app.claims.reading.numbers import numbers
from app.claims.reading.page import FAR, Page, Sentence, tidy
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.terms import Operator, RoleKind
from app.claims.values import Count
from transcription.quotation.proposal import Stretch


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """What a sentence about a recording says of those who speak in it."""
    if not page.hears(sentence, "heard"):
        return
    heard = SubjectRole.RECORDING
    for match in page.wordings(sentence, "unknown_speaker"):
        yield Draft(
            place=sentence.at(match),
            predicate=Predicate.SPEAKER_IDENTITY,
            value=SpeakerIdentity(identity=IdentityStatus.UNKNOWN),
            role=heard,
            why="says that it is not known who speaks",
        )
    for name, predicate, why in (
        ("speaker", Predicate.SPEAKER_ROLE, "described as speaking in it"),
        ("addressee", Predicate.ADDRESSEE_ROLE, "described as spoken to in it"),
    ):
        for match in page.wordings(sentence, name):
            title = tidy(match["title"])
            head, _, rest = title.partition(" ")
            if page.lexicon.lists(head, "unknown_adjectives"):
                title = rest
            kind = role_kind(page, title)
            place = _titled(sentence, match, title)
            if kind is None or page.quoted(place) or not page.first((predicate, title.casefold())):
                continue
            yield Draft(
                place=place,
                modality=page.modality(place, adjectives=FAR),
                predicate=predicate,
                value=Role(kind=kind, title=title),
                role=heard,
                why=why,
            )
    yield from _counted(page, sentence)
    for match in page.wordings(sentence, "several_speakers"):
        yield Draft(
            place=sentence.at(match),
            predicate=Predicate.SPEAKER_COUNT,
            value=Count(operator=Operator.SEVERAL),
            role=heard,
            why="speaks of voices, more than one",
        )


def _counted(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """How many voices there are, where a number says so."""
    for number in numbers(page, sentence):
        behind = page.lexicon.matcher(r"\s+(?:\w+\s+)?@voices_counted@(?!\w)").match(
            sentence.text, number.end
        )
        if behind:
            start = sentence.place.start
            yield Draft(
                place=Stretch(start + number.start, start + behind.end()),
                predicate=Predicate.SPEAKER_COUNT,
                value=number.count,
                role=SubjectRole.RECORDING,
                why="a number of voices",
            )


def _titled(sentence: Sentence, match: re.Match[str], title: str) -> Stretch:
    """Where a title stands, without what was cut off before it."""
    place = sentence.at(match, "title")
    words = match["title"]
    cut = (
        len(words) - len(words.lstrip())
        if tidy(words) == title
        else words.index(title.split(maxsplit=1)[0])
    )
    return Stretch(place.start + cut, place.end)


def role_kind(page: Page, title: str) -> RoleKind | None:
    """What a printed title is in kind: by the last word of it that a list knows."""
    best: tuple[int, RoleKind] | None = None
    for kind, name in meanings(page.language, "role", RoleKind):
        for match in page.lexicon.pattern(name).finditer(title):
            if best is None or match.start() < best[0]:
                best = match.start(), kind
    return best[1] if best else None
