"""Readings over HTTP: recorded, listed by span and as of an entry, replaced, taken back."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.app.api.world import World
from tests.app.conftest import People


@pytest.fixture
def world(client: TestClient, people: People) -> World:
    return World(client, people)


def body(**told: Any) -> dict[str, Any]:
    return {"start_ms": 1000, "end_ms": 2500, "text": "six truck", "listener": "R", **told}


def post(world: World, path: str, **told: Any) -> Any:
    return world.client.post(f"/api/v1{path}", json=told, headers=world.founder.headers)


def listed(world: World, query: str = "") -> list[dict[str, Any]]:
    path = f"/api/v1/recordings/{world.ids['recording_id']}/readings{query}"
    answer = world.client.get(path, headers=world.founder.headers)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_a_reading_is_recorded_and_found_by_its_span(world: World) -> None:
    answer = post(
        world,
        f"/recordings/{world.ids['recording_id']}/readings",
        **body(confidence="possible", blind="blind", language="en"),
    )

    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"] == f"/api/v1/readings/{made['id']}"
    assert (made["fragment"], made["state"]) == ("t=1,2.5", "stands")
    assert [item["text"] for item in listed(world, "?start_ms=2000&end_ms=2100")] == ["six truck"]
    assert len(listed(world)) == 2
    assert [item["text"] for item in listed(world, f"?as_of={made['log_index'] - 1}")] == [
        "The convoy"
    ]


def test_a_span_outside_the_recording_is_refused_with_how_long_it_is(world: World) -> None:
    answer = post(world, f"/recordings/{world.ids['recording_id']}/readings", **body(end_ms=9001))

    assert answer.status_code == 422
    problem = answer.json()
    assert (problem["field"], problem["duration_ms"]) == ("end_ms", 9000)
    assert "0:09.0" in problem["detail"]


def test_half_a_span_is_none(world: World) -> None:
    path = f"/api/v1/recordings/{world.ids['recording_id']}/readings?start_ms=5"
    assert world.client.get(path, headers=world.founder.headers).status_code == 422


def test_a_reading_is_replaced_and_taken_back_and_stays(world: World) -> None:
    first = world.ids["reading_id"]
    newer = post(
        world, f"/readings/{first}/supersession", **body(start_ms=0, text="[The convoy?]")
    )
    assert newer.status_code == 201, newer.text
    withdrawn = post(world, f"/readings/{newer.json()['id']}/withdrawal", reason="misheard")
    assert withdrawn.status_code == 201, withdrawn.text

    assert [(item["state"], item["superseded_by"]) for item in listed(world)] == [
        ("superseded", newer.json()["id"]),
        ("withdrawn", None),
    ]
    again = post(world, f"/readings/{first}/withdrawal", reason="again")
    assert again.status_code == 409
    shown = world.client.get(f"/api/v1/readings/{first}", headers=world.founder.headers).json()
    assert (shown["text"], shown["state"]) == ("The convoy", "superseded")


def test_a_request_sent_twice_records_one_reading(world: World) -> None:
    headers = world.founder.headers | {"Idempotency-Key": "one-reading"}
    path = f"/api/v1/recordings/{world.ids['recording_id']}/readings"
    answers = [world.client.post(path, json=body(), headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len(listed(world)) == 2
