"""
Timed captions, the part that WebVTT and SubRip share.

A cue is a block of lines: an optional name, a line with two times around an arrow, then the
text. Which clock, which arrow settings and which markup are allowed differs, and stays in
`webvtt` and `subrip`; how lines become blocks, and cues become segments, is here. A caption
carries no word times, so a segment read from one has none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from transcription.formats import timing
from transcription.language import primary
from transcription.transcript import Segment, Transcript

ARROW = "-->"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines between blank lines; `line` is the 1-based number of the first."""

    line: int
    lines: tuple[str, ...]


def blocks(content: str) -> Iterator[Block]:
    """Split a file at its blank lines."""
    start, held = 0, list[str]()
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            start = start if held else number
            held.append(line)
        elif held:
            yield Block(start, tuple(held))
            held = []
    if held:
        yield Block(start, tuple(held))


def transcript(segments: list[tuple[Segment, int]], *, language: str | None) -> Transcript:
    """Check the times of the segments read, each with its line, and put them together."""
    timing.check([s for s, _ in segments], lines=[line for _, line in segments])
    return Transcript(primary(language), tuple(s for s, _ in segments))


def timed(segments: tuple[Segment, ...]) -> Iterator[tuple[Segment, int, int]]:
    """Each segment with its times; `ValueError` where one is missing."""
    for number, segment in enumerate(segments, start=1):
        if segment.start_ms is None or segment.end_ms is None:
            raise ValueError(f"segment {number} has no times, and captions are made of times")
        yield segment, segment.start_ms, segment.end_ms


def one_line(text: str) -> str:
    """Text as a caption may hold it: no line breaks, no NUL, and no arrow that reads as a time."""
    return " ".join(text.replace("\x00", " ").split()).replace(ARROW, "->")
