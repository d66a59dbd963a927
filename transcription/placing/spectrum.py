"""
Cepstra: what a short moment sounds like, in thirteen numbers and how they change.

Every 10 ms the power of 25 ms is taken in 24 mel bands between 200 and 3800 Hz, where a radio or a
telephone carries speech. The bands stay in the power domain until noise and channel have been
added to them (`channel`): only there do they add. The logarithm and a cosine transform come after.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
FRAME_MS = 10
BANDS = 24
LOWEST_HZ, HIGHEST_HZ = 200.0, 3800.0
COEFFICIENTS = 13
SIZE = 2 * COEFFICIENTS

_HOP = SAMPLE_RATE_HZ * FRAME_MS // 1000
_WINDOW = 400
_TRANSFORM = 512
_PREEMPHASIS = np.float32(0.97)
_BLOCK_FRAMES = 4096
_SLOPE_FRAMES = 2
_QUIETEST = 1e-10

Powers = NDArray[np.float32]
Features = NDArray[np.float32]


def powers(samples: NDArray[np.float32]) -> Powers:
    """Power per band, shape (frames, BANDS); frame `n` is centred at `n * FRAME_MS`."""
    count = len(samples) // _HOP + 1
    half = _WINDOW // 2
    padded = np.pad(samples, (half + 1, half + _HOP))
    window = np.hamming(_WINDOW).astype(np.float32)
    found = np.empty((count, BANDS), np.float32)
    for first in range(0, count, _BLOCK_FRAMES):
        last = min(count, first + _BLOCK_FRAMES)
        stretch = padded[first * _HOP : (last - 1) * _HOP + _WINDOW + 1]
        sharpened = stretch[1:] - _PREEMPHASIS * stretch[:-1]
        frames = np.lib.stride_tricks.sliding_window_view(sharpened, _WINDOW)[::_HOP]
        spectrum = np.abs(np.fft.rfft(frames * window, _TRANSFORM, axis=1)) ** 2
        found[first:last] = spectrum @ _bands()
    return found


def features(power: NDArray[np.floating]) -> Features:
    """Cepstra and their slopes of powers per band: shape (frames, SIZE)."""
    cepstra = np.log(power + _QUIETEST) @ _cosines()
    return np.hstack([cepstra, _slopes(cepstra)]).astype(np.float32)


def _slopes(values: NDArray[np.floating]) -> NDArray[np.floating]:
    """The regression line's slope over two frames to either side; edges are repeated."""
    width = _SLOPE_FRAMES
    around = np.pad(values, ((width, width), (0, 0)), mode="edge")
    count = len(values)
    total = sum(
        step * (around[width + step : width + step + count] - around[width - step :][:count])
        for step in range(1, width + 1)
    )
    slopes: NDArray[np.floating] = np.asarray(total) / (
        2 * sum(step * step for step in range(1, width + 1))
    )
    return slopes


@cache
def _bands() -> NDArray[np.float32]:
    """Triangles on the mel scale (2595 log10(1 + f / 700)), shape (bins, BANDS)."""

    def mel(hz: NDArray[np.float64]) -> NDArray[np.float64]:
        scaled: NDArray[np.float64] = 2595 * np.log10(1 + hz / 700)
        return scaled

    low, high = mel(np.array([LOWEST_HZ, HIGHEST_HZ]))
    corners = 700 * (10 ** (np.linspace(low, high, BANDS + 2) / 2595) - 1)
    bins = np.fft.rfftfreq(_TRANSFORM, 1 / SAMPLE_RATE_HZ)[:, None]
    rising = (bins - corners[:-2]) / (corners[1:-1] - corners[:-2])
    falling = (corners[2:] - bins) / (corners[2:] - corners[1:-1])
    return np.maximum(np.minimum(rising, falling), 0).astype(np.float32)


@cache
def _cosines() -> NDArray[np.float64]:
    """The cosine transform (DCT-II, orthonormal but for the first), (BANDS, COEFFICIENTS)."""
    order = np.arange(COEFFICIENTS)
    middles = np.arange(BANDS)[:, None] + 0.5
    scaled: NDArray[np.float64] = np.cos(np.pi * order * middles / BANDS) * np.sqrt(2 / BANDS)
    return scaled
