"""Windows: cut in pauses, none too long, silence left out, speech never."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from transcription.engines import Samples, windows
from transcription.engines.windows import LONGEST_MS


def noise(seconds: float, *, level: float = 0.01, seed: int = 1) -> Samples:
    chance = np.random.default_rng(seed)
    return (chance.standard_normal(round(seconds * 16_000)) * level).astype(np.float32)


def bursts(seconds: float, *, every: float = 3.0, lasting: float = 2.0) -> Samples:
    """Noise that comes and goes, as transmissions do."""
    samples = noise(seconds, level=0.2)
    at = np.arange(len(samples)) / 16_000
    return np.where(at % every < lasting, samples, samples * np.float32(0.02)).astype(np.float32)


def test_a_short_recording_is_one_window() -> None:
    assert [(span.start_ms, span.end_ms) for span in windows(bursts(7.5))] == [(0, 7500)]


def test_cuts_fall_into_pauses() -> None:
    for span in windows(bursts(120))[:-1]:
        assert 2000 <= span.end_ms % 3000 < 3000


@given(
    seconds=st.floats(0.0, 100.0),
    longest_ms=st.sampled_from([5_000, 9_000, LONGEST_MS]),
    every=st.floats(0.5, 40.0),
)
@settings(max_examples=60, deadline=None)
def test_windows_follow_each_other_and_none_is_too_long(
    seconds: float, longest_ms: int, every: float
) -> None:
    samples = bursts(seconds, every=every, lasting=every / 2)
    spans = windows(samples, longest_ms=longest_ms)
    end = 0
    for span in spans:
        assert end <= span.start_ms < span.end_ms
        assert span.duration_ms <= longest_ms
        end = span.end_ms
    assert end <= len(samples) // 16


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(16_000 * 40, np.float32),
        np.zeros(0, np.float32),
        np.zeros(100, np.float32),
        noise(40),
        noise(40, level=0.3),
        noise(3),
        np.sin(np.arange(16_000 * 5) / 16_000 * 2 * np.pi * 50).astype(np.float32) * 0.1,
        bursts(20) * np.float32(1e-4),
    ],
)
def test_silence_steady_noise_and_hum_are_not_heard(samples: NDArray[np.float32]) -> None:
    assert windows(samples) == ()


def test_a_single_transmission_in_an_hour_of_silence_is_heard() -> None:
    hour = np.zeros(16_000 * 3600, np.float32)
    hour[16_000 * 2000 : 16_000 * 2003] = bursts(3)
    (only,) = windows(hour)
    assert only.start_ms <= 2_000_000
    assert only.end_ms >= 2_002_000


def test_a_transmission_is_heard_under_noise_of_its_own_strength() -> None:
    assert windows(bursts(12) + noise(12, level=0.2, seed=2))
