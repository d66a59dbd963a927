"""Asking for bytes to be hashed again: who may, and what is left behind."""

from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.api.world import World
from tests.app.conftest import People


def test_a_custodian_has_bytes_hashed_again_and_the_log_says_who_asked(
    client: TestClient, people: People
) -> None:
    world = World(client, people)
    custodian = people.join(Role.CUSTODIAN, case=world.case)
    address = world.fill(
        "/api/v1/recordings/{recording_id}/media-instances/{instance_id}/fixity-checks"
    )

    asked = client.post(address, headers=custodian.headers)

    assert asked.status_code == 202
    job = client.get(asked.headers["Location"], headers=custodian.headers).json()
    assert (job["kind"], job["state"]) == ("fixity", "queued")
    entries = client.get("/api/v1/custody/entries?limit=200", headers=custodian.headers).json()
    assert entries["items"][-1]["entry"]["event"] == "job:request"


def test_whoever_uploads_does_not_decide_when_bytes_are_checked(
    client: TestClient, people: People
) -> None:
    world = World(client, people)
    investigator = people.join(Role.INVESTIGATOR, case=world.case)
    address = world.fill(
        "/api/v1/recordings/{recording_id}/media-instances/{instance_id}/fixity-checks"
    )

    assert client.post(address, headers=investigator.headers).status_code == 403
