"""
A window: what an engine hears at once, and how its clock maps to the recording's.

The windows of a recording cover it from beginning to end, each answering for its own span; of
that span only the islands are heard, one straight after another, so that a minute of silence costs
nothing. The engine's times run on the clock of what it heard. `original` and `within_one` bring
them back to the recording's: silence that was left out is there again, to the millisecond.
"""

from dataclasses import dataclass

import numpy as np

from transcription.activity.sound import Samples, cut
from transcription.span import Span


@dataclass(frozen=True, slots=True)
class Window:
    """The span that it answers for, and the islands in it that are heard: at least one, in order."""

    span: Span
    islands: tuple[Span, ...]

    def __post_init__(self) -> None:
        ends = [self.span.start_ms, *(island.end_ms for island in self.islands)]
        starts = [*(island.start_ms for island in self.islands), self.span.end_ms]
        if not self.islands or any(end > start for end, start in zip(ends, starts, strict=True)):
            raise ValueError(f"not a window: {self.islands} in {self.span}")

    @classmethod
    def of(cls, span: Span) -> "Window":
        """All of `span` is heard."""
        return cls(span, (span,))

    @property
    def duration_ms(self) -> int:
        """How much is heard."""
        return sum(island.duration_ms for island in self.islands)

    def heard(self, samples: Samples) -> Samples:
        """What is heard of the recording `samples`: its islands, one straight after another."""
        return np.concatenate([cut(samples, island) for island in self.islands])

    def original(self, start_ms: int, end_ms: int) -> Span:
        """The span of the recording between two moments of what was heard; silence counts again."""
        first = self._clamped(start_ms)
        last = max(first, self._clamped(end_ms))
        begins = self._island(first, at_end=False)
        ends = max(begins, self._island(last, at_end=True))
        return Span(self._at(begins, first), self._at(ends, max(last, self._offset(ends))))

    def within_one(self, start_ms: int, end_ms: int) -> Span:
        """The same for what cannot reach over silence, such as a word: in the island of its middle."""
        first = self._clamped(start_ms)
        last = max(first, self._clamped(end_ms))
        number = self._island((first + last) // 2, at_end=False)
        low = self._offset(number)
        high = low + self.islands[number].duration_ms
        return Span(
            self._at(number, min(max(first, low), high)), self._at(number, min(last, high))
        )

    def island_of(self, ms: int) -> int:
        """Which island, counted from 0, holds a moment of the recording, or begins next after it."""
        for number, island in enumerate(self.islands):
            if ms < island.end_ms:
                return number
        return len(self.islands) - 1

    def _clamped(self, ms: int) -> int:
        return min(max(ms, 0), self.duration_ms)

    def _offset(self, number: int) -> int:
        return sum(island.duration_ms for island in self.islands[:number])

    def _at(self, number: int, ms: int) -> int:
        return self.islands[number].start_ms + ms - self._offset(number)

    def _island(self, ms: int, *, at_end: bool) -> int:
        """The island that holds a moment of what was heard; on a seam the later, or the earlier."""
        passed = 0
        for number, island in enumerate(self.islands):
            passed += island.duration_ms
            if ms < passed or (at_end and ms == passed):
                return number
        return len(self.islands) - 1
