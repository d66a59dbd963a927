"""
A transcript as a value: what somebody or something heard, when, and how surely.

All times are whole milliseconds and all probabilities whole per mille, so that a
transcript has exactly one canonical spelling and can be hashed. A word without times
has `None` for both (unknown), never a guess; a time that was computed from its
neighbours is marked `interpolated`. A word may be a mark (`transcription.marks`); that follows
from how it is spelled and is not stored beside it.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from transcription.errors import Malformed
from transcription.marks import MarkKind, kind_of


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

    @property
    def mark(self) -> MarkKind | None:
        """What it is if it is no word but a mark, such as `[unintelligible]`."""
        return kind_of(self.text)


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

    def as_data(self) -> dict[str, Any]:
        """
        The canonical value to hash or store: only dicts, lists, strings, integers, booleans
        and None, every field present, so that equal transcripts have equal data.
        """
        return {
            "language": self.language,
            "segments": [
                {
                    **asdict(segment),
                    "words": [asdict(word) for word in segment.words],
                    "flags": [flag.value for flag in segment.flags],
                }
                for segment in self.segments
            ],
        }

    @classmethod
    def of_data(cls, data: object) -> "Transcript":
        """Read what `as_data` gives; `Malformed` names the segment that is anything else."""
        outer = _fields(data, "transcript", language=str, segments=list)
        segments = tuple(
            _segment(segment, f"segment {number}")
            for number, segment in enumerate(outer["segments"], start=1)
        )
        return cls(outer["language"], segments)


def _segment(data: object, name: str) -> Segment:
    found = _fields(
        data,
        name,
        text=str,
        start_ms=(int, type(None)),
        end_ms=(int, type(None)),
        words=list,
        speaker=(str, type(None)),
        flags=list,
    )
    words = tuple(
        Word(
            **_fields(
                word,
                f"{name}, word {number}",
                text=str,
                start_ms=(int, type(None)),
                end_ms=(int, type(None)),
                permille=(int, type(None)),
                interpolated=bool,
            )
        )
        for number, word in enumerate(found["words"], start=1)
    )
    try:
        flags = tuple(Flag(flag) for flag in found["flags"])
    except ValueError as error:
        raise Malformed(f"{name} has a flag that is not known") from error
    return Segment(**{**found, "words": words, "flags": flags})


def _fields(
    data: object, name: str, **kinds: type | tuple[type, ...]
) -> dict[str, Any]:  # values are as heterogeneous as the kinds asked for
    """Exactly these fields, each of its kind; a boolean is not taken for an integer."""
    if not isinstance(data, dict) or data.keys() != kinds.keys():
        raise Malformed(f"{name} must have exactly the fields {', '.join(kinds)}")
    for field, kind in kinds.items():
        value = data[field]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise Malformed(f"{name}: {field} has the wrong type")
    return data
