"""Versions over HTTP: what differs between two, whose voice is labelled how, who came between."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.app.api.world import World
from tests.app.conftest import People

CUES = "WEBVTT\n\n00:00:00.000 --> 00:00:02.500\n<v One>The convoy of five trucks leaves at nine\n"


@pytest.fixture
def world(client: TestClient, people: People) -> World:
    return World(client, people)


def get(world: World, path: str) -> Any:
    return world.client.get(f"/api/v1{path}", headers=world.founder.headers)


def post(world: World, path: str, *, if_match: str | None = None, **told: Any) -> Any:
    headers = world.founder.headers | ({"If-Match": if_match} if if_match else {})
    return world.client.post(f"/api/v1{path}", json=told, headers=headers)


def corrected(world: World, **more: Any) -> Any:
    path = f"/transcripts/{world.ids['transcript_id']}/corrections"
    return post(world, path, content=CUES, format="vtt", **more)


def test_two_versions_are_compared_word_by_word(world: World) -> None:
    one, other = world.ids["transcript_id"], corrected(world).json()["id"]

    answer = get(world, f"/transcripts/{one}/difference?to={other}")

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["from_id"], told["to_id"], told["from_words"]) == (one, other, 8)
    assert (told["counts"]["words_changed"], told["counts"]["speaker"]) == (1, 8)
    changed = [item for item in told["items"] if item["kind"] == "changed"]
    assert [(item["before"]["text"], item["after"]["text"]) for item in changed] == [
        ("six", "five")
    ]
    assert (changed[0]["from_word"], changed[0]["aspects"]) == (3, ["speaker"])
    back = get(world, f"/transcripts/{other}/difference?to={one}").json()
    assert back["counts"] == told["counts"]
    assert get(world, f"/transcripts/{one}/difference?to={one}").json()["items"] == []


def test_a_stale_correction_is_refused_and_one_that_asks_for_nothing_is_not(world: World) -> None:
    tag = get(world, f"/transcripts/{world.ids['transcript_id']}").headers["etag"]
    first = corrected(world, if_match=tag)
    assert first.status_code == 201, first.text

    stale = post(
        world,
        f"/transcripts/{world.ids['transcript_id']}/corrections",
        if_match=tag,
        content=CUES.replace("five", "four"),
        format="vtt",
    )

    assert stale.status_code == 412
    assert stale.json()["corrected_by"] == first.json()["id"]
    now = get(world, f"/transcripts/{world.ids['transcript_id']}").headers["etag"]
    assert f'"{stale.json()["current"]}"' == now
    assert corrected(world).status_code == 201


def test_voices_are_listed_and_relabelled_and_a_label_identifies_nobody(world: World) -> None:
    made = corrected(world).json()["id"]

    listed = get(world, f"/transcripts/{made}/speakers").json()
    assert "identifies nobody" in listed["meaning"]
    assert listed["items"] == [
        {"label": "One", "segments": 1, "words": 8, "first_ms": 0, "spoken_ms": 2500}
    ]
    child = post(
        world, f"/transcripts/{made}/speakers", from_label="One", to_label="Voice with a cough"
    )
    assert child.status_code == 201, child.text
    assert child.json()["parent_id"] == made
    again = get(world, f"/transcripts/{child.json()['id']}/speakers").json()
    assert [item["label"] for item in again["items"]] == ["Voice with a cough"]
    nobody = post(world, f"/transcripts/{made}/speakers", from_label="Two", to_label="Three")
    assert (nobody.status_code, nobody.json()["field"]) == (422, "from_label")


def test_marks_are_typed_with_where_they_stand(world: World) -> None:
    text = CUES.replace("five", "[нрзб]").replace("at nine", "at [nine?]")
    made = post(
        world,
        f"/transcripts/{world.ids['transcript_id']}/corrections",
        content=text,
        format="vtt",
    ).json()["id"]

    items = get(world, f"/transcripts/{made}/marks").json()["items"]

    assert [(item["kind"], item["text"], item["first_word"]) for item in items] == [
        ("unintelligible", "[нрзб]", 3),
        ("uncertain", "[nine?]", 7),
    ]
    assert [item["hides_words"] for item in items] == [True, False]
    assert items[0]["definition"] == "Speech is heard and cannot be understood."
