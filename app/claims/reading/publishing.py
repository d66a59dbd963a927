"""That something was released, posted or shared; and how it is said to stand to an event."""

from collections.abc import Iterable, Iterator

from app.claims.facts import EventLink, Publication
from app.claims.predicates import Predicate
from app.claims.reading.justice import named
from app.claims.reading.lexicon import meanings
from app.claims.reading.page import Page, Sentence
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.temporal.resolver import resolve
from app.claims.terms import Channel, EventLinkKind, PublishingAct, SubjectKind
from app.claims.values import TemporalValue
from transcription.quotation.proposal import Stretch

_AFTER = 160
_WHEN = 40


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """What a sentence says of making things known, and of their tie to events."""
    yield from _releases(page, sentence)
    yield from _links(page, sentence)


def _releases(page: Page, sentence: Sentence) -> Iterator[Draft]:
    taken: list[range] = []
    for name, shared in (("shared", True), ("released", False)):
        for match in page.wordings(sentence, name):
            if any(match.start("by") in each or match.end() in each for each in taken):
                continue
            act = PublishingAct.SHARED if shared else _act(page, match["act"])
            rest = sentence.text[match.end() : match.end() + _AFTER]
            passive = not shared and match.start("by") > match.start("act")
            from_here = 0 if passive or act is PublishingAct.POSTED else match.start()
            thing = page.lexicon.pattern("published_things").search(sentence.text, from_here)
            if act is None or (thing is None and not shared):
                continue
            taken.append(range(match.start(), match.end() + 1))
            seen = (
                None if shared else page.lexicon.pattern("published_material").search(rest[:_WHEN])
            )
            yield Draft(
                place=sentence.at(match),
                predicate=Predicate.PUBLICATION,
                value=Publication(
                    act=act,
                    by=named(match["by"]),
                    channel=_channel(page, match[0] + rest),
                    when=_when(
                        page, sentence, match.start(), match.end() + (0 if shared else _AFTER)
                    ),
                ),
                role=SubjectRole.MATERIAL if seen else SubjectRole.RECORDING,
                subject=thing[0] if thing and not shared else None,
                why="says that it was made known" if not shared else "says that it was handed on",
            )


def _act(page: Page, verb: str) -> PublishingAct | None:
    acts = meanings(page.language, "publishing", PublishingAct)
    return next((word for word, name in acts if page.lexicon.lists(verb, name)), None)


def _channel(page: Page, text: str) -> Channel:
    channels = meanings(page.language, "channel", Channel)
    known = (word for word, name in channels if page.lexicon.mentions(text, name))
    return next(known, Channel.UNSTATED)


def _when(page: Page, sentence: Sentence, first: int, last: int) -> TemporalValue | None:
    """The time that is told beside the verb, resolved or as it is worded."""
    start, end = sentence.place.start + first, sentence.place.start + last
    for each in page.times(sentence):
        if start <= each.start <= end:
            return each.value
    vague = page.lexicon.data.get("vague_times")
    match = (
        page.lexicon.pattern("vague_times").search(sentence.text, first, last) if vague else None
    )
    if match is None:
        return None
    return resolve(match[0], language=page.language, published=page.published)


def _links(page: Page, sentence: Sentence) -> Iterator[Draft]:
    for kind in (EventLinkKind.COINCIDES, EventLinkKind.SAME_ENCOUNTER, EventLinkKind.DEPICTS):
        for match in page.wordings(sentence, f"link_{kind.value}"):
            depicts = kind is EventLinkKind.DEPICTS
            yield Draft(
                place=sentence.at(match),
                predicate=Predicate.EVENT_LINK,
                value=EventLink(kind=kind, to_kind=SubjectKind.INCIDENT, to_id=""),
                role=SubjectRole.MATERIAL if depicts else SubjectRole.RECORDING,
                subject=match["to"] if depicts else None,
                modality=page.modality(
                    Stretch(sentence.at(match).start, sentence.at(match).end), adjectives=0
                ),
                why="says how it stands to an event; which event, a person says",
            )
