"""
What was found for each word of a quote, as whole numbers: what is kept, shown and hashed.

Every list of numbers has one number for each view of the place (`views`), in their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from transcription.span import Span
from transcription.support.alternatives import Alternative, Change, Source


def ahead(gained: Sequence[int], heard: Sequence[int]) -> tuple[int, ...]:
    """
    In each view the smaller of two leads, or of two arrears; 0 where one is a lead and one is not.

    Either alone misleads. Words that people often say are likely with any audio, and of words that a model
    never met silence makes so little that any audio seems to speak for them.
    """
    return tuple(
        min(one, other) if one > 0 < other else max(one, other) if one < 0 > other else 0
        for one, other in zip(gained, heard, strict=True)
    )


def between(gained: Sequence[int], heard: Sequence[int]) -> tuple[int, ...]:
    """In each view the middle between two leads or arrears."""
    return tuple((one + other) // 2 for one, other in zip(gained, heard, strict=True))


class State(StrEnum):
    """What the audio says of one word of the quote, or of a seam between two."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_DECIDABLE = "not_decidable"
    NOT_CALIBRATED = "not_calibrated"
    """Nobody has measured how far this model can be followed; the numbers are there."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """
    An alternative, and by how much the quote's own words are likelier; below 0, less likely.

    `heard` says so of the words with the audio, `gained` of what the audio adds to them, in millinats.
    """

    alternative: Alternative
    gained: tuple[int, ...]
    heard: tuple[int, ...]

    @property
    def change(self) -> Change:
        """What the alternative does to the quote."""
        return self.alternative.change

    @property
    def ahead(self) -> tuple[int, ...]:
        """By how much the quote is ahead as far as both agree; below 0, behind."""
        return ahead(self.gained, self.heard)

    @property
    def between(self) -> tuple[int, ...]:
        """The middle between both: half of what silence says is taken off."""
        return between(self.gained, self.heard)

    def as_data(self) -> dict[str, Any]:
        """As it is stored and shown."""
        return {
            **self.alternative.as_data(),
            "gained_millinats": list(self.gained),
            "heard_millinats": list(self.heard),
        }


@dataclass(frozen=True, slots=True)
class WordSupport:
    """
    A word of the quote, or the seam before one (`text` is then empty).

    `gained`: what the audio adds to the word by itself; `behind`: how far its unlikeliest token lies
    behind what the engine would rather have said there; both empty for a seam. `against` are the
    alternatives that concern it, `named` the one that contradicts it.
    """

    text: str
    start: int | None
    end: int | None
    state: State
    named: Alternative | None
    gained: tuple[int, ...]
    behind: tuple[int, ...]
    against: tuple[Weighed, ...]

    def as_data(self) -> dict[str, Any]:
        """As it is stored and shown."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "state": self.state.value,
            "named": self.named.as_data() if self.named else None,
            "gained_millinats": list(self.gained),
            "behind_millinats": list(self.behind),
            "against": [one.as_data() for one in self.against],
        }


@dataclass(frozen=True, slots=True)
class Ranked:
    """
    One published wording of a place among others.

    `gained` and `heard` as in `Weighed`, of the whole wording; `number` 0 is the quote itself, then the
    rivals in the order in which they were given.
    """

    number: int
    text: str
    gained: tuple[int, ...]
    heard: tuple[int, ...]

    def as_data(self) -> dict[str, Any]:
        """As it is stored and shown."""
        return {
            "number": self.number,
            "text": self.text,
            "gained_millinats": list(self.gained),
            "heard_millinats": list(self.heard),
        }


@dataclass(frozen=True, slots=True)
class Support:
    """
    What the audio of one place says of one wording.

    `words` has each word of it in order; `seams` what may have been left out between them: only
    places about which something was asked. `ranking` has the likeliest wording first, if there are
    rivals; `lead` by how much it is ahead of the second in each view; `decided` whether that can be relied
    on (`None`: not calibrated). `engine_heard` is the engine's own hearing; empty if it heard nothing.
    """

    span: Span
    views: tuple[Span, ...]
    words: tuple[WordSupport, ...]
    seams: tuple[WordSupport, ...]
    ranking: tuple[Ranked, ...]
    lead: tuple[int, ...]
    decided: bool | None
    engine_heard: str

    @property
    def contradicted(self) -> bool:
        """Whether a named alternative wins anywhere."""
        return any(one.state is State.CONTRADICTED for one in (*self.words, *self.seams))

    def as_data(self) -> dict[str, Any]:
        """As it is stored and shown: integers, strings, booleans and None."""
        return {
            "start_ms": self.span.start_ms,
            "end_ms": self.span.end_ms,
            "views": [[view.start_ms, view.end_ms] for view in self.views],
            "words": [word.as_data() for word in self.words],
            "seams": [{**seam.as_data(), "before_word": _at(seam)} for seam in self.seams],
            "ranking": [one.as_data() for one in self.ranking],
            "lead_millinats": list(self.lead),
            "decided": self.decided,
            "engine_heard": self.engine_heard,
            "sentences": sentences(self),
        }


def sentences(found: Support) -> list[str]:
    """What contradicts the wording, in words that name it; each alternative once."""
    named = [one.named for one in (*found.words, *found.seams) if one.named is not None]
    return [_sentence(one) for one in dict.fromkeys(named)]


def _sentence(named: Alternative) -> str:
    match named.change:
        case Change.DELETION:
            return f"the audio fits better without “{named.instead_of}”"
        case Change.INSERTION:
            return f"the audio fits better with “{named.text}”, which the quote lacks"
        case Change.EXCHANGE:
            return (
                f"the audio fits “{named.text}” ({_WHOSE[named.source]}) better than "
                f"“{named.instead_of}”"
            )


_WHOSE = {
    Source.TRANSCRIPT: "the transcript's",
    Source.ENGINE: "the engine's own hearing",
    Source.RIVAL: "another published wording's",
    Source.LISTED: "from the word lists",
}


def _at(seam: WordSupport) -> int:
    return seam.against[0].alternative.first
