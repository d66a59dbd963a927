"""Where it was, how a place stands in the fighting, and who holds which share of it."""

from collections.abc import Iterable, Iterator

from app.claims.deeds import Part, Situation
from app.claims.facts import Control, PlaceSituation
from app.claims.predicates import Predicate
from app.claims.reading.justice import named
from app.claims.reading.lexicon import meanings
from app.claims.reading.page import FAR, HEARD, Page, Sentence, tidy
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.terms import Operator, PlaceStatus, Unit
from app.claims.values import Place, Quantity

_WHOLE = 100


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """What a sentence says of places."""
    yield from _where(page, sentence)
    yield from _held(page, sentence)
    yield from _situations(page, sentence)


def _where(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """The places of a sentence that speaks of an event or of what was recorded."""
    if page.mentioned(sentence, "placing") is None:
        return
    role = SubjectRole.RECORDING if page.mentioned(sentence, *HEARD) else SubjectRole.INCIDENT
    found = [
        (match, status)
        for name, status in (
            ("place", PlaceStatus.NAMED),
            ("same_place", PlaceStatus.DESCRIBED_ONLY),
        )
        for match in page.wordings(sentence, name)
    ]
    until = 0
    for match, status in sorted(found, key=lambda each: (each[0].start(), -each[0].end())):
        if match.start() >= until:
            until = match.end()
            groups = match.groupdict()
            larger = groups.get("within")
            yield Draft(
                place=sentence.at(match),
                predicate=Predicate.PLACE,
                value=Place(
                    name=tidy(match["name"]),
                    within=(tidy(larger),) if larger and larger.strip() else (),
                    status=status,
                ),
                modality=page.modality(sentence.at(match), adjectives=FAR),
                role=role if status is PlaceStatus.NAMED else SubjectRole.INCIDENT,
                why="named where the text tells of what happened",
            )


def _held(page: Page, sentence: Sentence) -> Iterator[Draft]:
    for match in page.wordings(sentence, "control"):
        share = int(match["share"])
        if share > _WHOLE:
            continue
        by = match["by"] or match["holder"]
        yield Draft(
            place=sentence.at(match),
            predicate=Predicate.TERRITORIAL_CONTROL,
            value=Control(
                by=named(by),
                share=Quantity(operator=Operator.EXACTLY, amount=10 * share, unit=Unit.PER_MILLE),
            ),
            role=SubjectRole.PLACE,
            subject=match["place"],
            why="a share of a place that somebody is said to hold",
        )


def _situations(page: Page, sentence: Sentence) -> Iterator[Draft]:
    for situation, name in meanings(page.language, "wording_situation", Situation):
        for match in page.wordings(sentence, name.removeprefix("wording_")):
            groups = match.groupdict()
            whole = bool(page.lexicon.data.get("whole_of")) and page.lexicon.mentions(
                match[0], "whole_of"
            )
            by = groups.get("by")
            yield Draft(
                place=sentence.at(match),
                predicate=Predicate.SITUATION,
                value=PlaceSituation(
                    situation=situation,
                    part=Part.WHOLE if whole else Part.UNSTATED,
                    by=named(by) if by else None,
                ),
                role=SubjectRole.PLACE,
                subject=match["place"],
                why="how a place stands in the fighting",
            )
