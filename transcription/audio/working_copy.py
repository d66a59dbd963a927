"""The working copy: what a reviewer plays when a browser cannot play the original."""

import io

import numpy as np
from numpy.typing import NDArray

from transcription.audio.sampling import SAMPLE_RATE_HZ


def working_copy(samples: NDArray[np.float32]) -> bytes:
    """
    Write 16 kHz mono samples as 16-bit FLAC.

    The same samples always give the same bytes under one version of libsndfile
    (`encoder` names it): rounding is ours, and no date or tag is written.
    """
    import soundfile

    scaled = np.clip(np.rint(samples * np.float32(32768)), -32768, 32767).astype(np.int16)
    file = io.BytesIO()
    soundfile.write(file, scaled, SAMPLE_RATE_HZ, format="FLAC", subtype="PCM_16")
    return file.getvalue()


def encoder() -> str:
    """Name the FLAC encoder, for the derivation of a working copy."""
    import soundfile

    return f"libsndfile {soundfile.__libsndfile_version__} FLAC PCM_16"
