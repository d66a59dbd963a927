"""
Real radio: Apollo 11 air-to-ground, 8 kHz, a real Whisper output, the official transcript.

The machine's words are far from the official ones; what is said must still be found, and
never be called a match that it is not.
"""

import json
from pathlib import Path

import pytest

from tests.journeys.conftest import Desk

MODEL = "whisper large (output of another laboratory)"


@pytest.fixture(scope="module")
def apollo(desk: Desk, shared: Path) -> tuple[dict, dict, list[dict], list[dict]]:
    audio = shared / "audio"
    recording = desk.acquire(audio / "en_tests_data_apollo11.mp3", kind="radio", languages=["en"])
    output = audio / "whisper_outputs" / "corner_cases__large_apollo11.mp3.words.json"
    transcript = desk.post(
        f"/recordings/{recording['id']}/transcripts",
        {
            "content": output.read_text(),
            "format": "whisper",
            "kind": "asr",
            "language": "en",
            "model": MODEL,
        },
    )
    official = json.loads((audio / "en_apollo11_official_transcript.json").read_text())
    said = [official["segments"][index] for index in (0, 2, 3)]
    snapshot = desk.publish("\n".join(segment["text"] for segment in said))
    quotes = [desk.quote(snapshot, recording, segment["text"]) for segment in said]
    return recording, transcript, said, quotes


def test_a_foreign_transcript_is_kept_with_its_model_named(apollo: tuple) -> None:
    _, transcript, _, _ = apollo

    assert transcript["engine"] == MODEL
    assert transcript["source_sha256"].startswith("sha256:")
    assert transcript["word_count"] > 100


def test_the_first_sentence_is_located_in_time(desk: Desk, apollo: tuple) -> None:
    _, transcript, said, quotes = apollo

    found = desk.post(f"/quotes/{quotes[0]['id']}/alignments", {"transcript_id": transcript["id"]})

    best = max(found["occurrences"], key=lambda place: place["score_permille"])
    assert abs(best["start_ms"] - said[0]["t"] * 1000) <= 3_000
    assert best["end_ms"] > best["start_ms"]


def test_no_sentence_is_called_supported_by_words_that_differ(desk: Desk, apollo: tuple) -> None:
    recording, _, _, quotes = apollo

    listed = desk.get(f"/recordings/{recording['id']}/quotes")["items"]

    assert {quote["id"] for quote in listed} == {quote["id"] for quote in quotes}
    assert not any(quote["standing"]["supports"] for quote in listed)


def test_the_eight_kilohertz_original_is_described_as_it_is(desk: Desk, apollo: tuple) -> None:
    recording, *_ = apollo
    held = desk.held(recording)

    assert held["identification"]["sample_rate"] == 8000
    assert abs(held["identification"]["duration_ms"] - 89_210) < 500
