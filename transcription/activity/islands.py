"""
Where somebody may be speaking: islands of sound above the floor of noise around them.

A frame stands out if one of its bands is 4 dB above that band's floor. What stands out may be speech,
and is heard, except for three things that certainly are none: a click (100 ms, which smoothing makes
180, with nothing near it), a tone or chord, keyed or not (nearly all power in three peaks, the
strongest of which stays where it is), and even noise, as an open squelch makes it (no band varies by
more than 3 dB while it lasts, or by what noise does over a second). Quiet speech is never left out for
being quiet; only what never comes above -60 dBFS is.

Measured on 100 ms of noise of one band the level varies by .5 dB (standard deviation), so that noise
alone does not stand out; speech under noise of its own strength does with its peaks.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from transcription.activity.levels import FRAME_MS, Levels, levels
from transcription.activity.sound import Samples
from transcription.span import Span

SILENCE_DBFS = -60
STANDS_OUT_DB = 4
MARGIN_MS = 200
GAP_MS = 1000
METHOD = f"islands 1: {STANDS_OUT_DB} dB, margin {MARGIN_MS} ms, pauses from {GAP_MS} ms left out"
_CLICK_FRAMES = 10
_ALONE_FRAMES = 25
_EVEN_DB = 3
_EVEN_FRAMES = 12
_EVEN_SECOND_DB = (6.0, 4.4, 3.7, 3.4, 2.9)  # the narrower a band, the more its noise varies
_SECOND = 51
_EDGE_FRAMES = 5
_TONAL = 0.9


def islands(samples: Samples, measured: Levels | None = None) -> tuple[Span, ...]:
    """
    The spans in which something is heard, in order, with a margin; pauses of a second part them.

    `measured` are the levels of `samples`, if they are at hand.
    """
    found = measured or levels(samples)
    length_ms = len(samples) * 1000 // 16_000
    spans: list[Span] = []
    for first, last in voiced(found):
        start = max(0, first * FRAME_MS - MARGIN_MS)
        end = min(length_ms, last * FRAME_MS + MARGIN_MS)
        if spans and start - spans[-1].end_ms < GAP_MS - 2 * MARGIN_MS:
            spans[-1] = Span(spans[-1].start_ms, end)
        else:
            spans.append(Span(start, end))
    return tuple(spans)


def voiced(found: Levels) -> list[tuple[int, int]]:
    """Runs of frames `(first, last + 1)` that may be speech, without margins."""
    above = (found.bands - found.floor()).max(axis=1, initial=-np.inf) >= STANDS_OUT_DB
    standing = runs(above & (found.whole >= SILENCE_DBFS) & ~_even(found))
    return [run for run in _unclicked(standing) if not _certainly_none(found, *run)]


def _unclicked(standing: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the clicks. Speech under noise comes through in short runs too, but in several together."""
    groups: list[list[tuple[int, int]]] = []
    for run in standing:
        if not groups or run[0] - groups[-1][-1][1] >= _ALONE_FRAMES:
            groups.append([])
        groups[-1].append(run)
    return [
        run
        for group in groups
        if sum(last - first for first, last in group) >= _CLICK_FRAMES
        for run in group
    ]


def _even(found: Levels) -> NDArray[np.bool_]:
    """Of each frame, whether it is part of a second in which no band varies."""
    if len(found.bands) < _SECOND:
        return np.zeros(len(found.bands), np.bool_)
    highest = maximum_filter1d(found.bands, _SECOND, axis=0, mode="nearest")
    lowest = minimum_filter1d(found.bands, _SECOND, axis=0, mode="nearest")
    steady = (highest - lowest < _EVEN_SECOND_DB).all(axis=1)
    around: NDArray[np.bool_] = maximum_filter1d(steady.astype(np.int8), _SECOND) > 0
    return around


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The first frame of every run of set flags, and the one after its last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def _certainly_none(found: Levels, first: int, last: int) -> bool:
    """Whether a run is a tone or a burst of even noise."""
    inner = slice(first + _EDGE_FRAMES, last - _EDGE_FRAMES)
    if last - first < _EVEN_FRAMES + 2 * _EDGE_FRAMES:
        return False
    power = found.power[inner] + np.finfo(np.float32).tiny
    bins = found.peak[inner]
    usual = np.bincount(bins, weights=power).argmax()
    in_tone = found.tonal[inner] * (np.abs(bins - usual) <= 1)
    if np.average(in_tone, weights=power) >= _TONAL:
        return True
    low, high = np.percentile(found.bands[inner], (5, 95), axis=0)
    return bool((high - low).max() < _EVEN_DB)
