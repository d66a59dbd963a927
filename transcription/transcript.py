"""
A transcript as a value: what somebody or something heard, when, and how surely.

All times are whole milliseconds and all probabilities whole per mille, so that a
transcript has exactly one canonical spelling and can be hashed. A word without times
has `None` for both (unknown), never a guess; a time that was computed from its
neighbours is marked `interpolated`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Flag(StrEnum):
    """What a segment warns its reader about; set by rules that do not trust confidence."""

    UNINTELLIGIBLE = "unintelligible"
    EXPLETIVE = "expletive"
    REPETITION = "repetition"
    HALLUCINATION_SUSPECT = "hallucination_suspect"
    CLIPPED = "clipped"


@dataclass(frozen=True, slots=True)
class Word:
    """One word: its text, its times if known, and the engine's own per mille if it gave one."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    permille: int | None = None
    interpolated: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech by one voice: text, words, times if known, speaker as labelled."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    words: tuple[Word, ...] = ()
    speaker: str | None = None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """Segments in order, in one language (BCP 47 primary subtag, or `und`)."""

    language: str
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """All segments' text, one line each."""
        return "\n".join(segment.text for segment in self.segments)

    def words(self) -> Iterator[Word]:
        """Every word in order; a segment without words of its own yields untimed ones."""
        for segment in self.segments:
            if segment.words:
                yield from segment.words
            else:
                yield from (Word(text) for text in segment.text.split())
