"""
What the confined child does: demux, decode, and write PCM of the original to a pipe.

The PCM is the first audio stream at its own rate and with its own channels, interleaved,
signed 16 bit little-endian; other sample formats are converted by libswresample without
dither. A stream whose rate or layout changes on the way is brought to what it began with,
and the changes are counted. A packet that does not decode is skipped and counted: half of
an intercept is evidence too.
"""

import os
from collections.abc import Iterator
from typing import Any, BinaryIO

import av

from transcription.sandbox import media, wire
from transcription.sandbox.limits import Limits, Reason


class Refused(Exception):
    """Nothing to decode here, for one of the closed list of reasons."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason


class Exceeded(Exception):
    """More came out than `limit` allows."""

    def __init__(self, limit: str) -> None:
        self.limit = limit


def decode(
    source: BinaryIO | media.Descriptor, output: int, limits: Limits, *, decoder: str
) -> None:
    """Decode `source` and write header (naming the `decoder`), PCM and trailer to `output`."""
    most_bytes = limits.bytes_out_of(source.seek(0, os.SEEK_END))
    source.seek(0)
    try:
        container = media.open_container(source)
    except MemoryError:
        raise
    except (av.FFmpegError, OSError, ValueError) as error:
        raise Refused(Reason.UNKNOWN_CONTAINER) from error
    stream = _audio_stream(container)
    context = stream.codec_context
    context.thread_count = 1
    context.thread_type = "NONE"
    tally = {"frames": 0, "bad_packets": 0, "format_changes": 0, "truncated": False}
    pcm = _pcm(container, stream, tally)
    first = next(pcm, None)
    if first is None:
        raise Refused(Reason.NO_SAMPLES)
    rate, channels = first.sample_rate, first.layout.nb_channels
    _require_shape(rate, channels, limits)
    facts = media.facts(container, stream, first, decoder=decoder)
    wire.send_json(output, wire.HEADER, facts)
    frame = first
    while frame is not None:
        tally["frames"] += frame.samples
        if tally["frames"] > limits.decoded_seconds * rate:
            raise Exceeded("decoded_seconds")
        _require_size(tally["frames"] * channels * 2, limits, most_bytes)
        body = bytes(frame.planes[0])[: frame.samples * channels * 2]
        for piece in wire.pieces(body, channels * 2):
            wire.send(output, wire.PCM, piece)
        frame = next(pcm, None)
    wire.send_json(output, wire.TRAILER, {"outcome": "decoded", **tally})


def _require_shape(rate: int, channels: int, limits: Limits) -> None:
    if channels > limits.channels:
        raise Exceeded("channels")
    if rate > limits.sample_rate_hz:
        raise Exceeded("sample_rate_hz")


def _require_size(size: int, limits: Limits, most_bytes: int) -> None:
    if size > limits.decoded_bytes:
        raise Exceeded("decoded_bytes")
    if size > most_bytes:
        raise Exceeded("expansion")


def _audio_stream(container: Any) -> Any:  # PyAV's classes carry no types that mypy sees
    if not container.streams.audio:
        raise Refused(Reason.NO_AUDIO_STREAM)
    stream = container.streams.audio[0]
    if stream.codec_context is None or stream.codec_context.codec.name not in media.CODECS:
        raise Refused(Reason.UNKNOWN_CODEC)
    return stream


def _pcm(container: Any, stream: Any, tally: dict[str, Any]) -> Iterator[Any]:
    """Decoded frames as s16, at the rate and layout of the first one."""
    target: tuple[Any, int] | None = None
    current: tuple[str, str, int] | None = None
    resampler: Any = None
    for frame in _frames(container, stream, tally):
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        frame.pts = None  # gaps in the container's clock are not samples
        if target is None:
            target = (frame.layout, frame.sample_rate)
        if shape != current:
            if resampler is not None:
                tally["format_changes"] += 1
                yield from resampler.resample(None)
            current = shape
            resampler = av.AudioResampler("s16", target[0], target[1])
        yield from resampler.resample(frame)
    if resampler is not None:
        yield from resampler.resample(None)


def _frames(container: Any, stream: Any, tally: dict[str, Any]) -> Iterator[Any]:
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except MemoryError:
            raise
        except (av.FFmpegError, OSError):
            tally["truncated"] = True
            return
        try:
            frames = packet.decode()
        except (MemoryError, av.EOFError):
            raise
        except (av.FFmpegError, OSError):
            tally["bad_packets"] += 1
            continue
        yield from (frame for frame in frames if frame.samples)
