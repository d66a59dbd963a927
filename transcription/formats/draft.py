"""
What a file states, before its times are believed, and what reading it gives.

A reader knows one format; whether the times make sense is asked in one place for all of them
(`settling`). Between the two stands a `Draft`: segments as they were written, and for each the
line it stands on, so that a fault found later can still be shown in the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from transcription.transcript import Segment, Transcript


@dataclass(frozen=True, slots=True)
class Repair:
    """One liberty taken with a file: its 1-based line, what stood there, what was made of it."""

    line: int
    found: str
    made: str


class Lines(Protocol):
    """Where a segment, or a word of it, stands in its file: a 1-based line."""

    def __call__(self, segment: int, word: int | None = None) -> int:
        """The line of segment number `segment`, or of its word number `word`, both from 0."""


@dataclass(frozen=True, slots=True)
class Draft:
    """
    Segments as a file states them; `machine` is what the file says made it.

    `left_out` names parts of the file that hold something else than a transcript.
    """

    language: str
    segments: tuple[Segment, ...]
    line: Lines
    machine: str | None = None
    left_out: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """
    A transcript as read: what the file says made it (a machine, or `None`), every repair that
    was asked for and made, and what of the file is no part of the transcript.
    """

    transcript: Transcript
    machine: str | None = None
    repairs: tuple[Repair, ...] = ()
    left_out: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A segment and the lines on which it and its words stand."""

    segment: Segment
    line: int
    word_lines: tuple[int, ...] = ()


def lines_of(found: Sequence[Found]) -> Lines:
    """Look lines up where every one of them is known; a word without one stands on its segment's."""

    def line(segment: int, word: int | None = None) -> int:
        at = found[segment]
        return at.line if word is None or word >= len(at.word_lines) else at.word_lines[word]

    return line


def drafted(
    found: Sequence[Found],
    language: str,
    *,
    machine: str | None = None,
    left_out: tuple[Repair, ...] = (),
) -> Draft:
    """Put what was found together."""
    segments = tuple(one.segment for one in found)
    return Draft(language, segments, lines_of(found), machine, left_out)
