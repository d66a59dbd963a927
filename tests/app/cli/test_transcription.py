"""`earwitness transcribe`, as a person runs it: a process, a file, and words with their times."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.transcription.conftest import wav_bytes
from transcription import formats
from transcription.formats import TranscriptFormat
from transcription.transcript import Flag, Segment, Transcript, Word

ROOT = Path(__file__).parents[3]
RUSSIAN = ROOT / "app/demo/audio/exchange_ru.flac"
SAID = Transcript(
    "uk",
    (
        Segment("Чекайте біля мосту.", 500, 2000, (Word("Чекайте", 500, 900, 950),)),
        Segment("Дякую за перегляд!", 2500, 2900),
    ),
)


def earwitness(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: value for name, value in os.environ.items() if "EARWITNESS" not in name}
    return subprocess.run(
        [sys.executable, "-m", "app.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**inherited, "PYTHONPATH": str(ROOT), "COLUMNS": "120", **environment},
    )


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Two channels of three seconds: hiss and silence."""
    chance = np.random.default_rng(1).standard_normal(48_000) * 3000
    path = tmp_path / "call.wav"
    path.write_bytes(
        wav_bytes(np.stack([chance, 0 * chance], axis=1).astype(np.int16), rate=16_000)
    )
    return path


@pytest.fixture
def script(tmp_path: Path) -> str:
    path = tmp_path / "script.json"
    path.write_bytes(formats.write(SAID, format=TranscriptFormat.NATIVE))
    return f"scripted:{path}"


@pytest.mark.slow
def test_a_russian_exchange_is_written_down_with_times_and_what_made_it() -> None:
    done = earwitness("transcribe", str(RUSSIAN), "--engine", "whisper:exercise", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["language"] == "ru"
    assert document["engine"] == "whisper:exercise"
    assert "Not for casework" in document["notice"]
    assert document["pcm_sha256"].startswith("sha256:")
    words = [word for segment in document["segments"] for word in segment["words"]]
    times = [word["start_ms"] for word in words]
    assert "остальных" in [word["text"] for word in words]
    assert times == sorted(times)


def test_words_are_shown_with_times_and_warnings(recording: Path, script: str) -> None:
    done = earwitness("transcribe", str(recording), "--engine", script)
    assert done.returncode == 0, done.stderr
    assert "Чекайте" in done.stdout
    assert "0:00.5" in done.stdout
    assert Flag.HALLUCINATION_SUSPECT in done.stdout
    assert "Nobody and nothing listened" in done.stdout


def test_the_engine_of_the_settings_is_used(recording: Path, script: str) -> None:
    done = earwitness("transcribe", str(recording), "--json", EARWITNESS_ENGINE=script)
    assert json.loads(done.stdout)["engine"] == "scripted:script.json"


def test_without_an_engine_it_says_what_can_be_chosen_and_chooses_none(
    recording: Path, tmp_path: Path
) -> None:
    (tmp_path / "base.pt").touch()
    done = earwitness("transcribe", str(recording), EARWITNESS_MODELS_DIR=str(tmp_path))
    assert done.returncode == 2
    assert done.stdout == ""
    for said in ("EARWITNESS_ENGINE", "whisper:base", "pocketsphinx", "not for casework"):
        assert said in done.stderr
    assert "whisper:small" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--engine", "whisper:small"), "earwitness models fetch small"),
        (("--engine", "kaldi"), "there is no engine of that name"),
        (("--engine", "pocketsphinx", "--language", "ru"), "does not know the language 'ru'"),
        (("--engine", "pocketsphinx", "--translate"), "does not translate"),
        (("--engine", "pocketsphinx", "--channel", "2"), "channel 2 of 2"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    recording: Path, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = earwitness(
        "transcribe", str(recording), *arguments, EARWITNESS_MODELS_DIR=str(tmp_path)
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_no_audio_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no audio at all")
    done = earwitness("transcribe", str(path), "--engine", "pocketsphinx")
    assert done.returncode == 1
    assert "notes.txt: cannot be decoded" in done.stderr


def test_silence_has_no_words(recording: Path) -> None:
    done = earwitness("transcribe", str(recording), "--engine", "pocketsphinx", "--channel", "1")
    assert done.returncode == 0, done.stderr
    assert "Nothing is said in it" in done.stdout
