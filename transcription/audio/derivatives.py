"""What the pages need of a recording, made in one decoding: a listening copy and a spectrogram."""

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from transcription.audio.pcm import Stream, decoded
from transcription.audio.playback import Playback
from transcription.audio.sampling import Resampled
from transcription.sandbox.limits import Limits
from transcription.spectrogram import Spectrogram

_NO_LIMITS_OF_ITS_OWN = Limits()


@dataclass(frozen=True, slots=True)
class Made:
    """
    How each file was made and is read, in whole numbers and words, for its record.

    `pcm_digest` is of the PCM they were made from, as in `Probe`.
    """

    pcm_digest: str
    playback: dict[str, str | int]
    spectrogram: dict[str, str | int]


def derivatives(
    source: BinaryIO | int,
    limits: Limits = _NO_LIMITS_OF_ITS_OWN,
    *,
    playback: BinaryIO,
    spectrogram: BinaryIO,
) -> Made:
    """
    Write the listening copy and the spectrogram of a regular file to two files open for writing.

    Both are emptied first, since a lost decoder is replaced and begins anew. Streams: what is
    held in memory does not grow with the recording. Raises as
    `transcription.audio.pcm.decoded` does.
    """
    return decoded(source, limits, partial(_made, playback=playback, spectrogram=spectrogram))


def _made(stream: Stream, *, playback: BinaryIO, spectrogram: BinaryIO) -> Made:
    for file in (playback, spectrogram):
        file.seek(0)
        file.truncate()
    rate, channels = stream.container.sample_rate_hz, stream.container.channels
    copy = Playback(playback, sample_rate_hz=rate, channels=channels)
    picture = Spectrogram(spectrogram, sample_rate_hz=rate)
    heard = Resampled(rate)
    digest = hashlib.sha256()
    for pcm in stream:
        digest.update(pcm.tobytes())
        copy.add(pcm)
        picture.add(heard.add(pcm))
    picture.add(heard.finish())
    return Made(f"sha256:{digest.hexdigest()}", copy.finish(), picture.finish())
