"""
Loops: the same words over and over, in one segment or spread over many.

The words of the whole transcript are one row. A loop is a run in which each word is the one that stood a
period earlier, for long enough: six times one word, five times two or three, four times more. A
segment is in it if a third of its words are, or eight. Within a word (`гогогогого…`) a few letters eight
times over count as well; and so does a text that compresses to less than its 2.4th part, in which
the period wavers.
"""

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from transcription.transcript import Segment

COMPRESSION_RATIO = 2.4
LONGEST_PERIOD = 40
_LONG_ENOUGH = 60
_MANY = 8
_SHARE = 3
_STUTTER = re.compile(r"([^\W\d_]{1,8}?)\1{7,}")
_LETTERS = re.compile(r"[\w']+")


def looped(segments: Sequence[Segment]) -> tuple[bool, ...]:
    """Of each segment, whether it is part of a loop."""
    words = [_LETTERS.findall(segment.text.casefold()) for segment in segments]
    row = [word for own in words for word in own]
    numbers = {word: number for number, word in enumerate(dict.fromkeys(row))}
    inside = _in_loops(np.array([numbers[word] for word in row], np.int32))
    found, at = [], 0
    for segment, own in zip(segments, words, strict=True):
        count = int(inside[at : at + len(own)].sum())
        at += len(own)
        found.append(
            count >= _MANY
            or (count > 0 and count * _SHARE >= len(own))
            or _STUTTER.search(segment.text.casefold()) is not None
            or _compresses(segment.text)
        )
    return tuple(found)


def _in_loops(row: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Of each word, whether it is part of a run that repeats itself."""
    inside = np.zeros(len(row), np.bool_)
    for period in range(1, min(LONGEST_PERIOD, len(row) // 4) + 1):
        same = np.concatenate(([False], row[period:] == row[:-period], [False]))
        edges = np.flatnonzero(np.diff(same.astype(np.int8)))
        for first, last in edges.reshape(-1, 2):
            if last - first + period >= period * _times(period):
                inside[first : last + period] = True
    return inside


def _times(period: int) -> int:
    """How often words of this period have to stand in a row to be a loop."""
    return {1: 6, 2: 5, 3: 5}.get(period, 4)


def _compresses(text: str) -> bool:
    data = text.encode()
    return len(text) >= _LONG_ENOUGH and len(data) / len(zlib.compress(data)) > COMPRESSION_RATIO
