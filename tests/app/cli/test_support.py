"""`earwitness support`: a file, a wording and its rivals in, what the audio says of each word out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app

pytestmark = pytest.mark.sandbox
AUDIO = Path(__file__).resolve().parents[3] / "app/demo/audio/exchange_ru.flac"
PLACE = ["--from", "22.3", "--to", "24.9", "--engine", "whisper:exercise"]
ALTERED = "Ждите у школы до утра, конец связи."
SAID = "Ждите у моста до утра, конец связи."


def test_each_word_is_told_with_what_it_was_held_against() -> None:
    result = CliRunner().invoke(app, ["support", str(AUDIO), ALTERED, SAID, *PLACE, "--json"])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["language"] == "ru"  # by its letters
    assert told["pcm_sha256"].startswith("sha256:")
    assert told["calibration"]["model"] == told["model_sha256"]
    states = {word["text"]: word["state"] for word in told["words"]}
    assert states["школы"] == "contradicted"
    assert [one["number"] for one in told["ranking"]] == [1, 0]
    assert told["sentences"]
    assert "no probability" in told["notice"]
    assert not any(isinstance(number, float) for number in told["lead_millinats"])


def test_people_get_a_table_and_the_limits() -> None:
    result = CliRunner().invoke(app, ["support", str(AUDIO), ALTERED, *PLACE])
    assert result.exit_code == 0, result.stderr
    assert "contradicted" in result.stdout
    assert "моста" in result.stdout
    assert "evidence for a" in result.stdout


def test_what_cannot_be_asked_is_said_in_words(tmp_path: Path) -> None:
    noise = tmp_path / "noise.wav"
    noise.write_bytes(b"RIFF")
    for arguments, code, reason in (
        ([str(noise), SAID, *PLACE], 1, "cannot be decoded"),
        ([str(AUDIO), "…", *PLACE], 1, "no word"),
        ([str(AUDIO), SAID, *PLACE, "--language", "ko"], 1, "'ko'"),
        ([str(AUDIO), SAID, *PLACE, "--channel", "3"], 1, "channel 3 of 1"),
        ([str(AUDIO), SAID, "--engine", "whisper:exercise"], 1, "place is longer than 10000"),
        ([str(AUDIO), SAID, "--from", "5", "--to", "2", *PLACE[4:]], 2, "no place"),
        ([str(AUDIO), SAID, *PLACE[:4], "--engine", "pocketsphinx"], 1, "Whisper"),
        ([str(AUDIO), SAID, *PLACE[:4], "--engine", "whisper:small"], 1, "small.pt"),
    ):
        result = CliRunner().invoke(app, ["support", *arguments])
        assert (result.exit_code, reason in result.stderr) == (code, True), result.stderr
