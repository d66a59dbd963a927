"""A case with a recording that bytes can be brought of."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from tests.app.conftest import People, Person

ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what no database decides: once is enough."""


class House:
    """A case with one recording and somebody who may bring bytes of it."""

    def __init__(self, client: TestClient, people: People) -> None:
        self.client, self.people = client, people
        self.case = people.case()
        self.person = people.join(Role.INVESTIGATOR, case=self.case)
        self.recording = self.catalogued()

    def catalogued(self) -> str:
        answer = self.client.post(
            "/api/v1/recordings",
            json={"case_id": self.case, "title": "A recording"},
            headers=self.person.headers,
        )
        return str(answer.json()["id"])

    @property
    def address(self) -> str:
        return f"/api/v1/recordings/{self.recording}/media-instances"

    def brought(self, content: bytes, *, by: Person | None = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(
            self.address, content=content, headers=(by or self.person).headers | named
        )

    def status(self) -> str:
        answer = self.client.get(
            f"/api/v1/recordings/{self.recording}", headers=self.person.headers
        )
        return str(answer.json()["status"])


@pytest.fixture
def house(client: TestClient, people: People) -> House:
    return House(client, people)
