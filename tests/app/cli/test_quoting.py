"""`earwitness quotes`: a report's text in, its quotes out, and clear words when it is none."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app

TEXT = (
    "The service released a radio intercept.\r\n"
    "A soldier reports: “The bridge is [unintelligible] open.” The commander replies at least "
    "three times: “Close it.”\r\nPresident Oleh Moroz said: “I condemn this.”\r\n"
)


def test_a_file_is_told_as_json_with_places_in_its_characters(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(TEXT.encode())
    result = CliRunner().invoke(app, ["quotes", str(file), "--json"])
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)

    assert told["characters"] == len(TEXT)
    assert told["language"] == "en"
    assert [TEXT[q["start"] : q["end"]] for q in told["quotes"]] == [
        q["exact"] for q in told["quotes"]
    ]
    assert [q["target"] for q in told["quotes"]] == ["recording", "recording", "statement"]
    assert [q["reply_to"] for q in told["quotes"]] == [None, 0, None]
    assert told["quotes"][1]["occurrence_claim"]["op"] == "at_least"
    assert told["quotes"][0]["signs"][0]["stands_for"] == "wildcard"
    assert all(q["why"]["target"] for q in told["quotes"])


def test_standard_input_is_told_as_a_table() -> None:
    result = CliRunner().invoke(app, ["quotes", "-"], input=TEXT)

    assert result.exit_code == 0, result.stderr
    assert "statement" in result.stdout
    assert "a person accepts" in result.stdout


def test_a_text_without_quotes_says_so() -> None:
    result = CliRunner().invoke(app, ["quotes", "-"], input="Rain fell.")

    assert result.exit_code == 0
    assert "No quoted words" in result.stdout


def test_the_language_can_be_said() -> None:
    result = CliRunner().invoke(
        app, ["quotes", "-", "--language", "de", "--json"], input="Er sagte: „Die Brücke ist zu.“"
    )

    told = json.loads(result.stdout)
    assert told["language"] == "de"
    assert "no rules" in told["note"]
    assert [q["target"] for q in told["quotes"]] == ["undetermined"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no text"),
        (b" \n\t", "no text"),
        (bytes(range(256)), "not UTF-8"),
        (b"RIFF\x00\x00WAVE", "NUL"),
        ("«слово»".encode("cp1251"), "not UTF-8"),
        (b"a" * 2_000_001, "2000000 characters"),
        (b"a" * 9_000_000, "8000000 bytes"),
    ],
)
def test_what_is_no_text_is_named_with_its_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "picture.bin"
    file.write_bytes(content)
    result = CliRunner().invoke(app, ["quotes", str(file), "--json"])

    assert result.exit_code == 2
    assert reason in result.stderr
    assert "picture.bin" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_and_a_language_that_is_none(tmp_path: Path) -> None:
    for arguments, status, reason in (
        ([str(tmp_path / "nowhere.txt")], 2, "No such file"),
        ([str(tmp_path)], 2, "directory"),
        (["-", "--language", "klingon!"], 1, "klingon"),
    ):
        result = CliRunner().invoke(app, ["quotes", *arguments], input=TEXT)
        assert result.exit_code == status
        assert reason in result.stderr


def test_text_from_the_right_zero_width_and_unclosed_marks_gets_a_clear_result() -> None:
    text = "\ufeff\u200b“a " * 300 + '\u202e\u200fשלום "עולם"'
    result = CliRunner().invoke(app, ["quotes", "-", "--json", "--language", "en"], input=text)

    assert result.exit_code == 0, result.stderr
    quotes = json.loads(result.stdout)["quotes"]
    assert quotes
    assert all(text[q["start"] : q["end"]] == q["exact"] for q in quotes)
