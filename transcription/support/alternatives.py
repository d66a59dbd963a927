"""
What else might have been said in the place of a word: named wordings that are held against it.

Another text of the same place (the transcript's, the engine's own hearing, a rival publication's) is laid
beside the quote word by word, and wherever the two differ, its words are an alternative to the
quote's. Taking a word out is an alternative of its own: it asks whether the word was added. What
is listed as another or as the opposite meaning (`listed`) is asked about too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any

from rapidfuzz.distance import Levenshtein

from transcription.support.listed import listed
from transcription.support.wording import Spelled, words
from transcription.text import tokens

MOST_WORDS = 4
"""A difference of more words than this is another text, not another word."""
MOST = 240
"""So many alternatives are scored for one place; the ones named by somebody come first."""


class Source(StrEnum):
    """Where an alternative comes from."""

    TRANSCRIPT = "transcript"
    ENGINE = "engine"
    """The scoring engine's own hearing of the place."""
    RIVAL = "rival"
    """Another published wording."""
    LISTED = "listed"
    """The word lists: another number, a synonym, an opposite, a negation."""
    DELETION = "deletion"
    """Nothing at all: the word was not spoken."""


class Change(StrEnum):
    """What an alternative does to the quote."""

    EXCHANGE = "exchange"
    DELETION = "deletion"
    INSERTION = "insertion"


@dataclass(frozen=True, slots=True)
class Alternative:
    """
    The quote's words `[first, last)`, which are `instead_of`, exchanged for `text`.

    With no words exchanged `text` is put in before `first`; with no `text` they are taken out.
    """

    source: Source
    first: int
    last: int
    text: str
    instead_of: str = ""

    @property
    def change(self) -> Change:
        """What it does to the quote."""
        if not self.text:
            return Change.DELETION
        return Change.INSERTION if self.first == self.last else Change.EXCHANGE

    def covers(self, word: int) -> bool:
        """Whether it says something other than this word of the quote."""
        return self.first <= word < self.last

    def as_data(self) -> dict[str, Any]:
        """As it is stored and shown."""
        return {
            "source": self.source.value,
            "first_word": self.first,
            "last_word": self.last,
            "text": self.text,
            "instead_of": self.instead_of,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """
    Other texts of the place that a quote is about; `None` or none where there are none.

    `engine` is what the engine heard in a view of the place that holds `before` and `after` besides.
    """

    transcript: str | None = None
    engine: str | None = None
    before: str = ""
    after: str = ""
    rivals: tuple[str, ...] = ()


def against(quote: Sequence[Spelled], others: Others, *, language: str) -> tuple[Alternative, ...]:
    """Every alternative to the words of a quote, each wording once, under its first source."""
    found: list[Alternative] = []
    if others.transcript is not None:
        found += differing(quote, others.transcript, Source.TRANSCRIPT)
    for rival in others.rivals:
        found += differing(quote, rival, Source.RIVAL)
    if others.engine is not None:
        before = words(others.before)
        whole = [*before, *quote, *words(others.after)]
        for one in differing(whole, others.engine, Source.ENGINE):
            first, last = one.first - len(before), one.last - len(before)
            inside = first >= 0 and last <= len(quote)
            if inside and (first < last or 0 < first < len(quote)):
                found.append(replace(one, first=first, last=last))
    if len(quote) > 1:
        found += [Alternative(Source.DELETION, at, at + 1, "") for at in range(len(quote))]
    found += [
        Alternative(Source.LISTED, first, last, text)
        for first, last, text in listed(quote, language=language)
    ]
    return tuple(_once(quote, found, language))[:MOST]


def differing(quote: Sequence[Spelled], other: str, source: Source) -> Iterator[Alternative]:
    """
    Where another wording differs from the quote, as alternatives to the quote's words.

    What it has before the quote begins or after it ends is none: it may be about another moment.
    """
    theirs = words(other)
    steps = Levenshtein.opcodes([w.key for w in quote], [w.key for w in theirs])
    for is_equal, run in groupby(steps, key=lambda step: step.tag == "equal"):
        # What is put in beside what is exchanged belongs to it: "do not" for "don't".
        together = list(run)
        first, last = together[0].src_start, together[-1].src_end
        put = [word.core for word in theirs[together[0].dest_start : together[-1].dest_end]]
        at_edge = first == last and first in {0, len(quote)}
        if is_equal or at_edge or max(len(put), last - first) > MOST_WORDS:
            continue
        yield Alternative(source, first, last, " ".join(put))
        if len(put) == last - first > 1:  # word by word too: only one of them may be wrong
            for along, word in enumerate(put):
                yield Alternative(source, first + along, first + along + 1, word)


def _once(
    quote: Sequence[Spelled], found: Iterable[Alternative], language: str
) -> Iterator[Alternative]:
    """Each wording once, and none that only spells the quote's words otherwise: "6" and "six"."""
    seen: set[tuple[int, int, str]] = set()
    for one in found:
        key = (one.first, one.last, " ".join(word.key for word in words(one.text)))
        whole = one.first == 0 and one.last == len(quote) and not one.text
        instead_of = " ".join(word.core for word in quote[one.first : one.last])
        if key not in seen and not whole and not _same(instead_of, one.text, language):
            seen.add(key)
            yield replace(one, instead_of=instead_of)


def _same(one: str, other: str, language: str) -> bool:
    first, second = (
        [token.key for token in tokens(text, language=language)] for text in (one, other)
    )
    return bool(first) and first == second
