"""
An English quote of Ukrainian speech, from two files that people brought in to the spoken words.

Nothing listens here: a transcript with times by word and a translation with times by line are
brought in, as a newsroom would send them, and neither names the other.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.client import Refused
from tests.journeys.conftest import Desk

AUDIO = Path(__file__).resolve().parents[2] / "app/demo/audio/exchange_ru.flac"
SPOKEN = ("Командира", "не", "чіпайте,", "поранених", "вивезіть", "до", "річки")
TRANSLATION = """WEBVTT

00:01.000 --> 00:05.000
Take the wounded to the river. Do not touch the commander.
"""
QUOTES = {
    "evacuate the wounded to the river": "variant_wording",
    "Take the wounded to the river. Touch the commander": "reversed",
}
MISTRANSLATED = TRANSLATION.replace("Do not touch", "Touch")
MISQUOTED = "Take the wounded to the river. Touch the commander."


@pytest.fixture(scope="module")
def recording(desk: Desk) -> dict[str, str]:
    made = desk.acquire(AUDIO, languages=["uk"])
    desk.held(made)
    words = [
        {"word": f" {word}", "start": 1 + 0.5 * at, "end": 1.4 + 0.5 * at, "probability": 0.9}
        for at, word in enumerate(SPOKEN)
    ]
    text = " ".join(SPOKEN)
    segment = {"id": 0, "start": 1.0, "end": 4.5, "text": f" {text}", "words": words}
    content = json.dumps({"text": text, "language": "uk", "segments": [segment]})
    body = {"content": content, "format": "whisper", "kind": "human", "language": "uk"}
    desk.post(f"/recordings/{made['id']}/transcripts", body)
    return {"id": str(made["id"])}


def waiting(desk: Desk) -> list[dict[str, Any]]:
    """What waits for the reviewer, oldest first."""
    client = desk.cast.reviewer.client
    found = client.get("/api/v1/alignments", case_id=desk.cast.case_id)["items"]
    return sorted(found, key=lambda one: int(one["log_index"]))


def translated(desk: Desk, recording: dict[str, str], text: str) -> str:
    """Bring a translation in; its identifier."""
    body = {"content": text, "format": "vtt", "kind": "translation", "language": "en"}
    made = desk.post(f"/recordings/{recording['id']}/transcripts", body)
    return str(made["id"])


def test_a_translated_quote_leads_to_the_words_spoken_and_to_their_times(
    desk: Desk, recording: dict[str, str]
) -> None:
    translation = translated(desk, recording, TRANSLATION)
    snapshot = desk.publish(" ".join(f"“{quote}”." for quote in QUOTES))
    for exact, verdict in QUOTES.items():
        quote = desk.quote(snapshot, recording, exact)
        found = desk.post(f"/quotes/{quote['id']}/alignments", {"transcript_id": translation})

        assert found["verdict"] == verdict, found["reasons"]
        assert found["rests_on"] == "translation"
        assert not desk.get(f"/quotes/{quote['id']}")["standing"]["supports"]

    (place,) = waiting(desk)[0]["occurrences"]
    behind = {o["quoted"]: o["source"] and o["source"]["text"] for o in place["operations"]}
    assert behind["evacuate"] == "вивезіть"
    assert place["fragment"] == "t=2.5,4.4"  # from the fourth word to the last, as spoken
    kinds = {o["quoted"]: o["kind"] for o in place["operations"]}
    assert kinds["evacuate"] == "translation_choice"
    assert [word["text"] for word in place["layers"]["source"]] == list(SPOKEN[3:])


def test_a_translation_that_lost_a_negation_supports_no_quote_however_alike_the_words(
    desk: Desk, recording: dict[str, str]
) -> None:
    translation = translated(desk, recording, MISTRANSLATED)
    snapshot = desk.publish(f"“{MISQUOTED}”, it was said.")
    quote = desk.quote(snapshot, recording, MISQUOTED)
    found = desk.post(f"/quotes/{quote['id']}/alignments", {"transcript_id": translation})

    assert found["verdict"] == "omits_content"
    assert any("“не” was spoken at 0:01.5" in reason for reason in found["reasons"])


def test_the_record_and_the_annotations_name_the_words_behind_the_translation(
    desk: Desk, recording: dict[str, str]
) -> None:
    record = desk.get(f"/recordings/{recording['id']}/evidence-record")
    (spoken,) = [one for one in record["transcripts"] if one["language"] == "uk"]
    annotations = [one for quote in record["quotes"] for one in quote["alignments"]]

    rested = [one for one in annotations if one["earwitness:restsOn"] == "translation"]
    assert {one["earwitness:spokenTranscript"] for one in rested} == {spoken["address"]}
    assert all("layers" in place for one in rested for place in one["earwitness:occurrences"])


def test_whoever_brought_the_words_in_cannot_confirm_and_a_reviewer_can(
    desk: Desk, recording: dict[str, str]
) -> None:
    (first, *_) = waiting(desk)
    decisions = f"/api/v1/alignments/{first['id']}/decisions"
    body = {"ruling": "confirmed", "rationale": "I heard the Ukrainian words; it is as proposed."}

    with pytest.raises(Refused):
        desk.cast.investigator.client.post(decisions, body)
    made = desk.cast.reviewer.client.post(decisions, body)

    assert made["ruling"] == "confirmed"
    assert desk.get(f"/quotes/{first['quote_id']}")["standing"]["supports"]
