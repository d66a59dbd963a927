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
pair of words first, then a quoted word left over, then a spoken word passed over.
"""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Pattern:
    """A quote ready to be laid along speech: one entry per token."""

    kinds: tuple[Kind, ...]
    scores: tuple[Row, ...]
    """Score of each token against every spoken token; empty for gaps and wildcards."""
    weights: tuple[int, ...]
    reaches: tuple[int, ...]

    def within(self, start: int, end: int) -> "Pattern":
        """The same quote against only the spoken tokens from `start` to `end`."""
        cut = tuple(row[start:end] for row in self.scores)
        return Pattern(self.kinds, cut, self.weights, self.reaches)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a quoted token, the spoken tokens `[first, last)` it stands by."""

    quoted: int | None
    first: int
    last: int


@dataclass(slots=True)
class _Layer:
    """
    Scores after one row: `best` overall, `plain` where no word was just passed over,
    `dropping` where the row's own token is left over; and where those paths began.
    """

    best: Row
    plain: Row
    dropping: Row
    began: Row
    began_dropping: Row


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
    row, at, dropping, left_out = len(pattern.kinds), length, False, 0
    while row > 0:
        here, before = layers[row], layers[row - 1]
        if not dropping and here.plain[at] < here.best[at]:
            began = _skip_began(here, at, _skip_cost(pattern.kinds[row - 1]))
            if pattern.kinds[row - 1] is Kind.GAP:
                left_out = at - began  # they belong to the gap itself
            else:
                steps += [Step(None, word, word + 1) for word in range(at - 1, began - 1, -1)]
            at = began
            continue
        row -= 1
        dropping, back = _back(pattern, row, at, here, before, dropping=dropping)
        steps.append(Step(row, at - back, at + left_out))
        at, left_out = at - back, 0
    return tuple(reversed(steps))


def _back(
    pattern: Pattern, row: int, at: int, here: _Layer, before: _Layer, *, dropping: bool
) -> tuple[bool, int]:
    """How a token got its score: whether the one before it was dropped with it, words taken."""
    value = here.plain[at]
    match pattern.kinds[row]:
        case Kind.GAP:
            return False, 0
        case Kind.WILD:
            reach = min(pattern.reaches[row], at)
            return False, next(k for k in range(reach + 1) if before.best[at - k] == value)
        case Kind.OPTIONAL | Kind.WORD | Kind.NUMBER:
            if not dropping:
                score = pattern.scores[row][at - 1] if at else 0
                if at and before.best[at - 1] + score == value:
                    return False, 1
                if pattern.kinds[row] is Kind.OPTIONAL:
                    return False, 0
            alone = before.best[at] - DROP_BEGIN - _drop_each(pattern, row)
            return bool(alone < here.dropping[at]), 0


def _first(length: int, *, anchored: bool) -> _Layer:
    best = np.zeros(length + 1, dtype=np.int32)
    if anchored:
        best[1:] = NEVER
    began = np.arange(length + 1, dtype=np.int32)
    never = np.full(length + 1, NEVER, dtype=np.int32)
    return _Layer(best, best, never, began, began)


def _next(pattern: Pattern, row: int, before: _Layer) -> _Layer:
    """The layer of one more quoted token."""
    plain, began, dropping, began_dropping = _place(pattern, row, before)
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
    return _Layer(best, plain, dropping, began, began_dropping)


def _place(pattern: Pattern, row: int, before: _Layer) -> tuple[Row, Row, Row, Row]:
    """Scores of a token placed on each word, or left over, before any word is passed over."""
    never = np.full(len(before.best), NEVER, dtype=np.int32)
    match pattern.kinds[row]:
        case Kind.GAP:
            return before.best, before.began, never, before.began
        case Kind.WILD:
            plain, began = before.best, before.began
            for taken in range(1, min(pattern.reaches[row], len(plain) - 1) + 1):
                further = before.best[:-taken] > plain[taken:]
                plain, began = plain.copy(), began.copy()
                plain[taken:][further] = before.best[:-taken][further]
                began[taken:][further] = before.began[:-taken][further]
            return plain, began, never, before.began
        case Kind.OPTIONAL | Kind.WORD | Kind.NUMBER:
            paired = never.copy()
            paired[1:] = before.best[:-1] + pattern.scores[row]
            np.maximum(paired, NEVER, out=paired)
            began = before.began.copy()
            began[1:] = before.began[:-1]
            if pattern.kinds[row] is Kind.OPTIONAL:
                left = paired < before.best
                plain = np.where(left, before.best, paired)
                return plain, np.where(left, before.began, began), never, before.began
            each = np.int32(_drop_each(pattern, row))
            alone = np.maximum(before.best - np.int32(DROP_BEGIN) - each, NEVER)
            again = np.maximum(before.dropping - each, NEVER)
            dropping = np.maximum(alone, again)
            began_dropping = np.where(again > alone, before.began_dropping, before.began)
            left = paired < dropping
            plain = np.where(left, dropping, paired)
            return plain, np.where(left, began_dropping, began), dropping, began_dropping


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
