"""Media made on the spot: tones and silence in every container that the tests need."""

import io
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

Encode = Callable[..., Path]


def tone(seconds: float, *, rate: int = 16_000, hertz: float = 440.0) -> NDArray[np.int16]:
    """A sine at half of full scale."""
    moments = np.arange(round(seconds * rate)) / rate
    return np.round(16_000 * np.sin(2 * np.pi * hertz * moments)).astype(np.int16)


def wav_bytes(pcm: NDArray[np.int16], *, rate: int = 16_000) -> bytes:
    """A plain WAV file; columns of a two-dimensional array are channels."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1 if pcm.ndim == 1 else pcm.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm.astype("<i2").tobytes())
    return file.getvalue()


@pytest.fixture
def encode(tmp_path: Path) -> Encode:
    """Write PCM (mono, int16) to a file with FFmpeg's encoder `codec`."""

    def written(name: str, pcm: NDArray[np.int16], *, codec: str, rate: int = 16_000) -> Path:
        path = tmp_path / name
        with av.open(str(path), "w") as container:
            stream: Any = container.add_stream(codec, rate=rate, layout="mono")
            frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = rate
            fifo = av.AudioResampler(
                stream.format.name, "mono", rate, stream.codec_context.frame_size or None
            )
            for piece in [*fifo.resample(frame), *fifo.resample(None)]:
                container.mux(stream.encode(piece))
            container.mux(stream.encode(None))
        return path

    return written
