"""Who was asked for comment, by whom, and what came of it."""

from collections.abc import Iterable

from app.claims.deeds import CommentOutcome
from app.claims.facts import CommentRequest
from app.claims.predicates import Predicate
from app.claims.reading.justice import named
from app.claims.reading.lexicon import meanings
from app.claims.reading.page import Page, Sentence
from app.claims.reading.proposal import Draft, SubjectRole
from transcription.quotation.proposal import Stretch


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """The request of a sentence; the outcome may stand in the same sentence or the next."""
    for match in page.wordings(sentence, "asked"):
        groups = match.groupdict()
        told = _outcome(page, sentence)
        verb = "verb" if groups.get("verb") else 0
        start, end = sentence.at(match, verb).start, sentence.at(match).end
        if told is not None:
            start, end = min(start, told[1].start), max(end, told[1].end)
        if not page.first(("comment", sentence.place)):
            return
        yield Draft(
            place=Stretch(start, end),
            predicate=Predicate.COMMENT_REQUEST,
            value=CommentRequest(
                by=named(groups["by"]) if groups.get("by") else None,
                of=named(groups["of"]),
                outcome=told[0] if told else CommentOutcome.PENDING,
            ),
            role=SubjectRole.RECORDING,
            why="a request for comment" + ("" if told else ", of which no outcome is told"),
        )


def _outcome(page: Page, sentence: Sentence) -> tuple[CommentOutcome, Stretch] | None:
    """What came of it, in this sentence or the one after it."""
    following = next(
        (each for each in page.beside(sentence) if each.place.start >= sentence.place.end),
        None,
    )
    for place in (sentence, following):
        if place is None:
            continue
        for outcome, name in meanings(page.language, "outcome", CommentOutcome):
            match = page.lexicon.pattern(name).search(place.text)
            if match:
                return outcome, place.at(match)
    return None
