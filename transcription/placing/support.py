"""
Whether the audio supports a word where it was placed: by comparison with decoys.

A decoy is the same text with its phones in another order, three at a time, placed on the same
recording by the same costs. If the text is what is said, it fits the three seconds to either side of a
word better than decoys do; if something else is said, it is one among them. A word's support is
the share of decoys that fit worse there, per mille, as a normal distribution with the decoys' mean
and spread gives it. It is measured on the first path: what is learnt from a path favours it.

Measured on 1,060 words of right texts (real and synthetic, English, Russian, Ukrainian, clear and
at 5 dB) and as many of wrong ones: 980 is reached by 94 % of the right and 8 % of the wrong, 950
by 96 and 17 %, 990 by 91 and 5 %. Recordings of two or three words often stay below.

Support belongs to a stretch of some seconds, not to a word: it does not show a single word that
was exchanged.
"""

from collections.abc import Iterator
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from transcription.placing.expectation import PARTS, Expectation
from transcription.placing.likelihood import frame_costs
from transcription.placing.path import Costs, path
from transcription.placing.spectrum import FRAME_MS, Features

DECOYS = 9
AROUND_MS = 3000
_PHONES_TOGETHER = 3
_SEED = 1


def support(
    expected: Expectation, features: Features, costs: Costs, states: NDArray[np.int64]
) -> NDArray[np.int64]:
    """For each frame the per mille of decoys that fit worse than `states` around it."""
    own = _around(frame_costs(features, costs, states))
    total, squares = np.zeros(len(own)), np.zeros(len(own))
    for order in _orders(len(expected.kind) // PARTS):
        decoy = _reordered(costs, order)
        cost = _around(frame_costs(features, decoy, path(features, decoy)))
        total += cost
        squares += cost**2
    mean = total / DECOYS
    spread = np.sqrt(np.maximum(squares / DECOYS - mean**2, 0) * DECOYS / (DECOYS - 1))
    ahead = (mean - own) / np.maximum(spread, 1e-6)
    return np.array([round(500 * (1 + erf(value / sqrt(2)))) for value in ahead], np.int64)


def _orders(phones: int) -> Iterator[NDArray[np.int64]]:
    chosen = np.random.default_rng(_SEED)
    for number in range(DECOYS):
        edges = range(-(number % _PHONES_TOGETHER), phones, _PHONES_TOGETHER)
        blocks = [np.arange(max(0, edge), min(phones, edge + _PHONES_TOGETHER)) for edge in edges]
        yield np.concatenate([blocks[at] for at in chosen.permutation(len(blocks))])


def _reordered(costs: Costs, phones: NDArray[np.int64]) -> Costs:
    """The costs of the same states in another order; words begin where they began."""
    order = (phones[:, None] * PARTS + np.arange(PARTS)).ravel()
    return costs._replace(
        means=np.ascontiguousarray(costs.means[:, order]),
        precisions=np.ascontiguousarray(costs.precisions[:, order]),
        constants=costs.constants[order],
        stay=costs.stay[order],
        leave=costs.leave[order],
    )


def _around(costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over `AROUND_MS` to either side, of what there is."""
    half = AROUND_MS // FRAME_MS
    sums = np.concatenate(([0.0], np.cumsum(costs)))
    at = np.arange(len(costs))
    low, high = np.maximum(at - half, 0), np.minimum(at + half + 1, len(costs))
    mean: NDArray[np.float64] = (sums[high] - sums[low]) / (high - low)
    return mean
