"""
A sound in every format that the decoder promises to read, made on the spot.

Encoded by FFmpeg where it has an encoder, by libsndfile (GSM, Vorbis) where it has none or a poor
one; AMR-WB alone is kept as a file, with the script that made it.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

Pcm = NDArray[np.int16]
AMR_WB = Path(__file__).resolve().parents[1] / "audio/tone_amr_wb.amr"


def tones(seconds: float, *hertz: float, rate: int) -> Pcm:
    """One sine at half of full scale per channel, shape (frames, channels)."""
    moments = np.arange(round(seconds * rate)) / rate
    waves = [np.round(16_000 * np.sin(2 * np.pi * each * moments)) for each in hertz]
    return np.stack(waves, axis=1).astype(np.int16)


@dataclass(frozen=True)
class Kind:
    """
    One format: the codec that should be found in it, and how to write it.

    `channels` is how many it keeps apart; a `lossless` one must give back every sample.
    """

    codec: str
    write: Callable[[Pcm], bytes]
    rate: int = 16_000
    channels: int = 1
    lossless: bool = False

    def tone(self, seconds: float = 2.0) -> bytes:
        """440 Hz, and 1000 Hz in the second channel where there is one."""
        return self.write(tones(seconds, *(440.0, 1000.0)[: self.channels], rate=self.rate))


def ffmpeg(
    container: str, codec: str, *, rate: int, film: str | None = None
) -> Callable[..., bytes]:
    """A writer by FFmpeg's muxer and encoder; `film` adds pictures in this codec before the sound."""

    def write(pcm: Pcm) -> bytes:
        file = io.BytesIO()
        layout = "stereo" if pcm.shape[1] == 2 else "mono"
        with av.open(file, "w", format=container, options={"fflags": "+bitexact"}) as out:
            pictures = _pictures(out, film) if film else None
            stream: Any = out.add_stream(codec, rate=rate, layout=layout)
            if codec == "wavpack":
                stream.format = "s16p"  # not the first that the encoder offers, which is 8 bit
            if codec.startswith("wma"):
                stream.bit_rate = 64_000
            if pictures is not None:
                for number in range(10):
                    frame = av.VideoFrame(64, 64, "yuv420p")
                    frame.pts, frame.time_base = number, Fraction(1, 5)
                    out.mux(pictures.encode(frame))
            for piece in _cut(pcm, stream, rate=rate, layout=layout):
                out.mux(stream.encode(piece))
            out.mux(stream.encode(None))
            if pictures is not None:
                out.mux(pictures.encode(None))
        return file.getvalue()

    return write


def _pictures(out: Any, codec: str) -> Any:
    stream = out.add_stream(codec, rate=5)
    stream.width = stream.height = 64
    stream.pix_fmt = "yuv420p"
    return stream


def _cut(pcm: Pcm, stream: Any, *, rate: int, layout: str) -> list[Any]:
    frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout=layout)
    frame.sample_rate = rate
    size = stream.codec_context.frame_size or None
    fifo = av.AudioResampler(stream.format.name, layout, rate, size)
    return [*fifo.resample(frame), *fifo.resample(None)]


def sndfile(container: str, subtype: str, *, rate: int) -> Callable[..., bytes]:
    """A writer by libsndfile."""

    def write(pcm: Pcm) -> bytes:
        file = io.BytesIO()
        soundfile.write(file, pcm, rate, format=container, subtype=subtype)
        return file.getvalue()

    return write


def kept(path: Path) -> Callable[..., bytes]:
    """A 'writer' of the one file that nothing here can write."""
    return lambda _pcm: path.read_bytes()


def _all() -> Mapping[str, Kind]:
    def by_ffmpeg(
        container: str,
        codec: str,
        found: str | None = None,
        *,
        rate: int = 16_000,
        channels: int = 1,
        lossless: bool = False,
        film: str | None = None,
    ) -> Kind:
        write = ffmpeg(container, codec, rate=rate, film=film)
        return Kind(found or codec, write, rate, channels, lossless)

    return {
        "WAV": by_ffmpeg("wav", "pcm_s16le", channels=2, lossless=True),
        "WAV, 24 bit": by_ffmpeg("wav", "pcm_s24le", rate=48_000, channels=2, lossless=True),
        "WAV, float": by_ffmpeg("wav", "pcm_f32le", rate=44_100, lossless=True),
        "WAV, A-law": by_ffmpeg("wav", "pcm_alaw", rate=8_000, channels=2),
        "WAV, mu-law": by_ffmpeg("wav", "pcm_mulaw", rate=8_000, channels=2),
        "WAV, IMA ADPCM": by_ffmpeg("wav", "adpcm_ima_wav", rate=22_050),
        "WAV, MS ADPCM": by_ffmpeg("wav", "adpcm_ms", rate=22_050),
        "WAV, G.726": by_ffmpeg("wav", "g726", rate=8_000),
        "WAV, G.722": by_ffmpeg("wav", "g722", rate=16_000),
        "WAV, GSM": Kind("gsm_ms", sndfile("WAV", "GSM610", rate=8_000), 8_000),
        "GSM, raw": Kind("gsm", sndfile("RAW", "GSM610", rate=8_000), 8_000),
        "W64": by_ffmpeg("w64", "pcm_s16le", lossless=True),
        "RF64": Kind("pcm_s16le", sndfile("RF64", "PCM_16", rate=16_000), lossless=True),
        "AIFF": by_ffmpeg("aiff", "pcm_s16be", rate=44_100, channels=2, lossless=True),
        "AIFF-C, A-law": by_ffmpeg("aiff", "pcm_alaw", rate=8_000),
        "AU, mu-law": by_ffmpeg("au", "pcm_mulaw", rate=8_000),
        "CAF, ALAC": by_ffmpeg("caf", "alac", rate=48_000, channels=2, lossless=True),
        "FLAC": by_ffmpeg("flac", "flac", rate=44_100, channels=2, lossless=True),
        "WavPack": by_ffmpeg("wv", "wavpack", rate=48_000, lossless=True),
        "MP3": by_ffmpeg("mp3", "libmp3lame", "mp3float", rate=44_100, channels=2),
        "MP2": by_ffmpeg("mp2", "mp2", rate=44_100),
        "AAC": by_ffmpeg("adts", "aac", rate=44_100, channels=2),
        "M4A": by_ffmpeg("ipod", "aac", rate=44_100, channels=2),
        "Ogg Vorbis": Kind("vorbis", sndfile("OGG", "VORBIS", rate=44_100), 44_100, 2),
        "Ogg Opus": by_ffmpeg("ogg", "libopus", "opus", rate=48_000, channels=2),
        "AMR-NB": by_ffmpeg("amr", "libopencore_amrnb", "amrnb", rate=8_000),
        "AMR-NB in 3GP": by_ffmpeg("3gp", "libopencore_amrnb", "amrnb", rate=8_000),
        "AMR-WB": Kind("amrwb", kept(AMR_WB), 16_000),
        "WMA": by_ffmpeg("asf", "wmav2", rate=44_100, channels=2),
        "WMA 1": by_ffmpeg("asf", "wmav1", rate=44_100),
        "AC-3": by_ffmpeg("ac3", "ac3", rate=48_000, channels=2),
        "MP4, film": by_ffmpeg("mp4", "aac", rate=44_100, channels=2, film="mpeg4"),
        "WebM, film": by_ffmpeg("webm", "libopus", "opus", rate=48_000, channels=2, film="libvpx"),
        "Matroska, film": by_ffmpeg(
            "matroska", "libmp3lame", "mp3float", rate=44_100, channels=2, film="mpeg4"
        ),
        "MOV, film": by_ffmpeg("mov", "pcm_s16be", rate=48_000, channels=2, film="mpeg4"),
        "AVI, film": by_ffmpeg("avi", "pcm_s16le", rate=44_100, film="mpeg4"),
    }


KINDS = _all()


@cache
def example(name: str) -> bytes:
    """Two seconds of this kind, made once."""
    return KINDS[name].tone()
