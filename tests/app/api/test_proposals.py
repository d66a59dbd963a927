"""Proposed quotes over HTTP: read by members of the case, accepted as they are or changed."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.api.test_quotes import Desk
from tests.app.conftest import People

TEXT = (
    "The service released a radio intercept. A soldier reports: “Six trucks left.” "
    "The commander replies: “Let [unintelligible] go.”\n"
    "President Oleh Moroz said: “I know of no trucks.”"
)


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    desk = Desk(client, people, case, people.join(Role.INVESTIGATOR, case=case))
    desk.report = desk.post("/reports", case_id=case, kind="news", language="en")["id"]
    desk.snapshot = desk.post(f"/reports/{desk.report}/snapshots", text=TEXT)["id"]
    desk.recording = desk.post("/recordings", case_id=case, title="Trucks")["id"]
    return desk


def proposed(desk: Desk, query: str = "") -> dict[str, Any]:
    return desk.get(f"/snapshots/{desk.snapshot}/quote-proposals{query}")


def accept(desk: Desk, at: int, expected: int = 201, **said: Any) -> dict[str, Any]:
    anchor = proposed(desk)["items"][at]["anchor"]
    place = {"start": anchor["start"], "end": anchor["end"]}
    return desk.post(f"/snapshots/{desk.snapshot}/accepted-proposals", expected, **(place | said))


def of(desk: Desk) -> dict[str, Any]:
    return {"kind": "recording", "recording_id": desk.recording}


def test_proposals_are_anchors_with_their_reasons(desk: Desk) -> None:
    read = proposed(desk)

    assert (read["method"], read["language"], read["note"]) == ("quotation-rules", "en", "")
    assert [item["target"] for item in read["items"]] == ["recording", "recording", "statement"]
    assert [item["reply_to"] for item in read["items"]] == [None, 0, None]
    for item in read["items"]:
        anchor = item["anchor"]
        assert TEXT[anchor["start"] : anchor["end"]] == anchor["exact"]
        assert item["why"]["target"]
        assert item["quote_id"] is None
    assert [sign["stands_for"] for sign in read["items"][1]["signs"]] == ["wildcard"]
    assert read["items"][2]["speaker"]["text"] == "President Oleh Moroz"


def test_an_accepted_proposal_is_a_quote_like_any_other(desk: Desk) -> None:
    first = accept(desk, 0, target=of(desk))
    second = accept(desk, 1, target=of(desk))
    third = accept(desk, 2)

    assert second["in_reply_to"] == first["id"]
    assert [gap["kind"] for gap in second["gaps"]] == ["unintelligible"]
    assert third["target"] == {"kind": "statement", "recording_id": None, "report_id": None}
    assert third["standing"]["state"] == "not_applicable"
    listed = desk.get(f"/reports/{desk.report}/quotes")["items"]
    assert listed == [first, second, third]
    marked = [item["quote_id"] for item in proposed(desk)["items"]]
    assert marked == [first["id"], second["id"], third["id"]]
    earlier = proposed(desk, f"?as_of={first['log_index']}")
    assert [item["quote_id"] for item in earlier["items"]] == [first["id"], None, None]


def test_a_proposal_can_be_changed_when_it_is_accepted(desk: Desk) -> None:
    made = accept(
        desk,
        0,
        target=of(desk),
        passage={"exact": "Six trucks"},
        form="partial",
        speaker_as_described=None,
        occurrence_claim={"op": "exactly", "count": 6, "raw": "Six"},
    )

    assert made["anchor"]["exact"] == "Six trucks"
    assert (made["form"], made["speaker_as_described"]) == ("partial", None)
    assert made["occurrence_claim"]["count"] == 6


def test_a_proposal_is_accepted_once(desk: Desk) -> None:
    made = accept(desk, 2)
    refused = accept(desk, 2, 409)

    assert refused["type"] == "/problems/quote-already-registered"
    assert refused["quote_id"] == made["id"]


def test_what_means_nothing_is_refused_by_name(desk: Desk) -> None:
    path = f"/snapshots/{desk.snapshot}/accepted-proposals"
    for said, field in (
        ({"start": 0, "end": 3}, "start"),
        ({"start": -1, "end": 10**9}, "start"),
    ):
        assert desk.post(path, 422, **said)["field"] == field
    assert accept(desk, 0, 422)["field"] == "target"
    assert accept(desk, 0, 422, target={"kind": "recording"})["field"] == "target.recording_id"
    assert accept(desk, 2, 422, language="xx")["field"] == "language"
    assert accept(desk, 2, 422, passage={"exact": "never printed"})["field"] == "exact"
    assert desk.get(f"/reports/{desk.report}/quotes")["items"] == []


def test_who_may_read_may_not_therefore_accept(desk: Desk) -> None:
    desk.become(Role.AUDITOR)

    assert proposed(desk)["items"]
    accept(desk, 2, 403)


def test_a_foreign_case_has_no_such_text(desk: Desk) -> None:
    stranger = desk.people.join(Role.INVESTIGATOR, case=desk.people.case())
    for method, path in (("GET", "quote-proposals"), ("POST", "accepted-proposals")):
        answer = desk.client.request(
            method,
            f"/api/v1/snapshots/{desk.snapshot}/{path}",
            json={"start": 0, "end": 1} if method == "POST" else None,
            headers=stranger.headers,
        )
        assert answer.status_code == 404


def test_a_text_without_quotes_has_no_proposals(desk: Desk) -> None:
    desk.snapshot = desk.post(f"/reports/{desk.report}/snapshots", text="Rain fell.")["id"]

    assert proposed(desk)["items"] == []
