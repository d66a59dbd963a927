"""
The listening copy: Opus in Ogg (RFC 6716, RFC 7845), what a browser plays instead of the original.

Opus because every browser plays it and three hours of it are 43 MB a channel, a fifth of FLAC;
nothing is ever measured or transcribed from it. The two parties of a call stay two channels.
Narrow sound stays narrow: it is coded at the lowest of Opus's rates that holds what the
recording holds. More than two channels are averaged into one; each of them can still be
heard by an engine, which is given samples of the original.

The same PCM gives the same bytes under one build of the encoder (`ENCODER` in `made_by`) on one
kind of processor: no date, no tag and no random number is written. libopus, unlike our
decoders, chooses its inner loops by the processor.

The encoder sees samples that were counted and checked, no foreign bytes, so it needs no
confinement of its own.
"""

from fractions import Fraction
from typing import Any, BinaryIO

import numpy as np
import soxr
from numpy.typing import NDArray

RATES_HZ = (8_000, 12_000, 16_000, 24_000, 48_000)
BIT_RATE = 32_000
KEPT_APART = 2
_FRAMES_A_SECOND = 50
_FULL_SCALE = np.float32(32_768)
_OPTIONS = {"application": "audio", "vbr": "constrained", "compression_level": "10"}


def coded_rate(sample_rate_hz: int) -> int:
    """The lowest rate that Opus codes at and that holds all of this sound, else its highest."""
    return next((rate for rate in RATES_HZ if rate >= sample_rate_hz), RATES_HZ[-1])


class Playback:
    """Writes the listening copy of PCM that comes in pieces to an empty binary file."""

    def __init__(self, file: BinaryIO, *, sample_rate_hz: int, channels: int) -> None:
        import av

        self.rate = coded_rate(sample_rate_hz)
        self.channels = channels if channels <= KEPT_APART else 1
        layout = "stereo" if self.channels == KEPT_APART else "mono"
        self._resampler = soxr.ResampleStream(
            sample_rate_hz, self.rate, self.channels, dtype="float32", quality="HQ"
        )
        self._size = self.rate // _FRAMES_A_SECOND
        self._pending = np.zeros((0, self.channels), np.float32)
        self._written = 0
        self._layout = layout
        # Any, because PyAV's classes have no types that mypy sees. `bitexact`: no random number.
        self._out: Any = av.open(file, "w", format="ogg", options={"fflags": "+bitexact"})
        self._stream: Any = self._out.add_stream("libopus", rate=self.rate, layout=layout)
        self._stream.format = "flt"
        self._stream.bit_rate = BIT_RATE * self.channels
        self._stream.codec_context.options = _OPTIONS

    def add(self, pcm: NDArray[np.int16]) -> None:
        """Take the next frames, shape (frames, channels of the recording)."""
        kept = pcm if pcm.shape[1] == self.channels else pcm.mean(axis=1, keepdims=True)
        self._encode(self._resampler.resample_chunk(kept.astype(np.float32) / _FULL_SCALE))

    def finish(self) -> dict[str, str | int]:
        """Write what is left; what made the copy, for its record."""
        import av

        nothing = np.zeros((0, self.channels), np.float32)
        self._encode(self._resampler.resample_chunk(nothing, last=True), last=True)
        self._out.mux(self._stream.encode(None))
        self._out.close()
        inside = ".".join(map(str, av.library_versions["libavcodec"]))
        return {
            "encoder": f"PyAV {av.__version__}, libavcodec {inside}, libopus",
            "resampler": f"soxr {soxr.__version__} HQ",
            "bit_rate": BIT_RATE * self.channels,
            "sample_rate": self.rate,
            "channels": self.channels,
            **_OPTIONS,
        }

    def _encode(self, heard: NDArray[np.float32], *, last: bool = False) -> None:
        import av

        pending = np.concatenate((self._pending, heard.reshape(-1, self.channels)))
        whole = len(pending) if last else len(pending) // self._size * self._size
        for start in range(0, whole, self._size):
            piece = np.ascontiguousarray(pending[start : min(start + self._size, whole)])
            frame = av.AudioFrame.from_ndarray(
                piece.reshape(1, -1), format="flt", layout=self._layout
            )
            frame.sample_rate, frame.pts = self.rate, self._written
            frame.time_base = Fraction(1, self.rate)
            self._written += len(piece)
            self._out.mux(self._stream.encode(frame))
        self._pending = pending[whole:]
