"""
The drawn spectrogram: how loud each band of the mel scale is, fifty times a second, in bytes.

A reader of a bad radio recording sees in it where somebody speaks, where a carrier stands
and where sound was cut, before listening. It is computed from the mono 16 kHz samples that
engines hear, while they stream by, and written to a file column by column, so that three
hours (43 MB) never stand in memory.

The file is a NumPy array (format 1.0, NEP 1) of uint8, shape (columns, `BANDS`), its header
`HEADER_BYTES` long whatever the shape: column `c` begins at byte `HEADER_BYTES + BANDS * c`, and a
tile of `TILE_COLUMNS` (a minute) is one range of bytes. `numpy.load` reads it whole.

Column c is about the 20 ms that begin at c * 20 ms: a Hann window of 32 ms around their
middle. Band 0 is the lowest. A value v stands for (v / 255 - 1) * 100 dB under a sine of full
scale. The scale is Slaney's mel (Auditory Toolbox, 1998), as in librosa, with triangles of
height one, from 0 Hz to 8 kHz or to half the recording's own rate if that is less.
"""

import io
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
HOP = 320
BANDS = 80
TILE_COLUMNS = 3000
HEADER_BYTES = 128
FLOOR_DB = 100
_WINDOW = 512
_FFT = 1024
_LEAD = (_WINDOW - HOP) // 2
_COLUMNS_AT_ONCE = 1024


class Spectrogram:
    """Writes the spectrogram of 16 kHz mono samples that come in pieces to an empty file."""

    def __init__(self, file: BinaryIO, *, sample_rate_hz: int) -> None:
        self.highest_hz = min(RATE_HZ, sample_rate_hz) // 2
        self._file = file
        self._filters = filters(self.highest_hz)
        self._window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
        self._scale = np.float32(2 / self._window.sum()) ** 2
        self._pending = np.zeros(_LEAD, np.float32)
        self._samples = 0
        self._columns = 0
        file.write(bytes(HEADER_BYTES))

    def add(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples, shape (n,), in -1..1."""
        self._samples += len(samples)
        self._write(np.concatenate((self._pending, samples)))

    def finish(self) -> dict[str, str | int]:
        """Write the last columns and the header; how the file is read, for its record."""
        wanted = -(-self._samples // HOP)
        missing = (wanted - self._columns - 1) * HOP + _WINDOW - len(self._pending)
        if wanted > self._columns:
            self._write(np.concatenate((self._pending, np.zeros(max(0, missing), np.float32))))
        self._file.seek(0)
        self._file.write(_header(self._columns))
        return {
            "format": "NumPy 1.0, uint8",
            "columns": self._columns,
            "bands": BANDS,
            "tile_columns": TILE_COLUMNS,
            "header_bytes": HEADER_BYTES,
            "column_ms": HOP * 1000 // RATE_HZ,
            "highest_hz": self.highest_hz,
            "floor_db": FLOOR_DB,
            "numpy": np.__version__,
        }

    def _write(self, pending: NDArray[np.float32]) -> None:
        """Turn every whole window of `pending` into a column, and keep the rest."""
        count = max(0, (len(pending) - _WINDOW) // HOP + 1)
        for start in range(0, count, _COLUMNS_AT_ONCE):
            part = pending[
                start * HOP : (min(start + _COLUMNS_AT_ONCE, count) - 1) * HOP + _WINDOW
            ]
            windows = np.lib.stride_tricks.sliding_window_view(part, _WINDOW)[::HOP]
            spectrum = np.abs(np.fft.rfft(windows * self._window, _FFT)) ** 2
            power = spectrum.astype(np.float32) @ self._filters * self._scale
            decibels = 10 * np.log10(np.maximum(power, 1e-12))
            levels = np.rint((decibels / FLOOR_DB + 1) * 255)
            self._file.write(np.clip(levels, 0, 255).astype(np.uint8).tobytes())
        self._columns += count
        self._pending = pending[count * HOP :]


def filters(highest_hz: int) -> NDArray[np.float32]:
    """Triangles of height one, evenly spaced in mel, shape (bins of the transform, `BANDS`)."""
    edges = _hertz(np.linspace(0, _mel(highest_hz), BANDS + 2))
    bins = np.arange(_FFT // 2 + 1)[:, None] * (RATE_HZ / _FFT)
    rising = (bins - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - bins) / np.diff(edges)[1:]
    triangles: NDArray[np.float32] = np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
    return triangles


# Slaney's scale: even up to 1 kHz, which is 15 mel; from there each mel is 6.4 ** (1 / 27) higher.
_EVEN_HZ, _KNEE_MEL, _STEP = 200 / 3, 15.0, np.log(6.4) / 27


def _mel(hertz: float) -> float:
    even = hertz / _EVEN_HZ
    return even if even <= _KNEE_MEL else _KNEE_MEL + float(np.log(hertz / 1000) / _STEP)


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = 1000 * np.exp(_STEP * (np.maximum(mel, _KNEE_MEL) - _KNEE_MEL))
    return np.where(mel <= _KNEE_MEL, mel * _EVEN_HZ, raised)


def _header(columns: int) -> bytes:
    """The head of a NumPy file of this shape, filled up with blanks to `HEADER_BYTES`."""
    head = io.BytesIO()
    described = {"descr": "|u1", "fortran_order": False, "shape": (columns, BANDS)}
    np.lib.format.write_array_header_1_0(head, described)
    written = head.getvalue()
    if len(written) != HEADER_BYTES:
        raise ValueError(f"a NumPy header of {len(written)} bytes")
    return written
