"""
A quote and what was spoken, word by word: the operations that turn one into the other.

Every word of the quote and every word spoken between its ends appears in exactly one
operation, in order, each with where it stands in the quote (characters), in the transcript
(words) and in the recording (milliseconds, where words carry times).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from transcription.alignment.likeness import Likeness, likeness
from transcription.alignment.locate import Place, Search
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


@dataclass(frozen=True, slots=True)
class Operation:
    """
    One step of the comparison.

    `quoted` is None for omitted words, `spoken` for added ones. `quote_end` is exclusive,
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
    found = [
        _operation(search, speech, step.quoted, range(step.first, step.last))
        for step in place.steps
    ]
    return tuple(found)


def _operation(search: Search, speech: Speech, quoted: int | None, spoken: range) -> Operation:
    token = search.quote[quoted] if quoted is not None else None
    heard = speech.tokens[spoken.start : spoken.stop]
    first, last = (spoken.start, spoken.stop - 1) if spoken else (None, None)
    return Operation(
        kind=_kind(search, quoted, spoken),
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
    match unit.kind:
        case Kind.GAP:
            return OperationKind.GAP
        case Kind.WILD:
            return OperationKind.WILDCARD
        case Kind.OPTIONAL if not spoken:
            return OperationKind.WILDCARD
        case Kind.OPTIONAL | Kind.WORD | Kind.NUMBER:
            if not spoken:
                return OperationKind.ADDED
            match likeness(unit, search.spoken[spoken.start], search.lexicon):
                case Likeness.SAME:
                    return OperationKind.SAME
                case Likeness.INFLECTED:
                    return OperationKind.INFLECTED
                case Likeness.VARIANT:
                    return OperationKind.VARIANT
                case Likeness.OPPOSITE | Likeness.DIFFERENT:
                    return OperationKind.SUBSTITUTED
