"""
Warnings about a segment that do not rely on the engine's confidence.

On real radio, words that a looping decoder invented were given .97 by their engine while
true ones were given .4; what sees the loop is that its text compresses too well.
"""

import zlib

import numpy as np

from transcription.engines.sound import Samples, cut
from transcription.span import Span
from transcription.transcript import Flag

COMPRESSION_RATIO = 2.4
LETTERS_PER_SECOND = 30
CLIPPED_PERMILLE = 5
_FULL_SCALE = 0.999
_LONG_ENOUGH = 40


def flags(text: str, samples: Samples, span: Span) -> tuple[Flag, ...]:
    """
    What a reader should be wary of in a segment that an engine heard in `span`.

    Repetition: the text compresses by more than 2.4. Suspected invention: more than 30 letters a
    second. Clipped: more than five samples in a thousand are at full scale.
    """
    found = []
    data = text.encode()
    if len(data) >= _LONG_ENOUGH and len(data) / len(zlib.compress(data)) > COMPRESSION_RATIO:
        found.append(Flag.REPETITION)
    if len(text) * 1000 > LETTERS_PER_SECOND * max(span.duration_ms, 1):
        found.append(Flag.HALLUCINATION_SUSPECT)
    heard = cut(samples, span)
    if len(heard) and np.mean(np.abs(heard) >= _FULL_SCALE) * 1000 > CLIPPED_PERMILLE:
        found.append(Flag.CLIPPED)
    return tuple(found)
