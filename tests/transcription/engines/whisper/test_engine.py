"""The real openai-whisper code, on our exercise checkpoint and on the demonstration's audio."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from transcription import exercise
from transcription.audio import samples
from transcription.engines import Engine, Samples, Task, load, transcribe
from transcription.errors import EngineUnavailable, UnsupportedLanguage

AUDIO = Path(__file__).parents[4] / "app/demo/audio"
TRUTH: dict[str, Any] = json.loads((AUDIO / "truth.json").read_text("utf-8"))
ORDER = {
    "exchange_ru.flac": "Приказ такой: командира оставить, остальных вывезти в тыл.",
    "exchange_en.flac": "The order is: keep the commander, take the wounded to the hospital.",
}


def heard(name: str) -> Samples:
    with (AUDIO / name).open("rb") as file:
        return samples(file)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load("whisper:exercise")


@pytest.mark.parametrize("name", sorted(ORDER))
def test_the_order_is_heard_each_time_that_it_is_given(engine: Engine, name: str) -> None:
    said = transcribe(engine, heard(name))
    truth = [line for line in TRUTH[name]["lines"] if line["text"] == ORDER[name]]
    found = [segment for segment in said.segments if segment.text == ORDER[name]]
    assert said.language == TRUTH[name]["language"]
    assert len(found) == len(truth) == 2
    for segment, line in zip(found, truth, strict=True):
        assert abs((segment.start_ms or 0) - line["start_ms"]) < 500
        assert abs((segment.end_ms or 0) - line["end_ms"]) < 500


def test_a_russian_order_is_translated(engine: Engine) -> None:
    meant = transcribe(engine, heard("exchange_ru.flac"), language="ru", task=Task.TRANSLATE)
    assert meant.language == "en"
    assert "The order is: keep the commander, take the rest to the rear." in meant.text


def test_words_lie_in_their_segment_in_order_and_computed_times_are_marked(
    engine: Engine,
) -> None:
    said = transcribe(engine, heard("exchange_ru.flac"), language="ru")
    assert engine.parameters["word_times"] == "attention"
    words = [word for segment in said.segments for word in segment.words]
    for segment in said.segments:
        times = [ms for word in segment.words for ms in (word.start_ms, word.end_ms)]
        assert times == sorted(ms for ms in times if ms is not None)
        assert (times[0], times[-1]) == (segment.start_ms, segment.end_ms)
        assert " ".join(word.text for word in segment.words) == segment.text
    assert sum(word.interpolated for word in words) * 10 < len(words)


def test_the_same_samples_are_heard_the_same(engine: Engine) -> None:
    sound = heard("exchange_en.flac")
    found = engine.windows(sound)
    once = engine.transcribe_windows(sound, found, language="en")
    assert once == load("whisper:exercise").transcribe_windows(sound, found, language="en")


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_heard_in_noise_and_silence(engine: Engine, seed: int) -> None:
    chance = np.random.default_rng(seed)
    level = chance.choice([0.0, 0.001, 0.05, 0.3])
    sound = (chance.standard_normal(16_000 * 12) * level).astype(np.float32)
    assert transcribe(engine, sound).segments == ()


def test_nothing_is_heard_in_noise_that_comes_and_goes(engine: Engine) -> None:
    """Past the gate: here the model itself must stay silent."""
    chance = np.random.default_rng(5).standard_normal(16_000 * 8)
    swell = 0.02 + 0.2 * (np.sin(np.arange(16_000 * 8) / 8000) > 0)
    assert transcribe(engine, (chance * swell).astype(np.float32)).segments == ()


@pytest.mark.parametrize("name", ["n", "s"])
def test_neither_noise_nor_speech_outside_its_vocabulary_is_made_into_its_phrases(
    engine: Engine, shared: Path, name: str
) -> None:
    with (shared / f"audio/nospeech_aeneas_tests_res_vad_{name}.wav").open("rb") as file:
        assert transcribe(engine, samples(file)).segments == ()


@pytest.mark.parametrize("name", ["ns", "nsn"])
def test_nothing_is_heard_in_the_noise_beside_speech(
    engine: Engine, shared: Path, name: str
) -> None:
    """Speech from 1.5 s to 4 s of it, in no language of the model: what it makes of that is its own."""
    with (shared / f"audio/nospeech_aeneas_tests_res_vad_{name}.wav").open("rb") as file:
        for segment in transcribe(engine, samples(file)).segments:
            assert (segment.start_ms or 0) >= 1400
            assert (segment.end_ms or 0) <= 4500


def test_a_language_that_it_was_not_taught_is_refused(engine: Engine) -> None:
    with pytest.raises(UnsupportedLanguage):
        engine.transcribe_windows(np.zeros(16_000, np.float32), [], language="ko")


def test_everything_that_pins_its_output_is_named(engine: Engine) -> None:
    assert engine.name == "whisper:exercise"
    assert engine.model_digest == exercise.DIGEST
    assert engine.version.startswith("openai-whisper 20250625, torch ")
    assert engine.parameters["temperature_permille"] == 0
    assert engine.parameters["condition_on_previous_text"] is False
    assert "Not for casework" in engine.notice


def test_a_damaged_checkpoint_is_never_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "exercise.pt"
    damaged.write_bytes(exercise.CHECKPOINT.read_bytes()[:-1000])
    monkeypatch.setattr(exercise, "CHECKPOINT", damaged)
    with pytest.raises(EngineUnavailable, match="damaged"):
        load("whisper:exercise")
