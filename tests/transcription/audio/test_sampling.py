"""Samples for engines."""

import tempfile

import numpy as np
import pytest

from tests.transcription.conftest import tone, wav_bytes
from transcription.audio import SAMPLE_RATE_HZ, samples
from transcription.engines.engine import Samples


def samples_of(data: bytes, *, channel: int | None = None) -> Samples:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        return samples(file, channel=channel)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 44_100, 48_000])
def test_every_rate_becomes_sixteen_kilohertz(rate: int) -> None:
    heard = samples_of(wav_bytes(tone(2, rate=rate), rate=rate))
    assert abs(len(heard) - 2 * SAMPLE_RATE_HZ) <= 1
    spectrum = np.abs(np.fft.rfft(heard))
    assert np.argmax(spectrum) == pytest.approx(440 * len(heard) / SAMPLE_RATE_HZ, abs=1)
    assert np.abs(heard).max() == pytest.approx(16_000 / 32_768, rel=0.05)


def test_sixteen_kilohertz_are_left_as_they_are() -> None:
    pcm = tone(1)
    np.testing.assert_array_equal(samples_of(wav_bytes(pcm)), pcm.astype(np.float32) / 32_768)


def test_channels_are_averaged_or_chosen() -> None:
    left, right = tone(1), tone(1, hertz=900)
    data = wav_bytes(np.stack([left, right], axis=1))
    np.testing.assert_array_equal(samples_of(data, channel=0), left.astype(np.float32) / 32_768)
    np.testing.assert_array_equal(samples_of(data, channel=1), right.astype(np.float32) / 32_768)
    both = (left.astype(np.float32) + right) / 2 / 32_768
    np.testing.assert_allclose(samples_of(data), both, atol=1e-6)


def test_a_channel_that_is_not_there_is_refused() -> None:
    with pytest.raises(IndexError, match="channel 1 of 1"):
        samples_of(wav_bytes(tone(0.1)), channel=1)


def test_long_audio_is_not_cut_or_doubled_where_pieces_meet() -> None:
    pcm = np.random.default_rng(1).integers(-9000, 9000, 16_000 * 31).astype(np.int16)
    np.testing.assert_array_equal(samples_of(wav_bytes(pcm)), pcm.astype(np.float32) / 32_768)
