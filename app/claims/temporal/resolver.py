"""
When something was, from the words that a source has for it and the day it was published.

`resolve` is a pure function of its arguments, the rules and the word lists, under `RESOLVER`. It
answers with a value that says what it stood on, and never guesses in silence:

* a wording that counts from publication, without its date, is unresolved and says so;
* one that can mean several times has them all, as EDTF spells "one of a set": `[2024-05,2025-05]`;
* one that counts from something else in the text ("the next day"), or from nothing, is unresolved;
* what was decided without the words (no year given: the latest one) is in `reason`;
* of a report that is dated to the month or the year, what comes out the same from its first and its last
  day is read, and what does not is unresolved.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from app.claims.temporal.lexicon import LANGUAGES, Words, load
from app.claims.temporal.periods import (
    Context,
    Looking,
    NeedsPublication,
    NoSuchDate,
    Period,
    Reading,
)
from app.claims.temporal.phrases import Grammar
from app.claims.temporal.tokens import Token, tokens
from app.claims.terms import TimeBasis, TimePrecision
from app.claims.values import TemporalValue

METHOD = "temporal-rules"
VERSION = "1"
RESOLVER = f"{METHOD} {VERSION}"
"""The rules that resolve, as a value keeps them."""
LONGEST = 120
"""The longest wording that is read, in characters."""
_EDGE = "l,(.)"


class Within(NamedTuple):
    """The first and the last day on which something may have been published."""

    first: date
    last: date


Published = date | Within | None
"""When something was published: a day, some day of a stretch, or nobody knows."""


def resolve(
    raw: str, *, language: str, published: Published, looking: Looking = Looking.BACK
) -> TemporalValue:
    """
    The value of a wording in a language (a BCP 47 primary subtag), published then if that is known.

    `looking` says where a wording without a year looks: news tells mostly of what was.
    """
    tidy = " ".join(raw.split())
    if language not in LANGUAGES:
        return _unresolved(tidy, f"there are no rules for the language {language!r}")
    if len(tidy) > LONGEST:
        return _unresolved(tidy[:LONGEST], f"it is longer than {LONGEST} characters")
    words = load(language)
    return resolve_tokens(
        tidy, _trimmed(tokens(tidy, words)), words, published=published, looking=looking
    )


def resolve_tokens(
    raw: str, row: list[Token], words: Words, *, published: Published, looking: Looking
) -> TemporalValue:
    """The same, for a wording that is in tokens already."""
    if not isinstance(published, Within):
        return _from(raw, row, words, published, looking)
    first, last = (_from(raw, row, words, day, looking) for day in published)
    if replace(first, anchor_date=last.anchor_date, reason=last.reason) != last:
        known = f"{published.first} to {published.last}"
        return _unresolved(
            raw, f"it counts from the day of publication, which was some day of {known}"
        )
    if last.basis is not TimeBasis.RELATIVE_TO_PUBLICATION:
        return last
    every = f"the same from every day from {published.first} to {published.last}"
    return replace(last, reason=f"{(last.reason or '').rstrip('.')}; {every}.")


def _from(
    raw: str, row: list[Token], words: Words, published: date | None, looking: Looking
) -> TemporalValue:
    context = Context(published, looking, words.night_is_either, words.data["numeric_day_first"])
    try:
        read = grammar(words.language).read(row, context)
    except NeedsPublication:
        return _unresolved(raw, "it counts from the day of publication, which is not known")
    except NoSuchDate as error:
        return _unresolved(raw, str(error))
    except OverflowError:
        return _unresolved(raw, "it lies outside of the calendar")
    if read is None:
        return _unresolved(raw, _why_not({token.code for token in row}))
    return _value(raw, read, published)


@cache
def grammar(language: str) -> Grammar:
    """The rules of a language."""
    return Grammar(load(language))


def _trimmed(row: list[Token]) -> list[Token]:
    """Without prepositions and punctuation at the ends."""
    first, last = 0, len(row)
    while first < last and row[first].code in _EDGE:
        first += 1
    while last > first and row[last - 1].code in "l,.":
        last -= 1
    return row[first:last]


def _why_not(codes: set[str]) -> str:
    if "e" in codes:
        return "it counts from something else in the text"
    if codes & {"w", "v"}:
        return "it says no number to count with"
    return "no rule reads these words as a time"


def _value(raw: str, read: Reading, published: date | None) -> TemporalValue:
    one = read.periods[0]
    several = len(read.periods) > 1
    relative = read.basis is TimeBasis.RELATIVE_TO_PUBLICATION
    return TemporalValue(
        raw=raw,
        edtf=f"[{','.join(_member(each) for each in read.periods)}]" if several else one.edtf,
        earliest=read.first,
        latest=read.last,
        basis=read.basis,
        precision=one.precision,
        anchor_date=published if relative else None,
        zone=read.zone,
        reason=_sentence(f"more than one reading: {read.why}" if several else read.why),
        resolver=RESOLVER,
    )


def _member(period: Period) -> str:
    """A period within a set, where an interval is spelled with two dots."""
    return period.edtf.replace("/", "..").replace("....", "..")


def _unresolved(raw: str, why: str) -> TemporalValue:
    return TemporalValue(
        raw=raw,
        basis=TimeBasis.UNRESOLVED,
        precision=TimePrecision.UNKNOWN,
        reason=_sentence(why),
        resolver=RESOLVER,
    )


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:] + "."
