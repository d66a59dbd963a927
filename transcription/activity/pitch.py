"""
Whether a voice sings along in a sound: periods of 70 to 400 Hz that are not those of a tone.

For engines that make words of any noise. Whispered speech has no pitch: an engine that can tell noise
from whispering is not asked this.
"""

import numpy as np

from transcription.activity.levels import levels
from transcription.activity.sound import SAMPLE_RATE_HZ, Samples, cut
from transcription.span import Span

PERIODIC = 0.5
VOICED_MS = 100
_HOP = SAMPLE_RATE_HZ // 50
_FRAME = 2 * _HOP
_SHORTEST, _LONGEST = SAMPLE_RATE_HZ // 400, SAMPLE_RATE_HZ // 70
_MOVES = 0.04
_BINS_OF_TONES = 4
_MIDDLE_HZ, _HALF_HZ = 1100, 900  # rumble and hiss have no say


def has_pitch(samples: Samples, span: Span) -> bool:
    """
    Whether for 100 ms in all, in `span`, the sound repeats itself as a voice does.

    The measure is the normalised autocorrelation: of noise .3 at most, of a voice under noise of its own
    strength .5, of a clear one .9. Boersma, 1993.
    """
    sound = np.asarray(cut(samples, span), np.float32)
    count = len(sound) // _HOP - 1
    if count < 1:
        return False
    frames = np.lib.stride_tricks.sliding_window_view(sound, _FRAME)[: count * _HOP : _HOP]
    window = np.hanning(_FRAME)
    size = 2 * _FRAME
    correlation = _autocorrelation((frames - frames.mean(axis=1, keepdims=True)) * window, size)
    shape = np.fft.irfft(np.square(np.abs(np.fft.rfft(window, size))), size)[None]
    likeness = correlation[:, _SHORTEST : _LONGEST + 1] / (
        np.maximum(correlation[:, :1], np.finfo(np.float64).tiny)
        * (shape / shape[:, :1])[:, _SHORTEST : _LONGEST + 1]
    )
    periodic = likeness.max(axis=1) >= PERIODIC
    sung = periodic.copy()
    for shift in (1, 2):  # three in a row, as a vowel lasts
        sung[shift:] &= periodic[:-shift]
    if int(sung.sum()) * 1000 * _HOP < VOICED_MS * SAMPLE_RATE_HZ:
        return False
    return not _stays(levels(sound).peak[:count][sung])


def _stays(bins: np.ndarray[tuple[int], np.dtype[np.int16]]) -> bool:
    """Whether the strongest frequency hardly moves, as of keyed tones: four bins, two for each tone."""
    usual = np.sort(np.bincount(bins))[-_BINS_OF_TONES:].sum()
    return int(len(bins) - usual) < _MOVES * len(bins)


def _autocorrelation(
    frames: np.ndarray[tuple[int, int], np.dtype[np.float64]], size: int
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    power = np.square(np.abs(np.fft.rfft(frames, size, axis=1)))
    outside = np.abs(np.fft.rfftfreq(size, 1 / SAMPLE_RATE_HZ) - _MIDDLE_HZ) > _HALF_HZ
    power[:, outside] = 0
    found: np.ndarray[tuple[int, int], np.dtype[np.float64]] = np.fft.irfft(power, size, axis=1)
    return found
