"""Asking over HTTP what the audio says of each word of an aligned quote, and reading it."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.core.actor import service
from app.core.database import Database
from app.quotes import queries, supports
from tests.app.api.world import World
from tests.app.conftest import People
from tests.app.quotes.scored import derivation, place

WORKER = service("worker")
API = "/api/v1"


@pytest.fixture
def world(client: TestClient, people: People) -> World:
    return World(client, people)


def timed(world: World) -> str:
    """An alignment with a transcript that times each word."""
    words = [
        {"word": f" {word}", "start": at * 0.4, "end": at * 0.4 + 0.3}
        for at, word in enumerate("the convoy of six trucks leaves at nine".split())
    ]
    content = {
        "language": "en",
        "segments": [
            {"start": 0, "end": 3.2, "text": "".join(w["word"] for w in words), "words": words}
        ],
    }
    made = post(
        world,
        f"/recordings/{world.ids['recording_id']}/transcripts",
        content=json.dumps(content),
        format="whisper",
        kind="human",
        language="en",
    )
    aligned = post(world, f"/quotes/{world.ids['quote_id']}/alignments", transcript_id=made["id"])
    return str(aligned["id"])


def post(world: World, path: str, expected: int = 201, **body: Any) -> Any:
    answer = world.client.post(f"{API}{path}", json=body, headers=world.founder.headers)
    assert answer.status_code == expected, answer.text
    return answer.json()


def test_the_answer_is_a_job_and_what_it_found_is_read_at_the_alignment(
    world: World, app_database: Database
) -> None:
    alignment_id = timed(world)
    asked = post(world, f"/alignments/{alignment_id}/supports", 202, engine="whisper:exercise")
    assert (asked["kind"], asked["subject_id"]) == ("support", alignment_id)
    assert asked["params"]["engine"] == "whisper:exercise"
    address = f"{API}/alignments/{alignment_id}/supports"
    headers = world.founder.headers
    assert world.client.get(address, headers=headers).json() == {"items": []}

    with app_database.writing() as session:
        supports.keep(
            session,
            actor=WORKER,
            alignment=queries.get_alignment(session, alignment_id),
            places=[place("The convoy of six trucks", wrong="six", said="five")],
            derivation=derivation(),
            calibrated=True,
            job_id=asked["id"],
        )
    (item,) = world.client.get(address, headers=headers).json()["items"]
    assert (item["alignment_id"], item["job_id"]) == (alignment_id, asked["id"])
    six = item["places"][0]["support"]["words"][3]
    assert (six["text"], six["state"], six["named"]["text"]) == ("six", "contradicted", "five")
    before = {"as_of": item["log_index"] - 1}
    assert not world.client.get(address, headers=headers, params=before).json()["items"]
    record = world.client.get(
        f"{API}/recordings/{world.ids['recording_id']}/evidence-record", headers=headers
    ).json()
    told = [
        alignment["earwitness:acousticSupport"]
        for quote in record["quotes"]
        for alignment in quote["alignments"]
        if alignment["id"].endswith(alignment_id)
    ]
    assert told[0][0]["id"] == item["id"]


def test_what_cannot_be_asked_is_refused_and_says_why(world: World) -> None:
    untimed = world.ids["alignment_id"]
    refused = post(world, f"/alignments/{untimed}/supports", 409)
    assert "does not time" in refused["detail"]
    alignment_id = timed(world)
    for engine, reason in (("pocketsphinx", "Whisper"), ("../x.pt", "no such engine")):
        refused = post(world, f"/alignments/{alignment_id}/supports", 422, engine=engine)
        assert (refused["field"], reason in refused["detail"]) == ("engine", True)


def test_who_may_not_read_transcripts_reads_no_support(world: World, people: People) -> None:
    address = f"{API}/alignments/{world.ids['alignment_id']}/supports"
    outsider = people.join(Role.INVESTIGATOR, case=people.case())
    assert world.client.get(address, headers=outsider.headers).status_code == 404
    assert world.client.post(address, json={}, headers=outsider.headers).status_code == 404
