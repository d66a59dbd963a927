"""
Where nearly all words of content of a quote lie close together, in whatever order.

"Kill the commander and seize the rest" scores badly against "seize the commander and kill the
rest", and is the one thing that must not be called absent. That so many of its words meet within
a short stretch must itself be no chance: each tells as much less as the stretch is long.
"""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from transcription.alignment.scoring import UNIT_NATS, VARIANT, is_content

if TYPE_CHECKING:
    from transcription.alignment.locate import Search

SHARE, LEAST = 800, 3
"""Of a thousand words of content so many must be there, and no fewer than so many."""
NEIGHBOURHOOD = 20
_MARGIN_NATS = 2.0


def ends_near(search: "Search", taken: list[tuple[int, int]]) -> npt.NDArray[np.bool_] | None:
    """
    For each place 0 to n whether the words of content lie around a quote that ends there, those
    in places already taken apart; None if they do nowhere.
    """
    wanted = [
        (row, weight)
        for row, weight, unit in zip(
            search.pattern.rows, search.pattern.weights, search.quoted, strict=True
        )
        if is_content(unit, search.lexicon)
    ]
    speech = len(search.columns)
    around = min(len(search.quoted), NEIGHBOURHOOD)
    reach = 2 * around + len(search.quoted)
    free = np.ones(speech, dtype=bool)
    for first, last in taken:
        free[first:last] = False
    found = []
    for row, weight in wanted:
        at = search.vocabulary.tokens(search.likenesses[row, :-1] >= VARIANT)
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
