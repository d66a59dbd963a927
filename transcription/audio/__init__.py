"""
Audio out of foreign files: decoded in a confined child, from an open descriptor, never by path.

    with open(path, "rb") as file:
        found = probe(file)                      # container, duration, digest of the PCM, peaks
        heard = samples(file)                    # 16 kHz mono float32 for a speech engine

Representations, and what each is for:

* **The PCM of the original**: the first audio stream at its own rate, all channels interleaved,
  signed 16 bit little-endian, without dither. Its SHA-256 is `Probe.pcm_digest`. For lossless
  codecs of up to 16 bits it is a fact about the file; for others it is a fact about the file
  and the decoder that `Probe.container.decoder` names. `pcm_digest` decodes again to compare.
* **Samples for engines**: that PCM, its channels averaged (or one chosen), resampled by libsoxr
  ("HQ") to 16 kHz float32 in -1..1. A function of the PCM alone.
* **Derivatives**: a listening copy (`playback`) that every browser plays, and a spectrogram.

Everything streams, and the samples lie in a nameless temporary file (230 MB an hour): probing three
hours, or making their derivatives, takes less than 32 MiB beyond what the process held before, and no
more for any other length (`tests/transcription/audio/test_memory.py`).
"""

from transcription.audio.derivatives import Made, derivatives
from transcription.audio.pcm import Stream, Tally
from transcription.audio.probing import Pcm, Probe, pcm_digest, probe
from transcription.audio.sampling import RESAMPLER, SAMPLE_RATE_HZ, samples
from transcription.sandbox.limits import Confinement, Limits, Reason
from transcription.sandbox.zygotes import confinement

__all__ = [
    "RESAMPLER",
    "SAMPLE_RATE_HZ",
    "Confinement",
    "Limits",
    "Made",
    "Pcm",
    "Probe",
    "Reason",
    "Stream",
    "Tally",
    "confinement",
    "derivatives",
    "pcm_digest",
    "probe",
    "samples",
]
