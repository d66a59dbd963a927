"""What engines hear: a whole recording at 16 kHz, one channel, and spans of it."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from transcription.span import Span

Samples: TypeAlias = NDArray[np.float32]

SAMPLE_RATE_HZ = 16_000


def cut(samples: Samples, span: Span) -> Samples:
    """The samples of one span."""
    per_ms = SAMPLE_RATE_HZ // 1000
    return samples[span.start_ms * per_ms : span.end_ms * per_ms]
