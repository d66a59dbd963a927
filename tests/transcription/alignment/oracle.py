"""
The dynamic programme as it is defined, in plain Python: slow, and hard to get wrong.

Every state of every cell is asked for by recursion, over all of the speech each time. Nothing is
vectorised, nothing is swept again in part, and nothing is shared with the code that it judges but
the costs.
"""

from collections.abc import Callable
from functools import cache

from transcription.alignment.sweep import (
    CLIP,
    DROP_BEGIN,
    DROP_EACH,
    GAP_BEGIN,
    GAP_EACH,
    HOLD_EACH,
    SKIP_BEGIN,
    SKIP_EACH,
    WORDS,
    Pattern,
)
from transcription.text import Kind

Score = int | None
Began = tuple[int, int]
"""A score and where its path began; of equal scores the later beginning is greater."""


def best_scores(pattern: Pattern, spoken: list[int], *, anchored: bool) -> list[Score]:
    """The best score of a path ending at each place."""
    return [
        None if found is None else found[0]
        for found in best_paths(pattern, spoken, allowed=lambda start: start == 0 or not anchored)
    ]


def best_paths(  # noqa: C901 - one inner function for each state of the definition
    pattern: Pattern,
    spoken: list[int],
    *,
    allowed: Callable[[int], bool],
    closed: frozenset[int] = frozenset(),
) -> list[Began | None]:
    """
    The best path to each place that begins where it may, over no token that is closed.

    `closed` holds spoken tokens that no path may pair with, pass over or take.
    """

    @cache
    def best(row: int, at: int) -> Began | None:
        if row < 0:
            return (0, at) if allowed(at) else None
        gap = pattern.kinds[row] is Kind.GAP
        begin, each = (GAP_BEGIN, GAP_EACH) if gap else (SKIP_BEGIN, SKIP_EACH)
        options = [plain(row, at)]
        for source in range(at - 1, -1, -1):
            if source in closed:
                break
            options.append(less(plain(row, source), begin + each * (at - source)))
        return top(options)

    @cache
    def plain(row: int, at: int) -> Began | None:
        kind = pattern.kinds[row]
        if kind is Kind.GAP:
            return best(row - 1, at)
        if kind is Kind.WILD:
            options = [best(row - 1, at)]
            for taken in range(1, min(at, pattern.reaches[row]) + 1):
                if at - taken in closed:
                    break
                options.append(best(row - 1, at - taken))
            return top(options)
        if kind is Kind.OPTIONAL:
            return top([best(row - 1, at), paired(row, at)])
        fresh = (-CLIP, at) if allowed(at) else None
        return top([dropped(row, at), paired(row, at), held(row, at), fresh])

    @cache
    def paired(row: int, at: int) -> Began | None:
        if not at or at - 1 in closed:
            return None
        score = int(pattern.scores[pattern.rows[row], spoken[at - 1]])
        return less(best(row - 1, at - 1), -score)

    @cache
    def held(row: int, at: int) -> Began | None:
        if not at or not pattern.hiding[spoken[at - 1]]:
            return None
        further = held(row - 1, at) if row and pattern.kinds[row - 1] in WORDS else None
        return top([paired(row, at), less(further, HOLD_EACH)])

    @cache
    def dropped(row: int, at: int) -> Began | None:
        each = DROP_EACH * pattern.weights[row] // 1000
        options = [less(best(row - 1, at), DROP_BEGIN + each)]
        if row and pattern.kinds[row - 1] in WORDS:
            options.append(less(dropped(row - 1, at), each))
        return top(options)

    rows = len(pattern.kinds)
    return [
        top([best(rows - 1, at), *(less(best(row, at), CLIP) for row in range(-1, rows - 1))])
        for at in range(len(spoken) + 1)
    ]


def top(options: list[Began | None]) -> Began | None:
    """The best of what is known."""
    return max((option for option in options if option is not None), default=None)


def less(path: Began | None, cost: int) -> Began | None:
    """A path that cost so much more."""
    return None if path is None else (path[0] - cost, path[1])
