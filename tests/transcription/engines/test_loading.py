"""Choosing an engine by name: cheap to ask, clear when it cannot be had, silent never."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from transcription.engines import Task, available, load, transcribe
from transcription.errors import EngineUnavailable, Malformed, UnsupportedLanguage
from transcription.formats import TranscriptFormat, write
from transcription.transcript import Segment, Transcript

SCRIPT = Transcript(
    "uk", (Segment("Чекайте біля мосту.", 500, 2000), Segment("Прийом.", 40_000, 41_000))
)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.json"
    path.write_bytes(write(SCRIPT, format=TranscriptFormat.NATIVE))
    return path


def loud(seconds: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    chance = np.random.default_rng(3).standard_normal(seconds * 16_000)
    swell = np.abs(np.sin(np.arange(seconds * 16_000) / 16_000))
    return (chance * swell * 0.2).astype(np.float32)


@pytest.mark.parametrize(
    "name", ["", "whisper", "whisper:", "kaldi", "scripted", "pocketsphinx:x"]
)
def test_an_unknown_engine_names_the_known_ones(name: str) -> None:
    with pytest.raises(EngineUnavailable, match="pocketsphinx"):
        available(name)


def test_missing_weights_say_where_to_put_them(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable) as caught:
        available("whisper:turbo", models_dir=tmp_path)
    assert "large-v3-turbo.pt" in caught.value.remedy
    assert str(tmp_path) in caught.value.remedy
    (tmp_path / "large-v3-turbo.pt").touch()
    available("whisper:turbo", models_dir=tmp_path)


def test_a_missing_checkpoint_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="no such file"):
        load(f"whisper:{tmp_path}/mine.pt")


def test_asking_loads_nothing_heavy() -> None:
    code = (
        "import sys, transcription.audio, transcription.engines as e;"
        "e.available('whisper:exercise'); e.available('pocketsphinx');"
        "heavy = {'torch', 'whisper', 'librosa', 'av', 'pocketsphinx'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_script_is_replayed_and_says_that_it_is_one(script: Path) -> None:
    engine = load(f"scripted:{script}")
    steps: list[tuple[int, int]] = []
    said = transcribe(engine, loud(45), progress=lambda done, of: steps.append((done, of)))
    assert said == SCRIPT
    assert engine.name == "scripted:script.json"
    assert "Nobody" in engine.notice
    assert steps[-1] == (45_000, 45_000)
    assert len(steps) == 2


def test_a_script_refuses_what_it_does_not_hold(script: Path) -> None:
    engine, heard = load(f"scripted:{script}"), loud(3)
    with pytest.raises(UnsupportedLanguage):
        engine.transcribe_windows(heard, engine.windows(heard), language="en")
    with pytest.raises(EngineUnavailable):
        engine.transcribe_windows(heard, engine.windows(heard), language="uk", task=Task.TRANSLATE)


def test_a_script_without_times_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "script.json"
    untimed = Transcript("uk", (Segment("Прийом."),))
    path.write_bytes(write(untimed, format=TranscriptFormat.NATIVE))
    with pytest.raises(Malformed):
        load(f"scripted:{path}")
