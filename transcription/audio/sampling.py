"""Samples as speech engines want them: 16 kHz, mono, float32 in -1..1."""

from functools import partial
from typing import BinaryIO

import numpy as np
import soxr
from numpy.typing import NDArray

from transcription.audio.pcm import Stream, decoded
from transcription.sandbox.limits import Limits

SAMPLE_RATE_HZ = 16_000
RESAMPLER = f"soxr {soxr.__version__} HQ"
_FULL_SCALE = np.float32(32768)
_NO_LIMITS_OF_ITS_OWN = Limits()


def samples(
    source: BinaryIO | int,
    limits: Limits = _NO_LIMITS_OF_ITS_OWN,
    *,
    channel: int | None = None,
) -> NDArray[np.float32]:
    """
    The whole recording at 16 kHz, shape (n,): all channels averaged, or one of them alone.

    A telephone intercept often has one party per channel; choosing a channel (from 0) hears that
    party only. `IndexError` for a channel that is not there; otherwise raises as
    `transcription.audio.pcm.decoded` does.
    """
    return decoded(source, limits, partial(_samples, channel=channel))


def _samples(stream: Stream, *, channel: int | None) -> NDArray[np.float32]:
    channels = stream.container.channels
    if channel is not None and not 0 <= channel < channels:
        raise IndexError(f"channel {channel} of {channels}")
    resampler = soxr.ResampleStream(
        stream.container.sample_rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ"
    )
    heard = bytearray()
    for pcm in stream:
        mono = pcm.mean(axis=1, dtype=np.float32) if channel is None else pcm[:, channel]
        heard += resampler.resample_chunk(mono.astype(np.float32) / _FULL_SCALE).tobytes()
    heard += resampler.resample_chunk(np.zeros(0, np.float32), last=True).tobytes()
    return np.frombuffer(heard, dtype=np.float32)
