"""Incidents, places and material over HTTP."""

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.api.test_reports import Desk
from tests.app.conftest import People


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    return Desk(client, case, people.join(Role.INVESTIGATOR, case=case).headers)


def test_what_is_registered_is_shown_and_listed(desk: Desk) -> None:
    incident = desk.post("/incidents", case_id=desk.case, title="The exercise at the ford")
    region = desk.post(
        "/places",
        case_id=desk.case,
        names=[{"name": "Sandy Region", "language": "en"}],
        precision="region",
    )
    ford = desk.post(
        "/places", case_id=desk.case, names=[{"name": "Sandy Ford"}], parent_id=region["id"]
    )
    film = desk.post("/materials", case_id=desk.case, kind="video", title="A film")
    still = desk.post(
        "/materials",
        case_id=desk.case,
        kind="screenshot",
        title="A still",
        derived_from_id=film["id"],
    )
    desk.post(f"/materials/{film['id']}/holdings", sha256="ab" * 32, kept_at="the desk's safe")
    named = desk.post(f"/places/{ford['id']}/names", name="Піщаний Брід", language="uk")

    assert desk.get(f"/incidents/{incident['id']}") == incident
    assert desk.get(f"/incidents?case_id={desk.case}")["items"] == [incident]
    assert named["within"] == [region["id"]]
    assert [each["name"] for each in named["names"]] == ["Sandy Ford", "Піщаний Брід"]
    assert {item["id"] for item in desk.get("/places")["items"]} == {region["id"], ford["id"]}
    held = desk.get(f"/materials/{film['id']}")
    assert held["status"] == "held"
    assert held["holdings"][0]["sha256"] == "sha256:" + "ab" * 32
    statuses = {item["id"]: item["status"] for item in desk.get("/materials")["items"]}
    assert statuses == {film["id"]: "held", still["id"]: "cited_not_held"}


def test_bytes_are_stated_by_a_digest_or_not_at_all(desk: Desk) -> None:
    film = desk.post("/materials", case_id=desk.case, kind="video", title="A film")

    refused = desk.post(
        f"/materials/{film['id']}/holdings", expected=422, sha256="abc", kept_at="the safe"
    )

    assert refused["field"] == "sha256"
