"""Windows: cut in pauses, none too long, silence left out, speech never."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from transcription.engines import Samples
from transcription.engines.windows import LONGEST_MS, windows
from transcription.span import Span


def noise(seconds: float, *, level: float = 0.01, seed: int = 1) -> Samples:
    chance = np.random.default_rng(seed)
    return (chance.standard_normal(round(seconds * 16_000)) * level).astype(np.float32)


def bursts(seconds: float, *, every: float = 3.0, lasting: float = 2.0) -> Samples:
    """Noise that comes and goes as transmissions do, and within them as syllables do."""
    samples = noise(seconds, level=0.2)
    at = np.arange(len(samples)) / 16_000
    syllables = np.abs(np.sin(at * 2 * np.pi * 2))
    loudness = np.where(at % every < lasting, syllables, 0.02)
    return (samples * loudness).astype(np.float32)


def test_a_short_recording_is_one_window() -> None:
    (only,) = windows(bursts(7.5))
    assert only.span == Span(0, 7500)


def test_cuts_fall_into_pauses() -> None:
    for window in windows(bursts(120, every=2.5))[:-1]:
        assert 1800 <= window.span.end_ms % 2500 < 2500


@given(
    seconds=st.floats(0.0, 100.0),
    longest_ms=st.sampled_from([5_000, 9_000, LONGEST_MS]),
    every=st.floats(0.5, 40.0),
)
@settings(max_examples=60, deadline=None)
def test_windows_answer_for_everything_and_none_is_too_long(
    seconds: float, longest_ms: int, every: float
) -> None:
    samples = bursts(seconds, every=every, lasting=every / 2)
    found = windows(samples, longest_ms=longest_ms)
    end = 0
    for window in found:
        assert window.span.start_ms == end < window.span.end_ms
        assert window.duration_ms <= longest_ms
        end = window.span.end_ms
    assert not found or end == len(samples) // 16


def test_a_minute_of_silence_costs_nothing_and_is_there_again_in_the_times() -> None:
    samples = np.concatenate([bursts(3), np.zeros(16_000 * 60, np.float32), bursts(3)])
    (window,) = windows(samples)
    assert window.duration_ms < 8000
    assert window.islands[-1].start_ms > 62_000
    assert window.original(0, window.duration_ms).end_ms > 64_000


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
    (island,) = only.islands
    assert 1_999_000 <= island.start_ms <= 2_000_000
    assert 2_001_900 <= island.end_ms <= 2_003_300


def test_a_transmission_is_heard_under_noise_of_its_own_strength() -> None:
    assert windows(bursts(12) + noise(12, level=0.2, seed=2))


CUT_AN_HOUR = """
import resource, sys, numpy as np
from transcription.activity import has_pitch
from transcription.engines.windows import windows
sound = np.memmap(sys.argv[1], np.float32, "r")
windows(sound[: 16_000 * 60], wanted=has_pitch)
held = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + (100 << 20), -1))
found = windows(sound, wanted=has_pitch)
sys.exit(0 if len(found) > 100 else "no windows")
"""


@pytest.mark.slow
def test_an_hour_without_a_pause_is_cut_in_a_hundred_mebibytes(tmp_path: Path) -> None:
    """The samples lie in a file; what is held beside it does not grow with the speech."""
    path = tmp_path / "hour.f32"
    at = np.arange(16_000 * 60) / 16_000
    pitch = 2 * np.pi * np.cumsum(150 + 60 * np.sin(2 * np.pi * 0.7 * at)) / 16_000
    voice = sum(np.sin(number * pitch) / number for number in range(1, 12))
    minute = (0.1 * voice * np.abs(np.sin(4 * np.pi * at))).astype(np.float32)
    with path.open("wb") as file:
        for _ in range(60):
            file.write(minute.tobytes())
    done = subprocess.run(
        [sys.executable, "-c", CUT_AN_HOUR, str(path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )
    assert done.returncode == 0, done.stderr
