"""
The best way to lay a whole quote along a stretch of speech: word by word, where `sweep` scores.

The same layers are made for the stretch alone and followed back from its end; both are one
recurrence on integers, so that they agree exactly. Of equal ways a pair of words is followed
first, then a quoted word held by a mark, then one left over, then a spoken word passed over.
"""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

import numpy as np

from transcription.alignment.sweep import (
    CLIP,
    DROP_BEGIN,
    GAP_BEGIN,
    GAP_EACH,
    HOLD_EACH,
    SKIP_BEGIN,
    SKIP_EACH,
    Numbers,
    Pattern,
    drop_each,
    layers,
    up,
)
from transcription.text import Kind


class Step(NamedTuple):
    """
    One step of a path: a quoted token, the spoken tokens `[first, last)` it stands by.

    With `held` it stands by no token of its own, but by the mark just before `first`.
    """

    quoted: int | None
    first: int
    last: int
    held: bool = False


class _Way(Enum):
    """Which of a layer's scores a path is followed back from."""

    BEST = auto()
    DROPPING = auto()
    HOLDING = auto()


class _Line(NamedTuple):
    """
    The layers of one stretch as plain numbers, by row and place; `pairs` is what pairing a
    token with the spoken one before a place adds, `hiding` whether that one hides words.
    """

    best: list[list[int]]
    plain: list[list[int]]
    dropping: list[list[int]]
    holding: list[list[int] | None]
    pairs: list[list[int]]
    hiding: list[bool]


def traces(
    pattern: Pattern, columns: Numbers, stretches: Sequence[tuple[int, int]]
) -> Iterator[tuple[Step, ...]]:
    """
    The steps of the best path over all of each stretch, in order, counted in the whole speech.

    A stretch is given as its first token and its end, and as the line of its columns.
    """
    found = list(layers(pattern, columns, anchored=True))
    best, plain, dropping = (
        np.stack([getattr(layer, name) for layer in found])
        for name in ("best", "plain", "dropping")
    )
    holding = [layer.holding for layer in found]
    for at, (first, last) in enumerate(stretches):
        own = slice(0, last - first + 1)
        spoken = columns[at, : last - first]
        yield _followed(
            pattern,
            _Line(
                best=best[:, at, own].tolist(),
                plain=plain[:, at, own].tolist(),
                dropping=dropping[:, at, own].tolist(),
                holding=[None if held is None else held[at].tolist() for held in holding],
                pairs=up(
                    pattern.scores[np.ix_(np.array(pattern.rows), spoken)].astype(np.int64)
                    + SKIP_EACH
                ).tolist(),
                hiding=pattern.hiding[spoken].tolist(),
            ),
            first,
            last - first,
        )


def _followed(pattern: Pattern, line: _Line, first: int, length: int) -> tuple[Step, ...]:
    """Back along the best path from the end of a stretch to its beginning."""
    row, at, way, left_out = _last_row(line.best, length), length, _Way.BEST, 0
    end = first + length
    steps = [Step(quoted, end, end) for quoted in range(len(pattern.kinds) - 1, row - 1, -1)]
    while row > 0:
        best = line.best[row][at]
        if way is _Way.BEST and line.plain[row][at] < best:
            gap = pattern.kinds[row - 1] is Kind.GAP
            began = _passed(line.plain[row], at, best, gap=gap)
            if gap:
                left_out = at - began  # they belong to the gap itself
            else:
                words = range(first + at - 1, first + began - 1, -1)
                steps += [Step(None, word, word + 1) for word in words]
            at = began
            continue
        row -= 1
        if way is _Way.BEST and at == 0 and best == up(-CLIP):
            steps.append(Step(row, first, first + left_out))
            steps += [Step(quoted, first, first) for quoted in range(row - 1, -1, -1)]
            break
        way, back, held = _back(pattern, line, row, at, way)
        steps.append(Step(row, first + at - back, first + at + left_out, held))
        at, left_out = at - back, 0
    steps.reverse()
    return tuple(steps)


def _last_row(best: list[list[int]], length: int) -> int:
    """After how many quoted tokens the best path ends; those after them were not spoken."""
    *scores, whole = [row[length] for row in best]
    clipped = max(scores) - up(CLIP)
    if whole >= clipped:
        return len(scores)
    return max(row for row, score in enumerate(scores) if score - up(CLIP) == clipped)


def _back(pattern: Pattern, line: _Line, row: int, at: int, way: _Way) -> tuple[_Way, int, bool]:
    """How a token got its score: the way on, the spoken words taken, whether a mark held it."""
    kind, before = pattern.kinds[row], line.best[row]
    if kind is Kind.GAP:
        return _Way.BEST, 0, False
    holding = line.holding[row + 1]
    value = line.plain[row + 1][at] if way is not _Way.HOLDING or not holding else holding[at]
    if kind is Kind.WILD:
        reach = min(pattern.reaches[row], at)
        taken = next(k for k in range(reach + 1) if before[at - k] + up(SKIP_EACH * k) == value)
        return _Way.BEST, taken, False
    if way is not _Way.DROPPING:
        if at and before[at - 1] + line.pairs[row][at - 1] == value:
            return _Way.BEST, 1, False
        if kind is Kind.OPTIONAL:
            return _Way.BEST, 0, False
        held = line.holding[row]
        if at and held and line.hiding[at - 1] and held[at] - up(HOLD_EACH) == value:
            return _Way.HOLDING, 0, True
    alone = before[at] - up(DROP_BEGIN + drop_each(pattern, row))
    return (_Way.DROPPING if alone < line.dropping[row + 1][at] else _Way.BEST), 0, False


def _passed(plain: list[int], at: int, best: int, *, gap: bool) -> int:
    """Where the words passed over up to `at` begin: the latest place that gives the score."""
    begin, each = (GAP_BEGIN, GAP_EACH) if gap else (SKIP_BEGIN, SKIP_EACH)
    return next(
        began
        for began in range(at - 1, -1, -1)
        if plain[began] + up((SKIP_EACH - each) * (at - began) - begin) == best
    )
