"""
The best way to lay a whole quote along a stretch of speech, by dynamic programming on words.

The shape is Smith and Waterman's with Gotoh's affine gaps: all of the quote must be
accounted for, while the speech before and after is free. Leaving out quoted words and passing
over spoken ones both cost more to begin than to continue. Rows are quoted tokens, and each
row is a handful of vector operations over the whole transcript; the running maximum takes
the place of the inner loop, because skipping spoken words costs the same everywhere.

`ends` is the forward sweep: for every place in the speech, the best score of a quote that
ends there and where it then began. `trace` lays one stretch out word by word. Both are the
same recurrence on integers, so they agree exactly, and ties are broken in one fixed order: a
pair of words first, then a quoted word held by a mark, then one left over, then a spoken word
passed over.

A mark in the speech that hides words (`[unintelligible]`) stands for any number of them: after
the quoted word that it is paired with it may hold the ones that follow, at a small cost each.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto

import numpy as np
import numpy.typing as npt

from transcription.text import Kind

Row = npt.NDArray[np.int32]

NEVER = np.int32(-1_000_000_000)
SKIP_BEGIN, SKIP_EACH = 550, 200
"""Cost of passing over spoken words that are not in the quote."""
DROP_BEGIN, DROP_EACH = 500, 150
"""Cost of quoted words that are not spoken; the second is scaled by the word's weight."""
GAP_BEGIN, GAP_EACH = 50, 10
"""Cost of spoken words where the quote itself marks that some were left out."""
HOLD_EACH = 50
"""Cost of each further quoted word that a mark in the speech may stand for."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A quote ready to be laid along speech: one entry per token."""

    kinds: tuple[Kind, ...]
    scores: tuple[Row, ...]
    """Score of each token against every spoken token; empty for gaps and wildcards."""
    weights: tuple[int, ...]
    reaches: tuple[int, ...]
    hiding: npt.NDArray[np.bool_]
    """Which spoken tokens are marks that stand for words."""

    def within(self, start: int, end: int) -> "Pattern":
        """The same quote against only the spoken tokens from `start` to `end`."""
        cut = tuple(row[start:end] for row in self.scores)
        return Pattern(self.kinds, cut, self.weights, self.reaches, self.hiding[start:end])


@dataclass(frozen=True, slots=True)
class Step:
    """
    One step of a path: a quoted token, the spoken tokens `[first, last)` it stands by.

    With `held` it stands by no token of its own, but by the mark just before `first`.
    """

    quoted: int | None
    first: int
    last: int
    held: bool = False


@dataclass(slots=True)
class _Layer:
    """
    Scores after one row: `best` overall, `plain` where no word was just passed over,
    `dropping` where the row's own token is left over, `holding` where it stands by a mark that
    hides words; and where those paths began.
    """

    best: Row
    plain: Row
    dropping: Row
    holding: Row
    began: Row
    began_dropping: Row
    began_holding: Row


class _Way(Enum):
    """Which of a layer's scores a path is followed back from."""

    BEST = auto()
    DROPPING = auto()
    HOLDING = auto()


def ends(pattern: Pattern, length: int) -> tuple[Row, Row]:
    """For each place 0 to `length`: the best score of a path ending there, and its start."""
    layer = _first(length, anchored=False)
    for row in range(len(pattern.kinds)):
        layer = _next(pattern, row, layer)
    return layer.best, layer.began


def trace(pattern: Pattern, length: int) -> tuple[Step, ...]:
    """The steps of the best path over all of a stretch of speech of this length, in order."""
    layers = [_first(length, anchored=True)]
    for row in range(len(pattern.kinds)):
        layers.append(_next(pattern, row, layers[-1]))
    steps: list[Step] = []
    row, at, way, left_out = len(pattern.kinds), length, _Way.BEST, 0
    while row > 0:
        here, before = layers[row], layers[row - 1]
        if way is _Way.BEST and here.plain[at] < here.best[at]:
            began = _skip_began(here, at, _skip_cost(pattern.kinds[row - 1]))
            if pattern.kinds[row - 1] is Kind.GAP:
                left_out = at - began  # they belong to the gap itself
            else:
                steps += [Step(None, word, word + 1) for word in range(at - 1, began - 1, -1)]
            at = began
            continue
        row -= 1
        way, back, held = _back(pattern, row, at, here, before, way)
        steps.append(Step(row, at - back, at + left_out, held))
        at, left_out = at - back, 0
    return tuple(reversed(steps))


def _back(
    pattern: Pattern, row: int, at: int, here: _Layer, before: _Layer, way: _Way
) -> tuple[_Way, int, bool]:
    """How a token got its score: the way on, the spoken words taken, whether a mark held it."""
    value = (here.holding if way is _Way.HOLDING else here.plain)[at]
    match pattern.kinds[row]:
        case Kind.GAP:
            return _Way.BEST, 0, False
        case Kind.WILD:
            reach = min(pattern.reaches[row], at)
            taken = next(k for k in range(reach + 1) if before.best[at - k] == value)
            return _Way.BEST, taken, False
        case Kind.OPTIONAL | Kind.WORD | Kind.NUMBER:
            if way is not _Way.DROPPING:
                score = pattern.scores[row][at - 1] if at else 0
                if at and before.best[at - 1] + score == value:
                    return _Way.BEST, 1, False
                if pattern.kinds[row] is Kind.OPTIONAL:
                    return _Way.BEST, 0, False
                if at and pattern.hiding[at - 1] and before.holding[at] - HOLD_EACH == value:
                    return _Way.HOLDING, 0, True
            alone = before.best[at] - DROP_BEGIN - _drop_each(pattern, row)
            return (_Way.DROPPING if alone < here.dropping[at] else _Way.BEST), 0, False


def _first(length: int, *, anchored: bool) -> _Layer:
    best = np.zeros(length + 1, dtype=np.int32)
    if anchored:
        best[1:] = NEVER
    began = np.arange(length + 1, dtype=np.int32)
    never = np.full(length + 1, NEVER, dtype=np.int32)
    return _Layer(best, best, never, never, began, began, began)


def _next(pattern: Pattern, row: int, before: _Layer) -> _Layer:
    """The layer of one more quoted token."""
    here = _place(pattern, row, before)
    plain, began = here.plain, here.began
    begin, each = _skip_cost(pattern.kinds[row])
    along = np.arange(len(plain), dtype=np.int32) * np.int32(each)
    lifted = plain + along
    highest = np.maximum.accumulate(lifted)
    source = np.maximum.accumulate(
        np.where(lifted == highest, np.arange(len(plain), dtype=np.int32), np.int32(0))
    )
    skipping = np.full(len(plain), NEVER, dtype=np.int32)
    skipping[1:] = highest[:-1] - np.int32(begin) - along[1:]
    np.maximum(skipping, NEVER, out=skipping)
    skipped = skipping > plain
    best = np.where(skipped, skipping, plain)
    began_skipping = np.empty_like(began)
    began_skipping[:1] = began[:1]
    began_skipping[1:] = began[source[:-1]]
    began = np.where(skipped, began_skipping, began)
    return replace(here, best=best, began=began)


def _place(pattern: Pattern, row: int, before: _Layer) -> _Layer:
    """The layer of a token placed on each word, or left over, before any word is passed over."""
    match pattern.kinds[row]:
        case Kind.GAP:
            return _only(before.best, before.began)
        case Kind.WILD:
            plain, began = before.best, before.began
            for taken in range(1, min(pattern.reaches[row], len(plain) - 1) + 1):
                further = before.best[:-taken] > plain[taken:]
                plain, began = plain.copy(), began.copy()
                plain[taken:][further] = before.best[:-taken][further]
                began[taken:][further] = before.began[:-taken][further]
            return _only(plain, began)
        case Kind.OPTIONAL | Kind.WORD | Kind.NUMBER:
            paired = np.full(len(before.best), NEVER, dtype=np.int32)
            paired[1:] = before.best[:-1] + pattern.scores[row]
            np.maximum(paired, NEVER, out=paired)
            began = before.began.copy()
            began[1:] = before.began[:-1]
            if pattern.kinds[row] is Kind.OPTIONAL:
                left = paired < before.best
                plain = np.where(left, before.best, paired)
                return _only(plain, np.where(left, before.began, began))
            return _word(pattern, row, before, paired, began)


def _word(pattern: Pattern, row: int, before: _Layer, paired: Row, began: Row) -> _Layer:
    """The layer of a quoted word: paired, held by the mark of the word before, or left over."""
    each = np.int32(_drop_each(pattern, row))
    alone = np.maximum(before.best - np.int32(DROP_BEGIN) - each, NEVER)
    again = np.maximum(before.dropping - each, NEVER)
    dropping = np.maximum(alone, again)
    began_dropping = np.where(again > alone, before.began_dropping, before.began)
    holding, began_holding = _held(pattern, before, paired, began)
    standing, began = np.maximum(paired, holding), np.where(holding > paired, began_holding, began)
    left = standing < dropping
    plain = np.where(left, dropping, standing)
    began = np.where(left, began_dropping, began)
    return _Layer(plain, plain, dropping, holding, began, began_dropping, began_holding)


def _held(pattern: Pattern, before: _Layer, paired: Row, began: Row) -> tuple[Row, Row]:
    """Scores of a quoted word that stands by a mark hiding words, alone or after others."""
    holding = np.full(len(paired), NEVER, dtype=np.int32)
    at = np.flatnonzero(pattern.hiding) + 1
    further = np.maximum(before.holding[at] - np.int32(HOLD_EACH), NEVER)
    holding[at] = np.maximum(paired[at], further)
    began_holding = began.copy()
    began_holding[at] = np.where(further > paired[at], before.began_holding[at], began[at])
    return holding, began_holding


def _only(plain: Row, began: Row) -> _Layer:
    """A layer in which nothing is left over and no mark holds a word."""
    never = np.full(len(plain), NEVER, dtype=np.int32)
    return _Layer(plain, plain, never, never, began, began, began)


def _skip_cost(kind: Kind) -> tuple[int, int]:
    return (GAP_BEGIN, GAP_EACH) if kind is Kind.GAP else (SKIP_BEGIN, SKIP_EACH)


def _skip_began(layer: _Layer, at: int, cost: tuple[int, int]) -> int:
    """Where the words passed over up to `at` begin: the latest place that gives the score."""
    begin, each = cost
    before = np.arange(at, dtype=np.int32)
    scores = layer.plain[:at] - np.int32(begin) - (np.int32(at) - before) * np.int32(each)
    return int(np.flatnonzero(scores == layer.best[at])[-1])


def _drop_each(pattern: Pattern, row: int) -> int:
    return DROP_EACH * pattern.weights[row] // 1000
