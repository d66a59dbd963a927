"""
Timed captions, the part that WebVTT and SubRip share.

A cue is a block of lines: an optional name, a line with two times around an arrow, then the
text. Which clock, which arrow settings and which markup are allowed differs, and stays in
`webvtt` and `subrip`; how lines become blocks is here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from transcription.transcript import Segment


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


def timed(segments: tuple[Segment, ...]) -> Iterator[tuple[Segment, int, int]]:
    """Each segment with its times; `ValueError` where one is missing."""
    for number, segment in enumerate(segments, start=1):
        if segment.start_ms is None or segment.end_ms is None:
            raise ValueError(f"segment {number} has no times, and this format is made of times")
        yield segment, segment.start_ms, segment.end_ms
