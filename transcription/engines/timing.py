"""Times of words that an engine did not time: by their letters, and marked as computed."""

from itertools import pairwise

import numpy as np

from transcription.engines.engine import SAMPLE_RATE_HZ, Samples, cut
from transcription.span import Span
from transcription.transcript import Word

_FRAME_MS = 20
_FRAME = SAMPLE_RATE_HZ * _FRAME_MS // 1000
_QUIETER = 10**2.5  # 25 dB


def interpolated(text: str, span: Span) -> tuple[Word, ...]:
    """Spread the words of a segment over its span in proportion to their letters."""
    words = text.split()
    total = sum(len(word) + 1 for word in words)
    ends, passed = [span.start_ms], 0
    for word in words:
        passed += len(word) + 1
        ends.append(span.start_ms + span.duration_ms * passed // total)
    return tuple(
        Word(word, start, end, interpolated=True)
        for word, (start, end) in zip(words, pairwise(ends), strict=True)
    )


def within(start_ms: int, end_ms: int, span: Span) -> Span:
    """The part of `start_ms..end_ms` that lies in `span`; empty at its nearer edge if none."""
    start = min(max(start_ms, span.start_ms), span.end_ms)
    return Span(start, min(max(end_ms, start), span.end_ms))


def trimmed(samples: Samples, span: Span) -> Span:
    """
    The part of `span` from its first loud frame to its last: within 25 dB of its loudest 20 ms.

    For engines whose segments begin with the window rather than with the voice. Where noise is
    nearer to the voice than that, nothing is trimmed.
    """
    heard = cut(samples, span)
    whole = len(heard) // _FRAME
    if not whole:
        return span
    power = np.square(heard[: whole * _FRAME].reshape(whole, _FRAME), dtype=np.float64).mean(
        axis=1
    )
    loud = np.flatnonzero(power * _QUIETER >= power.max())
    start = span.start_ms + int(loud[0]) * _FRAME_MS
    return Span(start, span.start_ms + (int(loud[-1]) + 1) * _FRAME_MS)
