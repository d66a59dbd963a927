"""Samples as speech engines want them: 16 kHz, mono, float32 in -1..1."""

import tempfile
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

    They lie in a nameless temporary file (230 MB an hour, in `TMPDIR`) and are read from it as they are
    looked at, so that a recording of hours takes no more memory than what is heard of it at once.

    A telephone intercept often has one party per channel; choosing a channel (from 0) hears that
    party only. `IndexError` for a channel that is not there; otherwise raises as
    `transcription.audio.pcm.decoded` does.
    """
    return decoded(source, limits, partial(_samples, channel=channel))


class Resampled:
    """PCM of the original, piece by piece, as an engine hears it: mono, 16 kHz, -1..1."""

    def __init__(self, sample_rate_hz: int, *, channel: int | None = None) -> None:
        self._channel = channel
        self._resampler = soxr.ResampleStream(
            sample_rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32", quality="HQ"
        )

    def add(self, pcm: NDArray[np.int16]) -> NDArray[np.float32]:
        """What can be heard once these frames, shape (frames, channels), are known."""
        if self._channel is None:
            mono = pcm.mean(axis=1, dtype=np.float32)
        else:
            mono = pcm[:, self._channel].astype(np.float32)
        heard: NDArray[np.float32] = self._resampler.resample_chunk(mono / _FULL_SCALE)
        return heard

    def finish(self) -> NDArray[np.float32]:
        """The rest."""
        rest: NDArray[np.float32] = self._resampler.resample_chunk(
            np.zeros(0, np.float32), last=True
        )
        return rest


def _samples(stream: Stream, *, channel: int | None) -> NDArray[np.float32]:
    channels = stream.container.channels
    if channel is not None and not 0 <= channel < channels:
        raise IndexError(f"channel {channel} of {channels}")
    resampled = Resampled(stream.container.sample_rate_hz, channel=channel)
    with tempfile.TemporaryFile(prefix="earwitness-samples-") as file:
        for pcm in stream:
            file.write(resampled.add(pcm).tobytes())
        file.write(resampled.finish().tobytes())
        file.flush()
        if not file.tell():
            return np.zeros(0, np.float32)
        return np.memmap(file, np.float32, "r")
