"""
The best score of a quote laid along speech, by dynamic programming on words.

The shape is Smith and Waterman's with Gotoh's affine gaps: the speech before and after is free,
and all of the quote must be accounted for. Leaving out quoted words and passing over spoken ones
both cost more to begin than to continue, but for a quote of which only a part was spoken: all
words before or after it together never cost more than `CLIP`. A mark in the speech that hides
words (`[unintelligible]`) stands for any number of them: after the quoted word that it is paired
with it may hold the ones that follow, at a small cost each.

Rows are quoted tokens, and each is a handful of vector operations over all of the speech, or over
many stretches of it at once. Two devices keep them few. A score carries in its lowest bits where
its path began, so that the greater of two is also the one of two beginnings; of equal ones the
later. And scores are lifted by what it costs to pass over all speech before them, so that passing
over costs nothing but its beginning, and a running maximum takes the place of the inner loop.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from transcription.text import Kind

Numbers = npt.NDArray[np.int64]
_Score = TypeVar("_Score", int, npt.NDArray[np.int64])

SKIP_BEGIN, SKIP_EACH = 450, 200
"""Cost of passing over spoken words that are not in the quote."""
DROP_BEGIN, DROP_EACH = 450, 150
"""Cost of quoted words that are not spoken; the second is scaled by the word's weight."""
CLIP = 1_400
"""The most that quoted words before or after the spoken part cost together."""
GAP_BEGIN, GAP_EACH = 50, 20
"""Cost of spoken words where the quote itself marks that some were left out."""
HOLD_EACH = 50
"""Cost of each further quoted word that a mark in the speech may stand for."""

_BITS = 22
"""Enough to tell the tokens of the longest text apart: no more than one a character."""
_BEGAN = (1 << _BITS) - 1
_NEVER = -(1 << 56)
WORDS = frozenset({Kind.WORD, Kind.NUMBER})
"""What must be accounted for."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """
    A quote ready to be laid along speech: one entry per token.

    `scores[rows[t]]` is the score of token `t` by column, the last of which stands for nothing;
    `rows[t]` is -1 for gaps and wildcards. `hiding` tells which columns are marks that stand
    for words.
    """

    kinds: tuple[Kind, ...]
    rows: tuple[int, ...]
    scores: npt.NDArray[np.int32]
    weights: tuple[int, ...]
    reaches: tuple[int, ...]
    hiding: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Layer:
    """
    Scores after one row, lifted, with beginnings: `best` overall, `plain` where no word was just
    passed over, `dropping` where the row's own token is left over, `holding` where it stands by
    a mark that hides words (None where there is none).
    """

    best: Numbers
    plain: Numbers
    dropping: Numbers
    holding: Numbers | None


def ends(pattern: Pattern, columns: Numbers) -> tuple[Numbers, Numbers]:
    """
    For each place 0 to n of n spoken tokens, given as columns: the best score of a path that
    ends there, and its start. Several stretches are swept together, one in each line.
    """
    cheap = _cheap_to_end(pattern)
    best = clipped = None
    for row, layer in enumerate(layers(pattern, columns, anchored=False)):
        best = layer.best
        if row < cheap:
            clipped = best.copy() if clipped is None else np.maximum(clipped, best, out=clipped)
    assert best is not None  # there is a layer before the first token
    found = best if clipped is None else np.maximum(best, clipped - up(CLIP))
    return (found - _lift(found.shape[-1])) >> _BITS, found & _BEGAN


def _cheap_to_end(pattern: Pattern) -> int:
    """After how many tokens the others cost less left over one by one than all together."""
    cost = DROP_BEGIN
    for row in range(len(pattern.kinds) - 1, -1, -1):
        cost += drop_each(pattern, row) if pattern.kinds[row] in WORDS else DROP_BEGIN
        if cost > CLIP:
            return row + 1
    return 0


def layers(pattern: Pattern, columns: Numbers, *, anchored: bool) -> Iterator[Layer]:
    """The layer before the first token, and one after each."""
    shape = (*columns.shape[:-1], columns.shape[-1] + 1)
    start = _lift(shape[-1]) + np.arange(shape[-1])
    if anchored:
        start[1:] = _NEVER
    never = np.broadcast_to(np.int64(_NEVER), shape)
    best = np.broadcast_to(start, shape)
    layer = Layer(best, best, never, None)
    fresh = start - up(CLIP)
    hiding = pattern.hiding[columns]
    marks = hiding if hiding.any() else None
    pairs = up(pattern.scores.astype(np.int64) + SKIP_EACH)
    left_out = DROP_BEGIN
    yield layer
    for row, kind in enumerate(pattern.kinds):
        left_out += 0 if kind in WORDS else DROP_BEGIN  # leaving out begins anew
        if kind is Kind.GAP:
            layer = _over_gap(layer.best, never)
        elif kind is Kind.WILD:
            layer = _passing(_wild(layer.best, pattern.reaches[row]), never)
        else:
            paired = np.empty(shape, dtype=np.int64)
            paired[..., 0] = _NEVER
            pairs[pattern.rows[row]].take(columns, out=paired[..., 1:], mode="clip")
            paired[..., 1:] += layer.best[..., :-1]
            if kind is Kind.OPTIONAL:
                layer = _passing(np.maximum(paired, layer.best), never)
            else:
                each = drop_each(pattern, row)
                left_out += each
                layer = _word(layer, paired, each, marks, fresh if left_out > CLIP else None)
        yield layer


def _word(
    before: Layer,
    paired: Numbers,
    each: int,
    hiding: npt.NDArray[np.bool_] | None,
    fresh: Numbers | None,
) -> Layer:
    """
    The layer of a quoted word: paired, held by the mark of the word before, or left over, alone
    or, where that is cheaper (`fresh`), with all the words before it.
    """
    dropping = before.best - up(DROP_BEGIN + each)
    np.maximum(dropping, before.dropping - up(each), out=dropping)
    plain, holding = paired, None
    if hiding is not None:
        holding = np.full_like(paired, _NEVER)
        further = paired if before.holding is None else before.holding - up(HOLD_EACH)
        holding[..., 1:][hiding] = np.maximum(paired, further)[..., 1:][hiding]
        plain = np.maximum(paired, holding)
    np.maximum(plain, dropping, out=plain)
    if fresh is not None:
        np.maximum(plain, fresh, out=plain)
    return _passing(plain, dropping, holding)


def _passing(plain: Numbers, dropping: Numbers, holding: Numbers | None = None) -> Layer:
    """A layer after which spoken words may be passed over."""
    best = np.empty_like(plain)
    np.maximum.accumulate(plain, axis=-1, out=best)
    best[..., 1:] = best[..., :-1] - up(SKIP_BEGIN)
    best[..., 0] = _NEVER
    np.maximum(best, plain, out=best)
    return Layer(best, plain, dropping, holding)


def _over_gap(plain: Numbers, never: Numbers) -> Layer:
    """The layer of a marked gap, over which words are passed at a small cost."""
    cheaper = np.arange(plain.shape[-1]) * up(SKIP_EACH - GAP_EACH)
    best = plain.copy()
    highest = np.maximum.accumulate(plain - cheaper, axis=-1)[..., :-1]
    passing = highest + (cheaper[1:] - up(GAP_BEGIN))
    np.maximum(best[..., 1:], passing, out=best[..., 1:])
    return Layer(best, plain, never, None)


def _wild(before: Numbers, reach: int) -> Numbers:
    """Scores where a wildcard has taken none to `reach` spoken words."""
    plain = before.copy()
    for taken in range(1, min(reach, before.shape[-1] - 1) + 1):
        further = before[..., :-taken] + up(SKIP_EACH * taken)
        np.maximum(plain[..., taken:], further, out=plain[..., taken:])
    return plain


def drop_each(pattern: Pattern, row: int) -> int:
    """What it costs to leave out a quoted token that is a word, once leaving out has begun."""
    return DROP_EACH * pattern.weights[row] // 1000


def up(score: _Score) -> _Score:
    """A score, or many, above the bits that tell where the path began."""
    return score << _BITS


def _lift(places: int) -> Numbers:
    """What it costs to pass over all speech before each place."""
    return np.arange(places) * up(SKIP_EACH)
