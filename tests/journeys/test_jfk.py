"""
A recording that nobody here made, from upload to a quote found in it.

The sentence is spoken from about 3.2 to 5.6 s and goes on to about 7.7 s; a draft engine
without weights hears some of its words wrong, and the catalogue has to say which.
"""

from pathlib import Path

from tests.journeys.conftest import Desk

QUOTE = "ask not what your country can do for you"
# Where the words lie in the recording, measured by ear and by energy.
SPOKEN_MS = (3_300, 7_100)
TOLERANCE_MS = 1_500


def test_a_published_quote_is_located_in_a_real_recording(desk: Desk, shared: Path) -> None:
    recording = desk.acquire(shared / "audio" / "en_tests_jfk.flac", languages=["en"])
    job = desk.post(
        f"/recordings/{recording['id']}/transcriptions",
        {"engine": "pocketsphinx", "language": "en"},
    )
    desk.finish(job)
    (transcript,) = desk.get(f"/recordings/{recording['id']}/transcripts")["items"]
    assert "English" in transcript["notice"]
    assert transcript["pcm_sha256"].startswith("sha256:")

    snapshot = desk.publish(f"He said: “{QUOTE}”, and sat down.")
    quote = desk.quote(snapshot, recording, QUOTE)
    found = desk.post(f"/quotes/{quote['id']}/alignments", {"transcript_id": transcript["id"]})

    best = max(found["occurrences"], key=lambda place: place["score_permille"])
    assert abs(best["start_ms"] - SPOKEN_MS[0]) <= TOLERANCE_MS
    assert abs(best["end_ms"] - SPOKEN_MS[1]) <= TOLERANCE_MS
    kinds = {operation["kind"] for operation in best["operations"]}
    assert "same" in kinds
    standing = desk.get(f"/quotes/{quote['id']}")["standing"]
    assert standing["state"] == "proposed"
    assert not standing["supports"], "machine evidence alone supports nothing"


def test_the_record_of_it_verifies_and_says_who_listened(desk: Desk, shared: Path) -> None:
    (recording,) = desk.get("/recordings", q="en_tests_jfk")["items"]
    record = desk.get(f"/recordings/{recording['id']}/evidence-record")

    assert record["transcripts"][0]["engine"].startswith("pocketsphinx")
    assert record["quotes"][0]["exact"] == QUOTE
