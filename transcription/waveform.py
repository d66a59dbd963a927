"""
The drawn waveform: the loudest sample of every fiftieth of a second, as one byte.

Peaks are computed from the PCM of the original while it streams by, so that a picture of
three hours (half a megabyte) needs neither the whole recording in memory nor a browser that
can decode it. A peak is the greatest |sample| over all channels, 0..127 (int8).
"""

import numpy as np
from numpy.typing import NDArray

PER_SECOND = 50
_SHIFT = 8  # of a 16-bit magnitude, to seven bits


class Peaks:
    """Collects the peaks of PCM that comes in pieces of any length."""

    def __init__(self, sample_rate_hz: int) -> None:
        self.samples_per_peak = max(1, sample_rate_hz // PER_SECOND)
        self._done = bytearray()
        self._rest = np.zeros(0, dtype=np.int32)

    def add(self, pcm: NDArray[np.int16]) -> None:
        """Take the next frames, shape (frames, channels)."""
        loudest = np.abs(pcm.astype(np.int32)).max(axis=1)
        pending = np.concatenate((self._rest, loudest))
        whole = len(pending) // self.samples_per_peak * self.samples_per_peak
        self._write(pending[:whole].reshape(-1, self.samples_per_peak))
        self._rest = pending[whole:]

    def finish(self) -> bytes:
        """The peaks so far, the last of them over what was left; one byte each."""
        if len(self._rest):
            self._write(self._rest.reshape(1, -1))
            self._rest = self._rest[:0]
        return bytes(self._done)

    def _write(self, groups: NDArray[np.int32]) -> None:
        levels = np.minimum(groups.max(axis=1, initial=0) >> _SHIFT, 127)
        self._done += levels.astype(np.int8).tobytes()
