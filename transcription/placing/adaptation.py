"""
What the voices were expected to sound like, moved towards how this speaker sounds.

As Montreal Forced Aligner adapts to a speaker: from a first path, every kind of phone takes over
the mean difference between what was heard and what was expected, as far as there is enough of it
(maximum a posteriori: `prior_frames` count for the expectation), and its spread likewise.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from transcription.placing.expectation import PARTS, Expectation
from transcription.placing.parameters import Parameters

_LEAST_SHARE = 0.3


def adapted(
    expected: Expectation,
    features: NDArray[np.float32],
    states: NDArray[np.int64],
    floor: NDArray[np.float64],
    parameters: Parameters,
) -> Expectation:
    """
    The expectation after a path: `states` is the state of each frame, negative for a pause.

    `expected` is always the first expectation, not one that was adapted before.
    """
    spoken = states >= 0
    if not spoken.any():
        return expected
    at = states[spoken]
    apart = features[spoken] - expected.means[at]
    groups = expected.kind * PARTS + np.arange(len(expected.kind)) % PARTS
    group, count = groups[at], int(groups.max()) + 1
    heard = np.bincount(group, minlength=count)[:, None]
    common = apart.mean(axis=0)
    shift = (_sums(apart, group, count) + parameters.prior_frames * common) / (
        heard + parameters.prior_frames
    )
    spread = 0.5 * expected.variances + 0.5 * (apart - common).var(axis=0)
    squares = _sums((apart - shift[group]) ** 2, group, count)
    prior = parameters.prior_spread_frames
    return replace(
        expected,
        means=expected.means + shift[groups],
        variances=np.maximum(
            (squares[groups] + prior * spread) / (heard[groups] + prior), _LEAST_SHARE * floor
        ),
    )


def _sums(
    values: NDArray[np.floating], group: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """Sums of rows by group, shape (count, size)."""
    return np.stack(
        [np.bincount(group, weights=column, minlength=count) for column in values.T], axis=1
    )
