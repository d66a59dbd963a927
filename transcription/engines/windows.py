"""
Where to cut a recording into windows: at its quietest moments, and not where nothing is said.

Levels are measured over 100 ms, every 20 ms. A window is at most 28 s, for Whisper hears 30 s
at once. A window in which certainly nobody speaks is left out, because every neural engine
invents words for silence: it never rises above -60 dBFS, or its level varies by less than 2 dB
(5th to 95th percentile). Measured: steady noise, hum and the noise of a quiet room 0 to 1.5 dB; 20
recordings of speech 14 dB and more, and 2.8 dB and more under band-passed noise of their own
strength. Quiet speech is never left out for being quiet; changing noise is heard, not left out.
"""

import numpy as np
from numpy.typing import NDArray

from transcription.engines.engine import SAMPLE_RATE_HZ, Samples
from transcription.span import Span

LONGEST_MS = 28_000
SILENCE_DBFS = -60
STEADY_DB = 2
_FRAME_MS = 20
_LEVEL_FRAMES = 5
_CUT_FRAMES = 15
_FLOOR_DB = -120.0


def windows(samples: Samples, *, longest_ms: int = LONGEST_MS) -> tuple[Span, ...]:
    """
    The spans of a 16 kHz recording that an engine should hear, in order, none overlapping.

    None is longer than `longest_ms` (an engine's `window_ms`), and each cut is in the later half
    of what it cuts.
    """
    levels = _levels(samples)
    length_ms = len(samples) * 1000 // SAMPLE_RATE_HZ
    return tuple(
        span for span in _cuts(levels, length_ms, longest_ms) if not _speechless(levels, span)
    )


def _levels(samples: Samples) -> NDArray[np.float64]:
    """The level around each frame of 20 ms, in dB of full scale."""
    size = SAMPLE_RATE_HZ * _FRAME_MS // 1000
    whole = len(samples) // size
    frames = samples[: whole * size].reshape(whole, size)
    power = np.square(frames, dtype=np.float64).mean(axis=1)
    levels: NDArray[np.float64] = 10 * np.log10(
        np.maximum(_smoothed(power, _LEVEL_FRAMES), 10 ** (_FLOOR_DB / 10))
    )
    return levels


def _smoothed(values: NDArray[np.float64], frames: int) -> NDArray[np.float64]:
    """Mean over up to `frames` values around each; at the ends over those that there are."""
    sums = np.concatenate(([0.0], np.cumsum(values)))
    at = np.arange(len(values))
    low = np.maximum(at - frames // 2, 0)
    high = np.minimum(at + frames // 2 + 1, len(values))
    smooth: NDArray[np.float64] = np.maximum(sums[high] - sums[low], 0.0) / (high - low)
    return smooth


def _cuts(levels: NDArray[np.float64], length_ms: int, longest_ms: int) -> list[Span]:
    spans, start = [], 0
    smooth = _smoothed(levels - _FLOOR_DB, _CUT_FRAMES)
    while length_ms - start > longest_ms:
        first = (start + longest_ms // 2) // _FRAME_MS
        last = (start + longest_ms) // _FRAME_MS
        end = (first + int(np.argmin(smooth[first:last]))) * _FRAME_MS
        spans.append(Span(start, end))
        start = end
    return [*spans, Span(start, length_ms)] if length_ms > start else spans


def _speechless(levels: NDArray[np.float64], span: Span) -> bool:
    inside = levels[span.start_ms // _FRAME_MS : span.end_ms // _FRAME_MS]
    if not len(inside) or inside.max() < SILENCE_DBFS:
        return True
    low, high = np.percentile(inside, (5, 95))
    return bool(high - low < STEADY_DB)
