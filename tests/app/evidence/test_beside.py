"""An evidence record tells what stands beside a recording, as it was at its place in the log."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.api.test_reports import Desk
from tests.app.conftest import People

TEXT = (
    "The traffic coincides with a film of at least two boats near Sandy Ford, Anatolii Koval said. "
    "The film was shown in town."
)


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    return Desk(client, case, people.join(Role.INVESTIGATOR, case=case).headers)


def record(desk: Desk, recording: str, **asked: Any) -> dict[str, Any]:
    query = "".join(f"?{name}={value}" for name, value in asked.items())
    return desk.get(f"/recordings/{recording}/evidence-record{query}")


def test_incidents_material_places_and_who_is_one_are_in_the_record(
    desk: Desk, people: People
) -> None:
    recording = desk.recording()
    snapshot = desk.snapshot(desk.report(), TEXT)
    incident = desk.post("/incidents", case_id=desk.case, title="At the ford")["id"]
    film = desk.post("/materials", case_id=desk.case, kind="video", title="A film")["id"]
    ford = desk.post("/places", case_id=desk.case, names=[{"name": "Sandy Ford"}])["id"]
    one, two = (
        desk.post(
            "/agents",
            case_id=desk.case,
            kind="person",
            identity_status=status,
            name=name,
            description=described,
        )["id"]
        for name, status, described in (
            ("Anatolii Koval", "named", None),
            ("Анатолий Коваль", "withheld", "a resident"),
        )
    )

    def claim(exact: str, kind: str, subject: str, predicate: str, value: Any, **more: Any) -> int:
        anchor = {"snapshot_id": snapshot, "exact": exact}
        said = {"subject_kind": kind, "subject_id": subject, "predicate": predicate}
        made = desk.post("/claims", **said, value=value, anchor=anchor, **more)
        return int(made["log_index"])

    event = {"to_kind": "incident", "to_id": incident}
    first = claim(
        "The traffic coincides",
        "recording",
        recording,
        "event_link",
        {"kind": "coincides", **event},
    )
    claim("a film", "material", film, "event_link", {"kind": "depicts", **event})
    count = {"operator": "at_least", "number": 2}
    claim("at least two boats", "material", film, "count", {"counted": "vehicles", "count": count})
    claim(
        "near Sandy Ford",
        "recording",
        recording,
        "place",
        {"name": "Sandy Ford", "place_id": ford},
        said_by_id=one,
    )
    desk.post(f"/agents/{one}/equivalences", other_id=two, ruling="same", reason="The same man.")

    whole = record(desk, recording)
    beside = whole["incidents"]
    assert [item["title"] for item in beside["incidents"]] == ["At the ford"]
    (material,) = beside["materials"]
    assert material["status"] == "cited_not_held"
    assert [item["value"]["count"] for item in material["claims"]] == [count]
    assert [item["names"][0]["name"] for item in beside["places"]] == ["Sandy Ford"]
    assert [row["second_id"] for row in whole["agent_equivalences"]] == [two]
    assert "salt" not in str(whole["agent_equivalences"])

    early = record(desk, recording, as_of=first)["incidents"]
    assert [item["id"] for item in early["incidents"]] == [incident]
    assert (early["materials"], early["places"]) == ([], [])

    reviewer = Desk(desk.client, desk.case, people.join(Role.REVIEWER, case=desk.case).headers)
    assert record(reviewer, recording)["agent_equivalences"] == []
