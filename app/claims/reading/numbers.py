"""Numbers in a sentence, with what qualifies them: "six", "at least two", «не менше ніж 20»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.claims.reading.page import Page, Sentence
from app.claims.temporal.lexicon import key
from app.claims.temporal.lexicon import load as temporal
from app.claims.terms import Operator
from app.claims.values import Count
from transcription.numerals import spelled_number
from transcription.quotation.lexicon import Lexicon
from transcription.text import fold

_OPERATORS = (
    ("at_least", Operator.AT_LEAST),
    ("at_most", Operator.AT_MOST),
    ("more_than", Operator.MORE_THAN),
    ("fewer_than", Operator.FEWER_THAN),
    ("exactly", Operator.EXACTLY),
    ("about", Operator.ABOUT),
)
_BEFORE = 24
_MOST = 100_000_000
_YEARS = range(1900, 2100)
_GROUPED = re.compile(r"[\s,\u00a0](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands in its sentence, with its operator; `start` includes that."""

    start: int
    end: int
    count: Count
    bare: int
    """Where the number itself begins."""


def numbers(page: Page, sentence: Sentence) -> Iterator[Number]:
    """Every number of a sentence that is no year and no part of a name or a larger number."""
    for match in _pattern(page.lexicon).finditer(sentence.text):
        value = _value(match[0], page.lexicon)
        if value is None or (match[0].isdigit() and value in _YEARS) or value > _MOST:
            continue
        before = sentence.text[max(0, match.start() - _BEFORE) : match.start()]
        start, operator = match.start(), Operator.EXACTLY
        for name, meant in _OPERATORS:
            qualified = page.lexicon.matcher(rf"(?<!\w)@{name}@\s+\Z").search(before)
            if qualified:
                start, operator = match.start() - len(before) + qualified.start(), meant
                break
        yield Number(start, match.end(), Count(operator=operator, number=value), match.start())


@cache
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    digits = r"(?<![\w.,:/-])\d{1,3}(?:[,\u00a0]\d{3})+(?![\w,])|(?<![\w.,:/-])\d{1,7}(?![\w:%/]|[.,]\d)"
    return lexicon.matcher(
        rf"{digits}|(?<!\w)@numbers+ones+collectives@(?:[ -]@numbers+ones@)?(?![\w-])"
    )


def _value(written: str, lexicon: Lexicon) -> int | None:
    plain = _GROUPED.sub("", written)
    if plain.isdigit():
        return int(plain)
    dozen = lexicon.data["dozen"].get(" ".join(written.casefold().split()))
    if dozen:
        return int(dozen)
    collective = temporal(lexicon.language).entries.get(key(written))
    if collective is not None and isinstance(collective[1], int):
        return collective[1]
    keys = [fold(part) for part in re.split(r"[\s-]+", written)]
    read = spelled_number(keys, language=lexicon.language)
    return read[0] if read and read[1] == len(keys) else None
