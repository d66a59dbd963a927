"""Peaks do not depend on how the audio was cut into pieces."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transcription.waveform import Peaks


def peaks_of(pieces: list[np.ndarray[tuple[int, int], np.dtype[np.int16]]]) -> bytes:
    peaks = Peaks(8000)
    for piece in pieces:
        peaks.add(piece)
    return peaks.finish()


@given(st.integers(0, 2**32 - 1), st.integers(1, 5000), st.lists(st.integers(0, 5000), max_size=6))
def test_the_cuts_do_not_matter(seed: int, frames: int, cuts: list[int]) -> None:
    pcm = np.random.default_rng(seed).integers(-32_768, 32_768, (frames, 2)).astype(np.int16)
    pieces = np.split(pcm, sorted(min(cut, frames) for cut in cuts))
    whole = peaks_of([pcm])
    assert peaks_of(pieces) == whole
    assert len(whole) == -(-frames // 160)


def test_the_loudest_channel_counts_and_full_scale_fits_a_byte() -> None:
    pcm = np.zeros((320, 2), np.int16)
    pcm[3, 1] = -32_768
    assert peaks_of([pcm]) == bytes([127, 0])


def test_no_audio_has_no_peaks() -> None:
    assert Peaks(8000).finish() == b""
