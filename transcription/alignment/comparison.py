"""
A quote and what was spoken, word by word: the operations that turn one into the other.

Every word of the quote and every word spoken between its ends appears in exactly one
operation, in order, each with where it stands in the quote (characters), in the transcript
(words) and in the recording (milliseconds, where words carry times).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from transcription.alignment.likeness import Likeness, Unit, likeness
from transcription.alignment.locate import Place, Search
from transcription.alignment.path import Step
from transcription.alignment.speech import Speech
from transcription.span import Span
from transcription.text import Kind


class OperationKind(StrEnum):
    """How one word of the quote stands to what was spoken."""

    SAME = "same"
    INFLECTED = "inflected"
    VARIANT = "variant"
    SUBSTITUTED = "substituted"
    OMITTED = "omitted"
    """Spoken, but not in the quote."""
    ADDED = "added"
    """In the quote, but not spoken."""
    WILDCARD = "wildcard"
    """The quote prints a mark instead of words, or words that an editor put in."""
    GAP = "gap"
    """The quote marks that words were left out."""
    UNHEARD = "unheard"
    """The transcript has a mark (`[unintelligible]`) where the quote has a word."""


_BY_LIKENESS = {
    Likeness.SAME: OperationKind.SAME,
    Likeness.INFLECTED: OperationKind.INFLECTED,
    Likeness.VARIANT: OperationKind.VARIANT,
    Likeness.OPPOSITE: OperationKind.SUBSTITUTED,
    Likeness.DIFFERENT: OperationKind.SUBSTITUTED,
}
_MATCHES = {OperationKind.SAME, OperationKind.INFLECTED, OperationKind.VARIANT}
_DIFFERENCES = {OperationKind.SUBSTITUTED, OperationKind.ADDED, OperationKind.OMITTED}
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Operation:
    """
    One step of the comparison.

    `quoted` is None for omitted words, `spoken` for added ones; a variant may lack either,
    where one side says in two words what the other says in one, and of the words that one mark
    may stand for only the first has the mark beside it. `quote_end` is exclusive,
    `last_word` inclusive; words are counted through the whole transcript.
    """

    kind: OperationKind
    quoted: str | None
    quote_start: int | None
    quote_end: int | None
    spoken: str | None
    first_word: int | None
    last_word: int | None
    span_ms: Span | None
    quote_token: int | None
    """Which token of the quote this is about, for the comparison of meaning."""
    spoken_tokens: range
    """Which tokens of the speech."""

    def as_data(self) -> dict[str, Any]:
        """The operation as it is stored and shown; tokens are inner matters and left out."""
        return {
            "kind": self.kind.value,
            "quoted": self.quoted,
            "quote_start": self.quote_start,
            "quote_end": self.quote_end,
            "spoken": self.spoken,
            "first_word": self.first_word,
            "last_word": self.last_word,
            "start_ms": self.span_ms.start_ms if self.span_ms else None,
            "end_ms": self.span_ms.end_ms if self.span_ms else None,
        }


def operations(search: Search, speech: Speech, place: Place) -> tuple[Operation, ...]:
    """Compare a quote with the place where it was found."""
    found = [_operation(search, speech, step) for step in place.steps]
    return tuple(
        replace(operation, kind=OperationKind.VARIANT)
        if _repeats_a_variant(search, found, at)
        else operation
        for at, operation in enumerate(found)
    )


def _repeats_a_variant(search: Search, found: list[Operation], at: int) -> bool:
    """
    Whether a word is the second half of a listed wording of which the first half is matched.

    So "take … captive" against "seize", and "everyone else" against "the rest": the word left
    over is in the same set as both words of a pair near it, and stands by nothing of content.
    """
    here = found[at]
    if here.kind not in _DIFFERENCES or search.lexicon is None:
        return False
    sides = _concepts(search, here)
    concepts = [c for c in sides if c]
    if len(concepts) != 1:
        return False
    keys = {t.key for t in _other_side(search, here, sides)}
    if not keys <= search.lexicon.light:
        return False
    near = found[max(0, at - _NEAR) : at + _NEAR + 1]
    return any(
        other.kind in _MATCHES and set(_concepts(search, other)) == {concepts[0]} for other in near
    )


def _concepts(search: Search, operation: Operation) -> tuple[str | None, ...]:
    """The listed sets of the words on the two sides."""
    quoted = search.quoted[operation.quote_token] if operation.quote_token is not None else None
    spoken = search.spoken[operation.spoken_tokens.start] if operation.spoken_tokens else None
    return (quoted.concept if quoted else None, spoken.concept if spoken else None)


def _other_side(search: Search, operation: Operation, sides: tuple[str | None, ...]) -> list[Unit]:
    """The word, if any, that stands beside the one listed in a set."""
    if sides[0] is None:
        return [search.quoted[operation.quote_token]] if operation.quote_token is not None else []
    return [search.spoken[at] for at in operation.spoken_tokens]


def _operation(search: Search, speech: Speech, step: Step) -> Operation:
    quoted, spoken = step.quoted, range(step.first, step.last)
    token = search.quote[quoted] if quoted is not None else None
    heard = speech.tokens[spoken.start : spoken.stop]
    first, last = (spoken.start, spoken.stop - 1) if spoken else (None, None)
    return Operation(
        kind=OperationKind.UNHEARD if step.held else _kind(search, quoted, spoken),
        quoted=token.text if token else None,
        quote_start=token.start if token else None,
        quote_end=token.end if token else None,
        spoken=" ".join(t.text for t in heard) if heard else None,
        first_word=speech.first[first] if first is not None else None,
        last_word=speech.last[last] if last is not None else None,
        span_ms=speech.span(first, last) if first is not None and last is not None else None,
        quote_token=quoted,
        spoken_tokens=spoken,
    )


def _kind(search: Search, quoted: int | None, spoken: range) -> OperationKind:
    if quoted is None:
        return OperationKind.OMITTED
    unit = search.quoted[quoted]
    if unit.kind is Kind.GAP:
        return OperationKind.GAP
    if unit.kind is Kind.WILD or (unit.kind is Kind.OPTIONAL and not spoken):
        return OperationKind.WILDCARD
    if not spoken:
        return OperationKind.ADDED
    if search.spoken[spoken.start].kind is Kind.WILD:
        return OperationKind.UNHEARD
    return _BY_LIKENESS[likeness(unit, search.spoken[spoken.start], search.lexicon)]
