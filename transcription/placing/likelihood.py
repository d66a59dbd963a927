"""What it costs to hear the text in the recording: an expectation made ready for `path`."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from transcription.placing.channel import Channel
from transcription.placing.expectation import Expectation
from transcription.placing.parameters import Parameters
from transcription.placing.path import Costs
from transcription.placing.spectrum import Features

_LEAST_VARIANCE = 1e-3
_PAUSE_SPREAD = 0.05
_ENOUGH_FRAMES = 20
_SHORTEST_STAY = 1.05


class Likelihood:
    """
    The recording's side of the costs: its spread, and what its pauses sound like.

    The sound of pauses starts as that of the quietest tenth and is learnt from each path.
    """

    def __init__(self, features: Features, channel: Channel, parameters: Parameters) -> None:
        self._features = features
        self._parameters = parameters
        self._scale = parameters.acoustic_permille / 2000
        self.spread = features.var(axis=0, dtype=np.float64) + _LEAST_VARIANCE
        self._mean = features[channel.quiet].mean(axis=0, dtype=np.float64)
        self._variance = self._widened(features[channel.quiet])

    def widened(self, expected: Expectation) -> Expectation:
        """An expectation with room for what the voices did not foresee."""
        share = self._parameters.spread_permille / 1000
        inner = (expected.variances.mean(axis=0) + expected.variances) / 2
        return replace(expected, variances=share * self.spread + inner)

    def costs(self, expected: Expectation) -> Costs:
        """The costs of every state of `expected`, and of pauses, in this recording."""
        lasting = np.maximum(
            expected.frames * (self._parameters.pace_permille / 1000), _SHORTEST_STAY
        )
        pause = np.square(self._features - self._mean) / self._variance
        return Costs(
            means=np.ascontiguousarray(expected.means.T, np.float32),
            precisions=np.ascontiguousarray((self._scale / expected.variances).T, np.float32),
            constants=self._scale * np.log(expected.variances).sum(axis=1),
            pause=self._scale * (pause.sum(axis=1) + np.log(self._variance).sum()),
            stay=-np.log(1 - 1 / lasting),
            leave=np.log(lasting),
            begins=expected.begins,
            pausing=float(self._parameters.pause_cost),
            skipping=float(self._parameters.skip_cost),
        )

    def learn_pauses(self, states: NDArray[np.int64]) -> None:
        """Take the sound of pauses from where a path had them."""
        paused = self._features[states < 0]
        if len(paused) <= _ENOUGH_FRAMES:
            return
        share = len(paused) / (len(paused) + self._parameters.prior_frames)
        self._mean = share * paused.mean(axis=0, dtype=np.float64) + (1 - share) * self._mean
        self._variance = share * self._widened(paused) + (1 - share) * self._variance

    def _widened(self, frames: Features) -> NDArray[np.float64]:
        variance: NDArray[np.float64] = (
            frames.var(axis=0, dtype=np.float64) + _PAUSE_SPREAD * self.spread
        )
        return variance


def frame_costs(
    features: Features, costs: Costs, states: NDArray[np.int64]
) -> NDArray[np.float64]:
    """What each frame cost where a path put it, without the changes between states."""
    found = costs.pause.copy()
    for first in range(0, len(states), 4096):
        block = slice(first, first + 4096)
        spoken = states[block] >= 0
        at = states[block][spoken]
        apart = features[block][spoken] - costs.means[:, at].T
        found[block][spoken] = costs.constants[at] + (costs.precisions[:, at].T * apart**2).sum(
            axis=1
        )
    return found
