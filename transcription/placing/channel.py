"""
What the recording did to every voice in it: the noise it added and how it coloured speech.

Synthetic speech is clean; the recording is not. Both are brought together by making the synthetic
speech worse, never by cleaning the recording: its loudest half tells the average colour of
the speech, its quietest tenth the noise, and template = speech in that colour + that noise, in
the power domain (the log-normal approximation of parallel model combination: Gales and Young, 1996).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcription.placing.parameters import Parameters
from transcription.placing.spectrum import Powers

_BLOCK_FRAMES, _HOP_FRAMES = 1500, 500
_ONE_CHANNEL_FRAMES = 4500
_SPEECH_CONTRAST = 1.0  # natural logarithm of loud over quiet
_WORST_PERCENT = 90
_QUIET_PERCENT = 10
_LOUD_PERCENT = 50
_VOICED_PERCENT = 40
_LEAST = 1e-10


@dataclass(frozen=True, slots=True)
class Channel:
    """
    Mean power per band of the recording's speech without its noise, and of its noise.

    `floor` is a little noise that both the recording and the voices are given, so that what is
    quieter than that makes no difference; `quiet` are the frames that the noise was taken from.
    """

    speech: NDArray[np.float64]
    noise: NDArray[np.float64]
    floor: NDArray[np.float64]
    quiet: NDArray[np.bool_]

    def heard(self, powers: Powers, colour: NDArray[np.float64]) -> NDArray[np.float64]:
        """A voice whose own average is `colour`, as it would have come through."""
        return powers * (self.speech / (colour + _LEAST)) + self.noise + self.floor


def channel(powers: Powers, parameters: Parameters) -> Channel:
    """Measure a recording."""
    level = levels(powers)
    quiet = level <= np.percentile(level, _QUIET_PERCENT)
    noise = powers[quiet].mean(axis=0, dtype=np.float64)
    loud = powers[level >= np.percentile(level, _LOUD_PERCENT)].mean(axis=0, dtype=np.float64)
    speech = np.maximum(loud - noise, 1e-3 * noise + _LEAST)
    return Channel(speech, noise, speech * 10 ** (parameters.floor_db / 10), quiet)


def evened(powers: Powers) -> Powers:
    """
    A long recording as if it had come through one channel: as bad as its worst parts.

    Every 5 s the colour of speech and the noise of the 15 s around are measured as `channel`
    does it; speech is brought to one colour, and noise is added until there is as much
    everywhere. Where nobody speaks, the nearest stretch with speech counts. Less than 45 s are
    taken for one channel and stay as they are.
    """
    if len(powers) <= _ONE_CHANNEL_FRAMES:
        return powers
    found = [
        (first + _BLOCK_FRAMES / 2, *measured)
        for first in range(0, len(powers) - _BLOCK_FRAMES + 1, _HOP_FRAMES)
        if (measured := _stretch(powers[first : first + _BLOCK_FRAMES]))
    ]
    if not found:
        return powers
    at, speech, noise = (np.array(column) for column in zip(*found, strict=True))
    relative = noise / speech
    worst = np.percentile(relative, _WORST_PERCENT, axis=0)
    frames = np.arange(len(powers))
    even = np.empty_like(powers)
    for band in range(powers.shape[1]):
        level = np.exp(np.interp(frames, at, np.log(speech[:, band])))
        missing = worst[band] - np.interp(frames, at, relative[:, band])
        even[:, band] = powers[:, band] / level + np.maximum(missing, 0)
    return even


def _stretch(powers: Powers) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Speech and noise of a stretch; None where nobody speaks."""
    level = levels(powers)
    quiet, loud = np.percentile(level, (_QUIET_PERCENT, _LOUD_PERCENT))
    noise = powers[level <= quiet].mean(axis=0, dtype=np.float64)
    both = powers[level >= loud].mean(axis=0, dtype=np.float64)
    if np.log(both.sum() / (noise.sum() + _LEAST) + _LEAST) < _SPEECH_CONTRAST:
        return None
    return np.maximum(both - noise, 1e-3 * noise + _LEAST), noise


def colour(powers: Powers) -> NDArray[np.float64]:
    """The average power per band of a synthetic voice while it speaks."""
    level = levels(powers)
    voiced = level >= np.percentile(level, _VOICED_PERCENT)
    mean: NDArray[np.float64] = powers[voiced].mean(axis=0, dtype=np.float64)
    return mean


def levels(powers: Powers) -> NDArray[np.float64]:
    """Loudness of each frame, as a logarithm."""
    found: NDArray[np.float64] = np.log(powers.mean(axis=1, dtype=np.float64) + 1e-12)
    return found
