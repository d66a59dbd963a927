"""
How loud a recording is, frame by frame and band by band, and how loud it is when nothing is said.

Frames of 20 ms, levels in dB of full scale smoothed over 100 ms, in five bands of the telephone's
range. The floor of a band is the lowest tenth of the levels within a quarter of a minute, so that it
follows a receiver whose noise changes. A recording is gone through minute by minute: a memory-mapped
one is never in memory as a whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from transcription.activity.sound import SAMPLE_RATE_HZ, Samples

FRAME_MS = 20
BANDS_HZ = (150, 400, 800, 1400, 2200, 3800)
FLOOR_DBFS = -120.0
_FRAME = SAMPLE_RATE_HZ * FRAME_MS // 1000
_SPECTRUM = 512
_BLOCK_FRAMES = 3000
_SMOOTH_FRAMES = 5
_FLOOR_BLOCK = 250  # frames: five seconds
_FLOOR_BLOCKS = 3
_FLOOR_PERCENTILE = 10


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """
    Levels of n frames, in dB of full scale.

    `whole`: shape (n,), smoothed. `power`: the same neither smoothed nor in dB (1 at full scale). `bands`:
    shape (n, 5), smoothed. `tonal`: shape (n,), the share (0..1) of
    a frame's power that lies in its three strongest peaks. `peak`: shape (n,), the bin of
    31.25 Hz that is strongest once the spectrum is raised by 6 dB an octave.
    """

    whole: NDArray[np.float32]
    power: NDArray[np.float32]
    bands: NDArray[np.float32]
    tonal: NDArray[np.float32]
    peak: NDArray[np.int16]

    def floor(self) -> NDArray[np.float32]:
        """The level of each band while nothing is said, frame by frame: shape (n, 5)."""
        count = len(self.bands)
        starts = range(0, count, _FLOOR_BLOCK)
        tenths = np.array(
            [
                np.percentile(
                    self.bands[max(0, at - _FLOOR_BLOCKS * _FLOOR_BLOCK) : at + 4 * _FLOOR_BLOCK],
                    _FLOOR_PERCENTILE,
                    axis=0,
                )
                for at in starts
            ],
            np.float32,
        ).reshape(len(starts), self.bands.shape[1])
        spread: NDArray[np.float32] = np.repeat(tenths, _FLOOR_BLOCK, axis=0)[:count]
        return spread


def levels(samples: Samples) -> Levels:
    """Measure a recording of 16 kHz; a last piece shorter than a frame is not looked at."""
    parts = [_measured(block) for block in _blocks(samples)]
    if not parts:
        nothing = np.zeros(0, np.float32)
        return Levels(
            nothing, nothing, np.zeros((0, 5), np.float32), nothing, np.zeros(0, np.int16)
        )
    whole, bands, tonal, peak = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Levels(_decibels(whole), whole.astype(np.float32), _decibels(bands), tonal, peak)


def smoothed(values: NDArray[np.float64], frames: int) -> NDArray[np.float64]:
    """Mean over up to `frames` values around each along the first axis; at the ends over fewer."""
    sums = np.concatenate((np.zeros_like(values[:1]), np.cumsum(values, axis=0)))
    at = np.arange(len(values))
    low = np.maximum(at - frames // 2, 0)
    high = np.minimum(at + frames // 2 + 1, len(values))
    counts = (high - low).reshape(-1, *[1] * (values.ndim - 1))
    smooth: NDArray[np.float64] = np.maximum(sums[high] - sums[low], 0.0) / counts
    return smooth


def _decibels(power: NDArray[np.float64]) -> NDArray[np.float32]:
    lowest = 10 ** (FLOOR_DBFS / 10)
    return (10 * np.log10(np.maximum(smoothed(power, _SMOOTH_FRAMES), lowest))).astype(np.float32)


def _blocks(samples: Samples) -> Iterator[NDArray[np.float32]]:
    count = len(samples) // _FRAME
    for first in range(0, count, _BLOCK_FRAMES):
        last = min(first + _BLOCK_FRAMES, count)
        yield np.asarray(samples[first * _FRAME : last * _FRAME]).reshape(-1, _FRAME)


def _measured(
    frames: NDArray[np.float32],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float32], NDArray[np.int16]]:
    """Power as a whole and by band (not yet smoothed), tonality and peak of each frame."""
    whole = np.square(frames, dtype=np.float64).mean(axis=1)
    window = np.hanning(_FRAME).astype(np.float32)
    spectrum = np.square(np.abs(np.fft.rfft(frames * window, _SPECTRUM, axis=1)))
    edges = np.searchsorted(np.fft.rfftfreq(_SPECTRUM, 1 / SAMPLE_RATE_HZ), BANDS_HZ)
    scale = 2 / (_SPECTRUM * float(np.square(window).sum()))
    bands = np.stack(
        [spectrum[:, low:high].sum(axis=1) for low, high in pairwise(edges)],
        axis=1,
    )
    tonal, peak = _tonality(spectrum[:, edges[0] : edges[-1]])
    return whole, bands * scale, tonal, (peak + edges[0]).astype(np.int16)


def _tonality(spectrum: NDArray[np.float64]) -> tuple[NDArray[np.float32], NDArray[np.int16]]:
    """Share of power in the three strongest peaks (each two bins to both sides), and the strongest."""
    rest = spectrum.copy()
    total = np.maximum(rest.sum(axis=1), np.finfo(np.float64).tiny)
    rows = np.arange(len(rest))
    # Raised by 6 dB an octave, since a voice falls by as much: its fundamental alone would seem a tone.
    raised = spectrum * np.square(np.arange(1, spectrum.shape[1] + 1, dtype=np.float64))
    strongest = raised.argmax(axis=1).astype(np.int16)
    in_peaks = np.zeros(len(rest))
    for _ in range(3):
        top = rest.argmax(axis=1)
        for offset in range(-2, 3):
            at = np.clip(top + offset, 0, rest.shape[1] - 1)
            in_peaks += rest[rows, at]
            rest[rows, at] = 0
    return (in_peaks / total).astype(np.float32), strongest
