"""How many there are of something, and how often words were said."""

import re
from collections.abc import Iterable, Iterator

from app.claims.facts import Tally
from app.claims.predicates import Predicate
from app.claims.reading.lexicon import Word, meanings
from app.claims.reading.numbers import numbers
from app.claims.reading.page import Page, Sentence
from app.claims.reading.proposal import Draft, SubjectRole
from app.claims.reading.tallies import is_statistic
from app.claims.terms import Circumstance, Counted, Operator
from app.claims.values import Count
from transcription.quotation.counting import counts
from transcription.quotation.proposal import CountOperator, Stretch

_NOUN_WITHIN = 40
"""How many characters after a number its noun may begin."""
_OPERATORS = {
    CountOperator.EXACTLY: Operator.EXACTLY,
    CountOperator.AT_LEAST: Operator.AT_LEAST,
    CountOperator.AT_MOST: Operator.AT_MOST,
}


def read(page: Page, sentence: Sentence) -> Iterable[Draft]:
    """The counts of a sentence that is no statistic of an authority."""
    for said in counts(page.text, sentence.place, page.lexicon):
        if said.claim is None:
            continue
        count = Count(operator=_OPERATORS[said.claim.op], number=said.claim.count)
        yield _draft(said.place, Counted.TIMES_SAID, count, None, SubjectRole.RECORDING)
    if is_statistic(page, sentence):
        return
    yield from _of_those_seen(page, sentence)
    yield from _without_number(page, sentence)


def _of_those_seen(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """As in "six soldiers lying face down, at least two being shot": a number with what is said of them."""
    found = [(each.start, each.end, each.count) for each in numbers(page, sentence)]
    one = Count(operator=Operator.EXACTLY, number=1)
    found += [
        (match.start(), match.end(), one)
        for match in page.found(sentence, "another_one")
        if not any(start - 2 <= match.end() <= end for start, end, _ in found)
    ]
    found.sort(key=lambda each: each[0])
    noun: Counted | None = None
    for at, (start, end, count) in enumerate(found):
        until = found[at + 1][0] if at + 1 < len(found) else len(sentence.text)
        segment = re.split(r"[;:.!?…]", sentence.text[end:until])[0]
        counted = _first(page, segment[:_NOUN_WITHIN], "counted", Counted)
        if counted is not None:
            noun = counted[0]
        circumstance = _first(page, segment, "circumstance", Circumstance)
        if noun is None or circumstance is None:
            continue
        place = Stretch(sentence.place.start + start, sentence.place.start + end + circumstance[1])
        yield _draft(place, noun, count, circumstance[0], SubjectRole.MATERIAL)


def _without_number(page: Page, sentence: Sentence) -> Iterator[Draft]:
    """Plurals without a number, where that there are several is said; and orders nobody has seen."""
    for match in page.found(sentence, "videos_plural"):
        if page.first(Counted.VIDEOS):
            several = Count(operator=Operator.SEVERAL)
            yield _draft(sentence.at(match), Counted.VIDEOS, several, None, SubjectRole.INCIDENT)
    for match in page.found(sentence, "video_single"):
        if page.first(Counted.VIDEOS):
            one = Count(operator=Operator.EXACTLY, number=1)
            yield _draft(sentence.at(match), Counted.VIDEOS, one, None, SubjectRole.INCIDENT)
    for counted in (Counted.WRITTEN_ORDERS, Counted.ORAL_ORDERS):
        for match in page.found(sentence, f"counted_{counted.value}"):
            before = sentence.text[max(0, match.start() - _NOUN_WITHIN) : match.end()]
            none = page.lexicon.matcher(r"(?<!\w)@none_seen@\s").search(before)
            if none or page.lexicon.pattern("several").search(before):
                number = (
                    Count(operator=Operator.EXACTLY, number=0)
                    if none
                    else Count(operator=Operator.SEVERAL)
                )
                yield _draft(sentence.at(match), counted, number, None, SubjectRole.AGENT)


def _draft(
    place: Stretch,
    counted: Counted,
    count: Count,
    circumstance: Circumstance | None,
    role: SubjectRole,
) -> Draft:
    value = Tally(counted=counted, count=count, circumstance=circumstance)
    return Draft(
        place=place,
        predicate=Predicate.COUNT,
        value=value,
        role=role,
        why="a count in words or digits",
    )


def _first(page: Page, text: str, prefix: str, words: type[Word]) -> tuple[Word, int] | None:
    """The value whose words come first in a text (the longest of those), and where they end."""
    best: tuple[int, int, Word] | None = None
    for word, name in meanings(page.language, prefix, words):
        match = page.lexicon.pattern(name).search(text)
        if match and (best is None or (match.start(), -match.end()) < best[:2]):
            best = match.start(), -match.end(), word
    return (best[2], -best[1]) if best else None
