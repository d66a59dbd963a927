"""What the sound says against a text: nothing to be heard, hardly anything written, overdriven."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from transcription.activity import Levels, Samples, cut, levels, voiced
from transcription.activity.levels import FRAME_MS
from transcription.span import Span
from transcription.transcript import Flag, Segment

CLIPPED_PERMILLE = 5
FULL_SCALE = 0.999
_SLACK_MS = 300
_HEARD_PERMILLE = 100
_LONG_MS = 3000
_FEW_LETTERS_PER_SECOND = 2


def heard(segments: Sequence[Segment], samples: Samples) -> list[list[Flag]]:
    """The warnings for each segment; one without times gets none."""
    measured = levels(samples)
    speaking = _speaking(measured)
    return [
        _heard(segment, span, samples, speaking) if (span := _span(segment)) else []
        for segment in segments
    ]


def _speaking(measured: Levels) -> NDArray[np.bool_]:
    speaking = np.zeros(len(measured.whole), np.bool_)
    for first, last in voiced(measured):
        speaking[first:last] = True
    return speaking


def _span(segment: Segment) -> Span | None:
    if segment.start_ms is None or segment.end_ms is None:
        return None
    return Span(segment.start_ms, segment.end_ms)


def _heard(
    segment: Segment, span: Span, samples: Samples, speaking: NDArray[np.bool_]
) -> list[Flag]:
    found = []
    near = speaking[
        max(0, span.start_ms - _SLACK_MS) // FRAME_MS : (span.end_ms + _SLACK_MS) // FRAME_MS
    ]
    if near.sum() * FRAME_MS * 1000 < _HEARD_PERMILLE * max(span.duration_ms, FRAME_MS):
        found.append(Flag.HALLUCINATION_SUSPECT)
    speech_ms = int(speaking[span.start_ms // FRAME_MS : span.end_ms // FRAME_MS].sum()) * FRAME_MS
    letters = sum(letter.isalnum() for letter in segment.text)
    if speech_ms >= _LONG_MS and letters * 1000 < _FEW_LETTERS_PER_SECOND * speech_ms:
        found.append(Flag.UNINTELLIGIBLE)
    sound = np.abs(cut(samples, span))
    if len(sound) and np.mean(sound >= FULL_SCALE) * 1000 > CLIPPED_PERMILLE:
        found.append(Flag.CLIPPED)
    return found
