"""
How often a report says that words were spoken: "repeated six times", «не менее шести раз».

A claim is a number of times in the reporter's own words, in the sentence of a quote or in the
one after it that takes the quote up again ("the order was repeated ..."). It belongs to the quote
before it, else to the one it announces. Numbers that compare ("three times more") are none,
and "about six times" is no number that could be checked: it is told, and not turned into one.
"""

import re
from dataclasses import dataclass

from transcription.numerals import spelled_number
from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Claim, CountOperator, Stretch
from transcription.text import fold

_SAID = ("repeating", "speech", "command", "reply", "question")
_STATED = (
    r"(?<![\w.,])(?P<number>(?:\d{1,7}|@numbers@(?:[ -]@numbers@)?))"
    r"\s+(?:more\s+|different\s+)?@times@(?!\w)|(?<!\w)(?P<word>@counted@)(?!\w)"
)
_MOST = 1_000_000
_BEFORE = 24
"""How many characters before a number may qualify it ("not fewer than ")."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of times in the reporter's words; `claim` is None where it is not exact enough."""

    place: Stretch
    claim: Claim | None


def counts(frame: str, sentence: Stretch, lexicon: Lexicon) -> list[Count]:
    """Every number of times that one sentence states of something said."""
    if lexicon.pattern(*_SAID).search(frame, sentence.start, sentence.end) is None:
        return []
    found: list[Count] = []
    compared = lexicon.matcher(r"\s+@comparing@(?!\w)")
    for match in lexicon.matcher(_STATED).finditer(frame, sentence.start, sentence.end):
        if compared.match(frame, match.end(), sentence.end):
            continue
        value = _value(match, lexicon)
        if value is None or not 1 <= value <= _MOST:
            continue
        found.append(_counted(frame, sentence, match, value, lexicon))
    return found


def _value(match: re.Match[str], lexicon: Lexicon) -> int | None:
    word, number = match["word"], match["number"]
    if word:
        value = lexicon.data["counted"].get(word.casefold())
        return int(value) if value is not None and value > 1 else None
    if number.isdigit():
        return int(number)
    dozen = lexicon.data["dozen"].get(" ".join(number.casefold().split()))
    if dozen:
        return int(dozen)
    keys = [fold(part) for part in re.split(r"[\s-]+", number)]
    read = spelled_number(keys, language=lexicon.language)
    return read[0] if read and read[1] == len(keys) else None


def _counted(
    frame: str, sentence: Stretch, match: re.Match[str], value: int, lexicon: Lexicon
) -> Count:
    """The number with what qualifies it, and the verb before it that it counts."""
    start = match.start()
    before = frame[max(sentence.start, start - _BEFORE) : start]
    operator: CountOperator | None = CountOperator.EXACTLY
    for lists, meant, shift in (
        ("at_least", CountOperator.AT_LEAST, 0),
        ("at_most", CountOperator.AT_MOST, 0),
        ("more_than", CountOperator.AT_LEAST, 1),
        ("fewer_than", CountOperator.AT_MOST, -1),
        ("exactly", CountOperator.EXACTLY, 0),
        ("about", None, 0),
    ):
        qualified = lexicon.matcher(rf"(?<!\w)@{lists}@\s+\Z").search(before)
        if qualified:
            operator, value = meant, value + shift
            start -= len(before) - qualified.start()
            break
    verb = lexicon.matcher(rf"(?<!\w)@{'+'.join(_SAID)}@\s+\Z").search(
        frame[max(sentence.start, start - _BEFORE) : start]
    )
    if verb:
        start -= len(verb[0])
    place = Stretch(start, match.end())
    if operator is None or value < 1:
        return Count(place, None)
    return Count(place, Claim(operator, value, place.of(frame), place))


def takes_up(frame: str, sentence: Stretch, lexicon: Lexicon) -> bool:
    """Whether a sentence speaks again of the words quoted before it."""
    head = frame[sentence.start : sentence.start + 60]
    return lexicon.pattern("recalling").search(head) is not None
