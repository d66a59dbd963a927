"""
What of a recording an engine is to hear, cut and packed into windows.

Silence and what is certainly not speech are left out (`islands`): neural engines invent words for
them. Islands are packed into windows no longer than the engine hears well; one that is longer is
cut at its quietest moment in the last third. Where a window begins depends on the recording alone,
so that the work can be taken up again where it was left.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from transcription.activity import islands
from transcription.activity.levels import FLOOR_DBFS, FRAME_MS, levels, smoothed
from transcription.activity.sound import SAMPLE_RATE_HZ, Samples
from transcription.engines.window import Window
from transcription.span import Span

LONGEST_MS = 28_000
_CUT_FRAMES = 15


def windows(
    samples: Samples,
    *,
    longest_ms: int = LONGEST_MS,
    wanted: Callable[[Samples, Span], bool] = lambda _samples, _island: True,
) -> tuple[Window, ...]:
    """
    The windows of a 16 kHz recording, in order; none hears more than `longest_ms` (an engine's own).

    `wanted` lets an engine be choosier about what it hears than it needs to be.
    Together they answer for all of it, or there is none, if nothing in it may be speech.
    """
    measured = levels(samples)
    loudness = smoothed(measured.whole.astype(np.float64) - FLOOR_DBFS, _CUT_FRAMES)
    pieces = [
        piece
        for island in islands(samples, measured)
        for piece in _cut(island, loudness, longest_ms)
        if wanted(samples, piece)
    ]
    return _packed(pieces, len(samples) * 1000 // SAMPLE_RATE_HZ, longest_ms)


def _cut(island: Span, loudness: NDArray[np.float64], longest_ms: int) -> list[Span]:
    pieces, start = [], island.start_ms
    while island.end_ms - start > longest_ms:
        first = (start + longest_ms * 2 // 3) // FRAME_MS
        last = (start + longest_ms) // FRAME_MS
        end = (first + int(np.argmin(loudness[first:last]))) * FRAME_MS
        pieces.append(Span(start, end))
        start = end
    return [*pieces, Span(start, island.end_ms)]


def _packed(pieces: list[Span], length_ms: int, longest_ms: int) -> tuple[Window, ...]:
    groups: list[list[Span]] = []
    for piece in pieces:
        held = sum(span.duration_ms for span in groups[-1]) if groups else longest_ms
        if held + piece.duration_ms > longest_ms:
            groups.append([])
        groups[-1].append(piece)
    starts = [0, *(group[0].start_ms for group in groups[1:])]
    ends = [*starts[1:], length_ms]
    return tuple(
        Window(Span(start, end), tuple(group))
        for group, start, end in zip(groups, starts, ends, strict=False)
    )
