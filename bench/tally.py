"""
What was found of the places that are known: all, with the right ends, and what is false.

A place counts as found if it shares at least half of the words with one that was told; its ends
are right if both are no more than one word off. What was told beyond that is false, also where the
speech really says something like it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.garbled import KINDS, Case, Place
from transcription.alignment import locate
from transcription.alignment.speech import Speech, hear
from transcription.text import tokens
from transcription.transcript import Segment, Transcript, Word


@dataclass(slots=True)
class Tally:
    """What was found of the places of some quotes."""

    quotes: int = 0
    places: int = 0
    found: int = 0
    exact: int = 0
    false: int = 0

    def add(self, true: Sequence[Place], told: Sequence[Place]) -> set[int]:
        """Count one quote; which of the places told are right."""
        used: set[int] = set()
        for place in true:
            shared, at = max(
                ((_shared(place, one), at) for at, one in enumerate(told)), default=(0.0, -1)
            )
            if 2 * shared >= 1:
                used.add(at)
                self.found += 1
                first, last = told[at]
                self.exact += abs(first - place[0]) <= 1 and abs(last - place[1]) <= 1
        self.quotes += 1
        self.places += len(true)
        self.false += len(told) - len(used)
        return used

    @property
    def recall(self) -> float:
        """Places found, of all."""
        return self.found / self.places

    @property
    def ends(self) -> float:
        """Places found with both ends right, of all."""
        return self.exact / self.places


@dataclass(slots=True)
class Told:
    """What one way of searching found, by kind of quote."""

    by_kind: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    all: Tally = field(default_factory=Tally)

    def add(self, case: Case, told: Sequence[Place]) -> None:
        """Count one quote."""
        self.by_kind[case.kind].add(case.places, told)
        self.all.add(case.places, told)

    def facts(self, what: str) -> dict[str, object]:
        """One share of each kind."""
        return {kind: round(getattr(one, what), 3) for kind, one in self.by_kind.items()}


@dataclass(frozen=True, slots=True)
class Found:
    """A place that the aligner tells: its first and last word, what it scores, and of how much."""

    words: Place
    score: int
    permille: int
    quote: int
    speech: int


def found(case: Case, language: str, speech: Speech | None = None) -> list[Found]:
    """Where the quote of a case is found."""
    heard = speech or hear(transcript(case, language=language))
    quote = tokens(case.quote, language=language, quoted=True)
    return [
        Found(
            words=(heard.first[place.first], heard.last[place.last - 1]),
            score=place.score,
            permille=place.permille,
            quote=len(quote),
            speech=len(heard.tokens),
        )
        for place in locate.places(locate.prepare(quote, heard))
    ]


def transcript(case: Case, *, language: str = "en") -> Transcript:
    """The transcript of a case, without times."""
    words = tuple(Word(word) for word in case.transcript)
    return Transcript(language, (Segment(" ".join(case.transcript), words=words),))


def _shared(one: Place, other: Place) -> float:
    """The words that two places share, of all in either."""
    both = min(one[1], other[1]) - max(one[0], other[0]) + 1
    either = max(one[1], other[1]) - min(one[0], other[0]) + 1
    return max(0, both) / either
