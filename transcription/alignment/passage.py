"""
A quote laid along one place of a transcript, as every comparison of meaning reads it.

Words next to the place belong to it too: a quote that begins one word after a "not" is word
for word what was said, and says the opposite. And each comparison answers in the same four
ways, because "they could not be compared" is neither agreement nor difference.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from transcription.alignment.comparison import Operation, OperationKind, operations
from transcription.alignment.lexicon import Lexicon
from transcription.alignment.locate import Place, Search
from transcription.alignment.speech import Speech
from transcription.text import Boundary, Kind, Token

MATCHES = {OperationKind.SAME, OperationKind.INFLECTED, OperationKind.VARIANT}
_NEAR = 3
_FAR = 4


class Outcome(StrEnum):
    """How one aspect of meaning compares."""

    AGREES = "agrees"
    DIFFERS = "differs"
    NOT_COMPARED = "not_compared"
    NOTHING_TO_COMPARE = "nothing_to_compare"


@dataclass(frozen=True, slots=True)
class Aspect:
    """The outcome for one aspect and a sentence for each thing that led to it."""

    outcome: Outcome
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote laid along one place of a transcript: what every comparison of meaning reads."""

    search: Search
    speech: Speech
    place: Place
    operations: tuple[Operation, ...]
    lexicon: Lexicon
    isolated: frozenset[tuple[int | None, int]]
    """Operations with no matched word near them, by quoted token and first spoken one."""
    text: str
    """The quote as it was published."""

    FURTHER: ClassVar[int] = 6
    """How many words before a quote may still make it conditional, or somebody's report."""
    ONWARD: ClassVar[int] = 4
    """How many words after it may."""

    def quoted(self, operation: Operation) -> Token | None:
        """The token of the quote that an operation is about."""
        at = operation.quote_token
        return self.search.quote[at] if at is not None else None

    def spoken(self, operation: Operation) -> tuple[Token, ...]:
        """The tokens of the speech that it is about."""
        return self.speech.tokens[operation.spoken_tokens.start : operation.spoken_tokens.stop]

    def before(self, reach: int = _NEAR) -> tuple[Token, ...]:
        """Up to so many words spoken just before, in the same sentence as far as is marked."""
        tokens, first = self.speech.tokens, self.place.first
        begin = first
        while begin > max(0, first - reach) and tokens[begin].boundary is not Boundary.SENTENCE:
            begin -= 1
        return tokens[begin:first]

    def after(self, reach: int = _NEAR - 1) -> tuple[Token, ...]:
        """Up to so many words spoken just after, with no punctuation between."""
        tokens, end = self.speech.tokens, self.place.last
        while (
            end < min(len(tokens), self.place.last + reach)
            and tokens[end].boundary is Boundary.NONE
        ):
            end += 1
        return tokens[self.place.last : end]

    def is_content(self, token: Token) -> bool:
        """Whether a token is a word of content, as opposed to one that any sentence has."""
        if token.kind not in {Kind.WORD, Kind.NUMBER}:
            return False
        lexicon = self.lexicon
        return token.key not in lexicon.grammar or lexicon.concept(token.key) is not None

    def far(self, operation: Operation) -> bool:
        """Whether an operation lies deep inside words without any counterpart."""
        return (operation.quote_token, operation.spoken_tokens.start) in self.isolated


def lay_out(
    search: Search, speech: Speech, place: Place, lexicon: Lexicon, *, text: str
) -> Passage:
    """Lay a quote along a place, ready to be compared."""
    found = operations(search, speech, place)
    matches = [at for at, o in enumerate(found) if o.kind in MATCHES]
    reached = {near for at in matches for near in range(at - _FAR, at + _FAR + 1)}
    isolated = frozenset(
        (o.quote_token, o.spoken_tokens.start) for at, o in enumerate(found) if at not in reached
    )
    return Passage(search, speech, place, found, lexicon, isolated, text)


def aspect(differs: list[str], unsure: list[str], *, met: bool, always: bool = False) -> Aspect:
    """
    One outcome from what was found: a difference outweighs a doubt; `met` says that there
    was anything of the kind, `always` that there being nothing is agreement too.
    """
    if differs:
        return Aspect(Outcome.DIFFERS, tuple(dict.fromkeys(differs)))
    if unsure:
        return Aspect(Outcome.NOT_COMPARED, tuple(dict.fromkeys(unsure)))
    return Aspect(Outcome.AGREES if met or always else Outcome.NOTHING_TO_COMPARE)
