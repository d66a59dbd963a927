"""
Where nearly all words of content of a quote lie close together, in whatever order.

"Kill the commander and seize the rest" scores badly against "seize the commander and kill the
rest", and is the one thing that must not be called absent. That so many of its words meet within
a short stretch must itself be no chance: each tells as much less as the stretch is long.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from transcription.alignment.scoring import UNIT_NATS
from transcription.alignment.vocabulary import Vocabulary

Flags = npt.NDArray[np.bool_]

SHARE, LEAST = 800, 3
"""Of a thousand words of content so many must be there, and no fewer than so many."""
NEIGHBOURHOOD = 20
_MARGIN_NATS = 2.0


def ends_near(
    wanted: Sequence[tuple[Flags, int]],
    spoken: Vocabulary,
    *,
    length: int,
    taken: Sequence[tuple[int, int]],
) -> Flags | None:
    """
    For each place 0 to n whether the words of content lie around a quote that ends there, those
    in stretches already taken apart; None if they do nowhere.

    `wanted` holds for each word of content which columns match it, and its weight; `length` is
    the quote's in tokens.
    """
    speech = len(spoken.columns)
    around = min(length, NEIGHBOURHOOD)
    reach = 2 * around + length
    free = np.ones(speech, dtype=bool)
    for first, last in taken:
        free[first:last] = False
    found = []
    for columns, weight in wanted:
        at = spoken.tokens(columns)
        at = at[free[at]]
        if len(at):
            found.append((at, max(0.0, weight * UNIT_NATS / 1000 - math.log(reach))))
    if len(found) < max(LEAST, -(-len(wanted) * SHARE // 1000)):
        return None
    there, told = np.zeros(speech + 2, dtype=np.int64), np.zeros(speech + 2)
    for at, nats in found:
        far = np.flatnonzero(np.diff(at) > reach)
        starts = np.maximum(np.append(at[:1], at[far + 1]) + 1 - around, 0)
        stops = np.minimum(np.append(at[far], at[-1:]) + 2 - around + reach, speech + 1)
        there[starts] += 1
        there[stops] -= 1
        told[starts] += nats
        told[stops] -= nats
    there, told = np.cumsum(there)[:-1], np.cumsum(told)[:-1]
    near = (there * 1000 >= len(wanted) * SHARE) & (there >= LEAST)
    near &= told >= math.log(max(1, speech / reach)) + _MARGIN_NATS
    return near if near.any() else None
