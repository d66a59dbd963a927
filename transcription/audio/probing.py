"""Everything that is to be known about a recording before anybody listens to it, in one pass."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from transcription.audio.pcm import Stream, Tally, decoded
from transcription.container import Container
from transcription.sandbox.limits import Limits
from transcription.waveform import Peaks

_NO_LIMITS_OF_ITS_OWN = Limits()


@dataclass(frozen=True, slots=True)
class Probe:
    """
    What decoding a file once showed.

    `frames` and `duration_ms` (rounded down) are counted, not declared. `pcm_digest` is
    `sha256:<hex>` over the PCM of the original as `transcription.audio` defines it. `peaks` holds
    one int8 per `samples_per_peak` frames. `tally` says what was skipped.
    """

    container: Container
    frames: int
    duration_ms: int
    pcm_digest: str
    samples_per_peak: int
    peaks: bytes
    tally: Tally


@dataclass(frozen=True, slots=True)
class Pcm:
    """The digest of the PCM of a file (`sha256:<hex>`), its frames, and the decoder that gave it."""

    digest: str
    frames: int
    decoder: str


def pcm_digest(source: BinaryIO | int, limits: Limits = _NO_LIMITS_OF_ITS_OWN) -> Pcm:
    """
    Decode a regular file only to digest its PCM: what a replay asks before it hears anything.

    The same file and the same `decoder` give the same digest on every machine of one
    architecture. Raises as `transcription.audio.pcm.decoded` does.
    """
    return decoded(source, limits, _pcm)


def probe(source: BinaryIO | int, limits: Limits = _NO_LIMITS_OF_ITS_OWN) -> Probe:
    """Decode a regular file once, streaming; raises as `transcription.audio.pcm.decoded` does."""
    return decoded(source, limits, _probe)


def _pcm(stream: Stream) -> Pcm:
    digest = hashlib.sha256()
    frames = 0
    for piece in stream:
        digest.update(piece.tobytes())
        frames += len(piece)
    return Pcm(f"sha256:{digest.hexdigest()}", frames, stream.container.decoder)


def _probe(stream: Stream) -> Probe:
    digest = hashlib.sha256()
    rate = stream.container.sample_rate_hz
    peaks = Peaks(rate)
    for piece in stream:
        digest.update(piece.tobytes())
        peaks.add(piece)
    tally = stream.tally
    assert tally is not None  # iterating to the end either sets it or raises
    return Probe(
        container=stream.container,
        frames=tally.frames,
        duration_ms=tally.frames * 1000 // rate,
        pcm_digest=f"sha256:{digest.hexdigest()}",
        samples_per_peak=peaks.samples_per_peak,
        peaks=peaks.finish(),
        tally=tally,
    )
