"""
The reporter's words around quoted ones: sentences, and what each says about saying.

A scope is one paragraph of the report, or the inside of a quote that quotes somebody else.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from transcription.quotation.lexicon import Lexicon
from transcription.quotation.proposal import Stretch
from transcription.quotation.sayings import Saying, sayings
from transcription.quotation.sentences import sentences


@dataclass(frozen=True, eq=False)
class Scope:
    """A stretch of a frame (the text with quoted words masked); read when it is asked for."""

    frame: str
    place: Stretch
    lexicon: Lexicon

    @cached_property
    def sentences(self) -> list[Stretch]:
        """Its sentences, in order."""
        return sentences(self.frame, self.place.start, self.place.end, self.lexicon)

    @cached_property
    def sayings(self) -> list[list[Saying]]:
        """For each sentence, what it says about saying."""
        return [sayings(self.frame, sentence, self.lexicon) for sentence in self.sentences]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def at(self, position: int) -> int:
        """Which sentence a position of the text lies in."""
        return max(0, bisect_right(self._starts, position) - 1)

    def mention(self, sentence: Stretch, *names: str) -> str | None:
        """The first entry of these lists that a sentence holds."""
        found = self.lexicon.pattern(*names).search(self.frame, sentence.start, sentence.end)
        return found[0] if found else None


class Scopes:
    """The scopes of a whole text at one level of nesting."""

    def __init__(self, frame: str, places: Iterable[Stretch], lexicon: Lexicon) -> None:
        self.frame = frame
        self.all = [Scope(frame, place, lexicon) for place in places]
        self._starts = [scope.place.start for scope in self.all]

    def around(self, position: int) -> int:
        """Which scope a position lies in."""
        return max(0, bisect_right(self._starts, position) - 1)
