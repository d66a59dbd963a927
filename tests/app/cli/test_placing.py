"""`earwitness place`: a file and a text in, words with times out, and clear words when not."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from app.cli import app
from tests.transcription.placing.speaking import SAID, speech
from transcription import formats
from transcription.formats import TranscriptFormat
from transcription.transcript import Segment, Transcript, Word

pytestmark = pytest.mark.sandbox
TEXT = "\n".join(SAID["uk"])


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("placing") / "traffic.wav"
    soundfile.write(path, speech("uk").samples, 16_000)
    return path


def test_a_text_from_a_file_is_placed_and_told_as_json(recording: Path, tmp_path: Path) -> None:
    text = tmp_path / "said.txt"
    text.write_text(TEXT)
    result = CliRunner().invoke(app, ["place", str(recording), str(text), "--json"])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["language"] == "uk"  # by its letters
    assert told["pcm_sha256"].startswith("sha256:")
    assert told["derivation"]["parameters"]["voice"] == "uk"
    assert [word["text"] for word in told["words"]] == TEXT.split()
    starts = [word["start_ms"] for word in told["words"] if word["start_ms"] is not None]
    assert starts == sorted(starts)
    assert len(starts) > len(told["words"]) // 2


def test_a_text_from_standard_input_is_told_as_a_table(recording: Path) -> None:
    result = CliRunner().invoke(app, ["place", str(recording), "-"], input=TEXT)
    assert result.exit_code == 0, result.stderr
    assert "північ" in result.stdout
    assert "Times by placing: synthetic voices" in result.stdout


def test_a_text_must_be_given_once(recording: Path) -> None:
    for given in ([], ["-", "--words", "one two"]):
        result = CliRunner().invoke(app, ["place", str(recording), *given])
        assert result.exit_code == 2
        assert "TEXT" in result.stderr


def test_what_cannot_be_placed_is_said_in_words(recording: Path, tmp_path: Path) -> None:
    noise = tmp_path / "noise.wav"
    noise.write_bytes(b"RIFF")
    for arguments, reason in (
        ([str(noise), "--words", "one"], "cannot be decoded"),
        ([str(recording), "--words", "..."], "no word"),
        ([str(recording), "--words", "yksi kaksi", "--language", "fi"], "'fi'"),
        ([str(recording), "--words", "one", "--channel", "3"], "channel 3 of 1"),
    ):
        result = CliRunner().invoke(app, ["place", *arguments])
        assert result.exit_code == 1
        assert reason in result.stderr
        assert "Traceback" not in result.stderr


def test_a_text_that_is_no_text_names_its_file(recording: Path, tmp_path: Path) -> None:
    binary = tmp_path / "picture.txt"
    binary.write_bytes(np.arange(256, dtype=np.uint8).tobytes())
    for text, reason in ((binary, "not UTF-8"), (tmp_path / "nowhere.txt", "No such file")):
        result = CliRunner().invoke(app, ["place", str(recording), str(text)])
        assert result.exit_code == 2
        assert reason in result.stderr
        assert text.name in result.stderr


def test_a_whisper_model_times_the_words_where_it_is_named() -> None:
    audio = Path(__file__).resolve().parents[3] / "app/demo/audio/exchange_ru.flac"
    words = ["--words", "Беркут, как слышно, приём.", "--engine", "whisper:exercise"]
    result = CliRunner().invoke(app, ["place", str(audio), *words, "--json"])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["derivation"]["method"] == "attention"
    first = told["words"][0]
    assert abs(first["start_ms"] - 500) <= 300
    assert first["support_permille"] is None
    assert first["engine_permille"] is not None
    shown = CliRunner().invoke(app, ["place", str(audio), *words])
    assert "Times by attention: whisper:exercise" in shown.stdout


def test_a_named_engine_that_cannot_is_no_reason_to_take_another(recording: Path) -> None:
    for engine, reason in (("pocketsphinx", "attention"), ("whisper:small", "small.pt")):
        arguments = ["place", str(recording), "--words", TEXT, "--engine", engine]
        result = CliRunner().invoke(app, arguments)
        assert (result.exit_code, reason in result.stderr) == (1, True)


def heard(folder: Path, words: list[Word]) -> Path:
    path = folder / "heard.json"
    said = Transcript("uk", (Segment(" ".join(w.text for w in words), None, None, tuple(words)),))
    path.write_bytes(formats.write(said, format=TranscriptFormat.NATIVE))
    return path


def test_a_text_is_placed_by_what_was_heard_of_it(recording: Path, tmp_path: Path) -> None:
    spoken = speech("uk")
    later = [*spoken.starts_ms[1:], None]
    known = [
        Word(word, start, min(start + 70 * len(word), following or 10**6))
        for word, start, following in zip(spoken.words, spoken.starts_ms, later, strict=True)
        if start is not None
    ]
    lacking = [*known[:9], *known[-8:]]
    guide = heard(tmp_path, lacking)
    arguments = ["place", str(recording), "--words", TEXT, "--guide", str(guide)]
    result = CliRunner().invoke(app, [*arguments, "--json"])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["derivation"]["method"] == "guide"
    assert told["derivation"]["guide"]["file"] == "heard.json"
    assert told["derivation"]["guide"]["digest"].startswith("sha256:")
    assert "says nothing of them" in told["notice"]
    assert [word["interpolated"] for word in told["words"]].count(False) == len(lacking)
    assert all(word["start_ms"] is not None for word in told["words"])
    shown = CliRunner().invoke(app, arguments)
    assert "(interpolated)" in shown.stdout
    assert "heard in heard.json" in shown.stdout.replace("\n", " ")


def test_what_cannot_be_followed_is_said_in_words(recording: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    other = heard(tmp_path, [Word("інше", 100 * n, 100 * n + 90) for n in range(6)])
    for guide, more, code, reason in (
        (broken, [], 1, "broken.json"),
        (other, [], 1, "4 words in a row"),
        (other, ["--engine", "whisper:exercise"], 2, "not from both"),
    ):
        arguments = ["place", str(recording), "--words", TEXT, "--guide", str(guide), *more]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == code
        assert reason in result.stderr
        assert "Traceback" not in result.stderr
