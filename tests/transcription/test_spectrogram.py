"""The spectrogram does not depend on how the audio was cut, and its numbers are what it says."""

import io

import librosa
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from transcription.spectrogram import BANDS, FLOOR_DB, HEADER_BYTES, HOP, Spectrogram, filters

Samples = NDArray[np.float32]


def drawn(*pieces: Samples, rate: int = 16_000) -> NDArray[np.uint8]:
    file = io.BytesIO()
    picture = Spectrogram(file, sample_rate_hz=rate)
    for piece in pieces:
        picture.add(piece)
    made = picture.finish()
    raw = file.getvalue()
    columns: NDArray[np.uint8] = np.load(io.BytesIO(raw))
    assert len(raw) == HEADER_BYTES + BANDS * len(columns)
    assert raw[HEADER_BYTES:] == columns.tobytes()
    assert made["columns"] == len(columns)
    return columns


def sine(hertz: float, seconds: float = 1.0, height: float = 1.0) -> Samples:
    moments = np.arange(round(16_000 * seconds)) / 16_000
    return (height * np.sin(2 * np.pi * hertz * moments)).astype(np.float32)


@given(st.integers(0, 2**32 - 1), st.integers(0, 9000), st.lists(st.integers(0, 9000), max_size=6))
def test_the_cuts_do_not_matter(seed: int, count: int, cuts: list[int]) -> None:
    heard = np.random.default_rng(seed).uniform(-1, 1, count).astype(np.float32)
    pieces = np.split(heard, sorted(min(cut, count) for cut in cuts))
    whole = drawn(heard)
    assert len(whole) == -(-count // HOP)
    parts = drawn(*pieces)
    assert np.abs(whole.astype(int) - parts).max(initial=0) <= 1, "but for the last bit of a sum"


@pytest.mark.parametrize("hertz", [300, 1000, 3000, 6000])
@pytest.mark.parametrize("height", [1.0, 0.1, 0.01])
def test_a_tone_stands_in_its_band_at_its_level(hertz: int, height: float) -> None:
    middle = drawn(sine(hertz, height=height))[25]
    centres = librosa.mel_frequencies(BANDS + 2, fmin=0, fmax=8000)[1:-1]
    assert abs(centres[middle.argmax()] - hertz) < 0.05 * hertz + 40
    decibels = (middle.max() / 255 - 1) * FLOOR_DB
    assert decibels == pytest.approx(20 * np.log10(height), abs=5)


def test_a_click_stands_in_the_column_of_its_moment() -> None:
    heard = np.zeros(16_000, np.float32)
    heard[HOP * 20 + HOP // 2] = 1
    loudest = drawn(heard).astype(int).sum(axis=1).argmax()
    assert loudest == 20


def test_silence_is_black_and_nothing_is_an_empty_picture() -> None:
    assert drawn(np.zeros(4000, np.float32)).max() == 0
    assert drawn().shape == (0, BANDS)


@pytest.mark.parametrize("rate", [16_000, 8_000])
def test_the_bands_are_those_of_librosa(rate: int) -> None:
    theirs = librosa.filters.mel(
        sr=16_000, n_fft=1024, n_mels=BANDS, fmax=rate / 2, norm=None, dtype=np.float32
    )
    np.testing.assert_allclose(filters(rate // 2), theirs.T, atol=1e-5)
