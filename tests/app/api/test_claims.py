"""Claims over HTTP: no claim without an anchor, every shape told, everything paged and dated."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.api.conftest import ON_ONE
from tests.app.conftest import People

TEXT = "The ferry left at nine, the office said. It may have been ten."
SAID = {"predicate": "speaker_count", "value": {"operator": "several"}, "modality": "appears"}


class Desk:
    """A recording of a series, a report with a text, and somebody who reads it."""

    def __init__(self, client: TestClient, people: People) -> None:
        self.client = client
        self.case = people.case()
        self.headers = people.join(Role.INVESTIGATOR, case=self.case).headers
        self.recording = self.made("/recordings", case_id=self.case, title="One", series="Ferry")
        self.report = self.made("/reports", case_id=self.case, kind="news", language="en")
        self.snapshot = self.made(f"/reports/{self.report['id']}/snapshots", text=TEXT)

    def post(self, path: str, **body: Any) -> Any:
        return self.client.post(f"/api/v1{path}", json=body, headers=self.headers)

    def made(self, path: str, **body: Any) -> Any:
        answer = self.post(path, **body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def get(self, path: str, **query: Any) -> Any:
        answer = self.client.get(f"/api/v1{path}", params=query, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def claim(self, exact: str = "The ferry", **said: Any) -> dict[str, Any]:
        return {
            "subject_kind": "series",
            "subject_id": "Ferry",
            "anchor": {"snapshot_id": self.snapshot["id"], "exact": exact},
            **SAID,
            **said,
        }


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    return Desk(client, people)


def test_a_claim_is_recorded_shown_replaced_and_withdrawn(desk: Desk) -> None:
    made = desk.made("/claims", **desk.claim(said_by_as_described="the office", force="said"))
    newer = desk.made(
        f"/claims/{made['id']}/supersession",
        **desk.claim("The ferry left", modality="asserted"),
    )
    gone = desk.made(f"/claims/{newer['id']}/withdrawal", reason="not about voices")

    shown = desk.get(f"/claims/{made['id']}")
    assert (shown["state"], shown["superseded_by"]) == ("superseded", newer["id"])
    assert desk.get(f"/claims/{made['id']}", as_of=made["log_index"])["state"] == "in_force"
    assert desk.get(f"/claims/{newer['id']}")["withdrawal"] == gone
    assert shown["anchor"]["exact"] == "The ferry"
    assert shown["value"] == {"operator": "several", "number": None}


@ON_ONE
def test_a_claim_without_an_anchor_is_unprocessable(desk: Desk) -> None:
    body = desk.claim()
    del body["anchor"]

    answer = desk.post("/claims", **body)

    assert answer.status_code == 422
    assert "anchor" in answer.text


@ON_ONE
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("exact", {"anchor": {"exact": "The ferry  left"}}),
        ("value.number", {"value": {"operator": "exactly", "number": 1.5}}),
        ("value.operator", {"value": {}}),
        ("subject_id", {"subject_id": "A series of nobody"}),
        ("subject_kind", {"predicate": "role"}),
        ("via", {"via": [{}]}),
    ],
)
def test_what_fits_nothing_is_unprocessable_by_the_name_of_its_field(
    desk: Desk, field: str, said: dict[str, Any]
) -> None:
    body = desk.claim(**said)
    body["anchor"] = {"snapshot_id": desk.snapshot["id"]} | body["anchor"]

    answer = desk.post("/claims", **body)

    assert answer.status_code == 422
    assert answer.json()["field"] == field


def test_claims_are_listed_by_subject_predicate_report_and_recording(desk: Desk) -> None:
    first = desk.made("/claims", **desk.claim())
    second = desk.made("/claims", **desk.claim("nine", predicate="date", value={"raw": "nine"}))

    def ids(path: str, **query: Any) -> list[str]:
        return [item["id"] for item in desk.get(path, **query)["items"]]

    assert ids("/claims") == [first["id"], second["id"]]
    assert ids("/claims", predicate="date") == [second["id"]]
    assert ids("/claims", subject_kind="series", subject_id="Ferry", limit=1) == [first["id"]]
    assert ids("/claims", subject_kind="recording") == []
    assert ids(f"/reports/{desk.report['id']}/claims") == [first["id"], second["id"]]
    assert ids(f"/recordings/{desk.recording['id']}/claims") == [first["id"], second["id"]]
    assert ids(f"/reports/{desk.report['id']}/claims", as_of=first["log_index"]) == [first["id"]]


@ON_ONE
def test_the_list_of_predicates_says_the_shape_of_every_value(desk: Desk) -> None:
    listed = {item["predicate"]: item for item in desk.get("/predicates")["items"]}

    assert listed["statistic"]["subjects"][0] == "agent"
    assert {"metric", "of", "count", "total"} <= set(listed["statistic"]["value"]["required"])
    assert listed["date"]["comparison"] == "date"
