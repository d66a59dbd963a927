"""What is certainly not speech is told apart by its levels; speech is heard even under noise."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from transcription.activity import cut, has_pitch, islands, levels
from transcription.audio import samples
from transcription.span import Span

SECONDS = 12
AT = np.arange(SECONDS * 16_000) / 16_000
RADIO = butter(4, (300, 3000), "band", fs=16_000, output="sos")
SPOKEN = [
    "en_tests_jfk.flac",
    "ru_data_smoke_test_russian_sample_data_ru.wav",
    "uk_uk_wavs_uk_1.wav",
    "en_aligner_dagon.wav",
]


def hiss(seed: int = 1) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.random.default_rng(seed).standard_normal(len(AT))


def tone(hertz: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.sin(2 * np.pi * hertz * AT)


CERTAINLY_NONE: dict[str, Callable[[], np.ndarray[tuple[int], np.dtype[np.float64]]]] = {
    "silence": lambda: 0 * AT,
    "white noise": lambda: 0.1 * hiss(),
    "radio noise": lambda: sosfilt(RADIO, hiss()) * 0.3,
    "hum": lambda: 0.2 * tone(50) + 0.1 * tone(150) + 0.001 * hiss(),
    "a carrier": lambda: 0.3 * tone(1000) + 0.01 * hiss(),
}
NO_VOICE: dict[str, Callable[[], np.ndarray[tuple[int], np.dtype[np.float64]]]] = {
    "a keyed tone": lambda: 0.3 * tone(700) * (tone(5) * tone(1.3) > 0) + 0.002 * hiss(),
    "dialling": lambda: 0.2 * (tone(770) + tone(1336)) * (AT % 0.4 < 0.2) + 0.002 * hiss(),
    "squelch": lambda: 0.2 * hiss() * (AT % 3 < 0.6) + 1e-4 * hiss(2),
    "squelch tails": lambda: 0.2 * hiss() * (AT % 2 < 0.25) + 1e-4 * hiss(2),
    "noise in steps": lambda: hiss() * np.where(AT < 4, 0.01, np.where(AT < 8, 0.1, 0.03)),
    "noise that swells": lambda: hiss() * (0.02 + 0.2 * np.square(tone(0.2))),
}


@pytest.mark.parametrize("name", CERTAINLY_NONE)
def test_nothing_stands_out_in(name: str) -> None:
    assert islands(CERTAINLY_NONE[name]().astype(np.float32)) == ()


@pytest.mark.parametrize("name", NO_VOICE)
def test_there_is_no_voice_in(name: str) -> None:
    sound = NO_VOICE[name]().astype(np.float32)
    assert not any(has_pitch(sound, island) for island in islands(sound))


@pytest.mark.parametrize("name", ["n", "ns", "nsn", "s"])
def test_speech_is_told_from_what_is_beside_it(shared: Path, name: str) -> None:
    """Recordings of which it is known where speech is: after 1.5 s of noise, if there is any noise."""
    with (shared / f"audio/nospeech_aeneas_tests_res_vad_{name}.wav").open("rb") as file:
        sound = samples(file)
    found = islands(sound)
    begins = 0 if name == "s" else 1500
    assert len(found) == (0 if name == "n" else 1)
    for island in found:
        assert begins - 700 <= island.start_ms <= begins + 300
        assert island.end_ms <= 4800


@pytest.mark.parametrize("name", SPOKEN)
@pytest.mark.parametrize("decibels", [5, 0, -3])
def test_speech_is_heard_under_noise_of_its_own_strength(
    shared: Path, name: str, decibels: int
) -> None:
    with (shared / "audio" / name).open("rb") as file:
        clear = sosfilt(RADIO, samples(file))
    chance = sosfilt(RADIO, np.random.default_rng(7).standard_normal(len(clear)))
    strength = np.sqrt(np.mean(clear**2) / np.mean(chance**2)) / 10 ** (decibels / 20)
    noisy = (clear + chance * strength).astype(np.float32)
    heard = sum(island.duration_ms for island in islands(noisy))
    usual = sum(island.duration_ms for island in islands(clear.astype(np.float32)))
    assert heard >= 0.7 * usual
    assert any(has_pitch(noisy, island) for island in islands(noisy))


def test_levels_are_those_of_full_scale_and_by_band() -> None:
    found = levels((tone(1000) * 0.5).astype(np.float32))
    assert np.allclose(found.whole, -9.03, atol=0.05)
    assert np.all(found.bands.argmax(axis=1) == 2)
    assert np.allclose(found.bands[:, 2], -9.03, atol=0.5)
    assert np.all(np.abs(found.peak * 31.25 - 1000) < 32)
    assert found.tonal.min() > 0.95


def test_a_recording_is_measured_the_same_from_a_file_that_is_not_in_memory(
    tmp_path: Path,
) -> None:
    sound = np.tile((hiss() * tone(0.3)).astype(np.float32), 12)
    sound.tofile(tmp_path / "sound.f32")
    mapped = np.memmap(tmp_path / "sound.f32", np.float32, "r")
    assert islands(mapped) == islands(sound)
    assert np.array_equal(cut(mapped, Span(500, 700)), sound[8000:11_200])


@pytest.mark.parametrize("length", [0, 1, 319, 320, 16_000])
def test_the_shortest_of_sounds_is_measured(length: int) -> None:
    sound = np.zeros(length, np.float32)
    assert len(levels(sound).whole) == length // 320
    assert islands(sound) == ()
    assert not has_pitch(sound, Span(0, length // 16))
