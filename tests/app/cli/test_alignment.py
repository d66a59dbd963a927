"""`earwitness align`: one transcript file and one quote in, the same answer as the catalog's out."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app

VTT = """WEBVTT

00:01.000 --> 00:04.000
Seize the commander and kill the rest.

00:05.000 --> 00:08.500
Take the commander captive and kill everyone else.
"""
WHISPER = {
    "language": "en",
    "segments": [
        {
            "start": 1.0,
            "end": 3.0,
            "text": " load the truck",
            "words": [
                {"word": " load", "start": 1.0, "end": 1.4, "probability": 0.9},
                {"word": " the", "start": 1.5, "end": 1.7, "probability": 0.9},
                {"word": " truck", "start": 1.8, "end": 2.5, "probability": 0.9},
            ],
        }
    ],
}


def run(*arguments: str, text: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["align", *arguments], input=text)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def vtt(tmp_path: Path) -> str:
    path = tmp_path / "traffic.vtt"
    path.write_text(VTT)
    return str(path)


def test_every_place_is_told_as_json_with_the_claim_beside_it(vtt: str) -> None:
    code, out, err = run(vtt, "capture the commander and kill the rest", "--count", "6", "--json")

    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["verdict"] == "variant_wording"
    assert told["claimed_count"] == 6
    assert "said to be spoken 6 times; found 2 times" in told["reasons"]
    assert [(o["start_ms"], o["end_ms"]) for o in told["occurrences"]] == [
        (1_000, 4_000),
        (5_000, 8_500),
    ]
    assert [(o["first_word"], o["last_word"]) for o in told["occurrences"]] == [(0, 6), (7, 14)]
    assert told["occurrences"][0]["operations"][0]["kind"] == "variant"
    assert "claimed_count" not in json.loads(run(vtt, "kill the rest", "--json")[1])


def test_a_reversed_meaning_is_told_as_such(vtt: str) -> None:
    told = json.loads(run(vtt, "seize the commander and do not kill the rest", "--json")[1])

    assert told["verdict"] == "reversed"
    assert any("“not”" in reason for reason in told["reasons"])


def test_without_json_the_words_are_drawn_over_one_another(vtt: str) -> None:
    code, out, _ = run(vtt, "capture the commander and kill the rest")

    assert code == 0
    assert "quoted capture the commander and kill the rest\n" in out
    assert "       v       =   =         =   =    =   =\n" in out
    assert "spoken Seize   the commander and kill the rest\n" in out
    assert "1 of 2: 0:01.0 to 0:04.0" in out
    assert "A person decides" in out


def test_whispers_own_words_give_their_own_times(tmp_path: Path) -> None:
    path = tmp_path / "heard.json"
    path.write_text(json.dumps(WHISPER))

    place = json.loads(run(str(path), "the truck", "--json")[1])["occurrences"][0]

    assert (place["start_ms"], place["end_ms"]) == (1_500, 2_500)


def test_a_plain_text_is_read_by_its_letters_and_has_no_times(tmp_path: Path) -> None:
    path = tmp_path / "said.txt"
    path.write_text("командира взять, остальных расстрелять")

    told = json.loads(run(str(path), "остальных убить", "--json")[1])

    assert told["verdict"] == "variant_wording"
    assert told["occurrences"][0]["start_ms"] is None


def test_a_quote_comes_from_a_file_or_from_standard_input(vtt: str, tmp_path: Path) -> None:
    quote = tmp_path / "quote.txt"
    quote.write_text("kill the rest\n")

    for given, text in ((f"@{quote}", None), ("@-", "kill the rest\n")):
        code, out, _ = run(vtt, given, "--json", text=text)
        assert code == 0
        assert json.loads(out)["verdict"] == "verbatim"


def test_a_quote_in_another_language_is_not_checkable(vtt: str) -> None:
    for arguments in (["kill the rest", "--quote-language", "de"], ["остальных убить"]):
        told = json.loads(run(vtt, *arguments, "--language", "en", "--json")[1])
        assert told["verdict"] == "not_checkable_language"
        assert told["occurrences"] == []


def test_what_steers_a_terminal_or_a_drawing_does_not(tmp_path: Path) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text("load \x1b[31mthe [bold]truck[/bold] \u202e now")

    code, out, _ = run(str(path), "load the [red]truck[/red] now", "--language", "en")

    assert code == 0
    assert not set("\x1b\u202e") & set(out)


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["…"], 1, "no word"),
        (["word " * 2_001], 1, "2000 words"),
        (["kill", "--language", "??"], 1, "'??'"),
        (["@nowhere.txt"], 2, "nowhere.txt: No such file"),
        (["kill", "--count", "0"], 2, "--count"),
    ],
)
def test_bad_input_is_told_in_words(
    vtt: str, arguments: list[str], code: int, reason: str
) -> None:
    found, _, err = run(vtt, *arguments)

    assert found == code
    assert reason in err
    assert "Traceback" not in err


def test_a_file_that_contradicts_itself_is_refused_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.vtt"
    path.write_text("WEBVTT\n\n00:04.000 --> 00:01.000\nword\n")

    code, _, err = run(str(path), "word")

    assert code == 1
    assert err.startswith("broken.vtt: ")
    assert "line 3" in err


def test_a_translation_is_followed_to_the_words_spoken_in_another_file(tmp_path: Path) -> None:
    translation, spoken = tmp_path / "en.vtt", tmp_path / "ru.vtt"
    cue = "WEBVTT\n\n00:01.000 --> 00:04.000\n"
    translation.write_text(f"{cue}Keep the commander, take the rest to the rear.\n")
    spoken.write_text(f"{cue}командира оставить, остальных вывезти в тыл\n")
    quote = "keep the commander, evacuate the rest to the rear"

    code, out, err = run(str(translation), quote, "--spoken", str(spoken), "--json")
    shown = run(str(translation), quote, "--spoken", str(spoken))[1]

    assert (code, err) == (0, "")
    told = json.loads(out)
    (place,) = told["occurrences"]
    kinds = {
        o["quoted"]: (o["kind"], o["source"] and o["source"]["text"]) for o in place["operations"]
    }
    assert kinds["evacuate"] == ("translation_choice", "вывезти")
    assert told["verdict"] == "variant_wording"
    assert told["features"]["rests_on"] == "translation"
    assert "evacuate ← take ← вывезти" in shown
