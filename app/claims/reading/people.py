"""What somebody named is, how somebody comes to know of it, and what somebody calls for."""

import re
from collections.abc import Iterable, Iterator

from app.claims.facts import Knowledge, Role, Utterance
from app.claims.predicates import Predicate
from app.claims.reading.justice import named
from app.claims.reading.lexicon import meanings
from app.claims.reading.page import Page, Sentence, sayer_of, tidy
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.reading.speakers import role_kind
from app.claims.terms import Acquaintance, Modality, Stance

_LONGEST_TITLE = 160


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """What a sentence says of those who speak about the matter."""
    yield from _roles(page, sentence)
    yield from _knowing(page, sentence)
    yield from _stances(page, sentence)


def _roles(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Offices beside names, once for each."""
    for match in page.wordings(sentence, "role"):
        title, name = tidy(match["title"]), tidy(match["name"])
        kind = role_kind(page, title)
        if kind is None or len(title) > _LONGEST_TITLE:
            continue
        if page.lexicon.lists(title.split()[0], "not_titles") or not page.first(("role", name)):
            continue
        of = next(
            (
                found
                for each in page.lexicon.data["wording_role_of"]
                if (found := re.search(each, title))
            ),
            None,
        )
        yield Draft(
            place=sentence.at(match, "title"),
            predicate=Predicate.ROLE,
            value=Role(kind=kind, title=title, of=named(of["of"]) if of else None),
            role=SubjectRole.AGENT,
            subject=name,
            why="stands beside the name",
        )


def _knowing(page: Page, sentence: Sentence) -> Iterator[Draft]:
    for how, name in meanings(page.language, "wording_knowledge", Acquaintance):
        for match in page.wordings(sentence, name.removeprefix("wording_")):
            yield Draft(
                place=sentence.at(match, "how"),
                modality=Modality.ASSERTED,
                predicate=Predicate.KNOWLEDGE,
                value=Knowledge(how=how),
                role=SubjectRole.AGENT,
                subject=match["who"],
                why="says how they come to know",
            )


def _stances(page: Page, sentence: Sentence) -> Iterator[Draft]:
    for stance, name in ((Stance.CALLS_FOR, "calls_for"), (Stance.CONDEMNS, "condemns")):
        for match in page.wordings(sentence, name):
            place = sentence.at(match, "what" if "what" in match.re.groupindex else 0)
            who = match.groupdict().get("who") or sayer_of(page, place)
            yield Draft(
                place=place,
                predicate=Predicate.STATEMENT,
                value=Utterance(stance=stance),
                role=SubjectRole.AGENT,
                subject=who,
                why=f"what somebody {stance.value.replace('_', ' ')}",
            )
