"""Accounts, tokens and answers over HTTP: strict, repeatable, and nothing secret left behind."""

from datetime import timedelta

import pytest
import structlog
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.accounts.models import AccountKind
from app.accounts.permissions import Permission, Role
from app.api.preconditions import Expected, etag
from app.core import clock
from app.core.database import Base, Database
from app.core.errors import PreconditionFailed, PreconditionRequired
from tests.app.conftest import PASSWORD, People

CANARY = "canary password 7f3a"


def in_an_hour() -> str:
    return clock.spell(clock.now() + timedelta(hours=1))


def dump(database: Database) -> str:
    """Every value of every table."""
    with database.engine.connect() as connection:
        return "\n".join(
            repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row))
            for table in Base.metadata.sorted_tables
            for row in connection.execute(text(f"select * from {table.name}"))
        )


def test_no_secret_is_in_the_database_or_in_the_log(
    client: TestClient, people: People, app_database: Database
) -> None:
    headers = people.administrator().headers | {"Idempotency-Key": "one"}
    with structlog.testing.capture_logs() as lines:
        made = client.post(
            "/api/v1/accounts",
            json={"login": "inna", "display_name": "Inna", "password": CANARY},
            headers=headers,
        )
        entered = client.post("/api/v1/sessions", json={"login": "inna", "password": CANARY})
        cookie = client.cookies["earwitness"]
        csrf = {"X-CSRF-Token": entered.json()["csrf_token"]}
        issued = client.post(
            "/api/v1/tokens",
            json={"name": "script", "expires_at": in_an_hour()},
            headers=csrf | {"Idempotency-Key": "two"},
        )
    assert (made.status_code, entered.status_code, issued.status_code) == (201, 201, 201)

    everything = dump(app_database) + str(lines)
    assert "inna" in everything
    for secret in (CANARY, cookie, csrf["X-CSRF-Token"], issued.json()["secret"]):
        assert secret not in everything


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"login": "inna", "display_name": "Inna", "is_administrator": 0}, "is_administrator"),
        ({"login": "inna", "display_name": 7}, "display_name"),
        ({"login": "inna", "display_name": "Inna", "roles": []}, "roles"),
        ({"login": "inna", "display_name": "Inna", "kind": "robot"}, "kind"),
    ],
)
def test_shapes_are_strict(client: TestClient, people: People, body: dict, field: str) -> None:
    answer = client.post("/api/v1/accounts", json=body, headers=people.administrator().headers)

    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [f"body.{field}"]


def test_a_request_sent_again_is_answered_and_not_done_again(
    client: TestClient, people: People
) -> None:
    headers = people.administrator().headers | {"Idempotency-Key": "one"}

    first = client.post("/api/v1/cases", json={"name": "North"}, headers=headers)
    again = client.post("/api/v1/cases", json={"name": "North"}, headers=headers)
    other = client.post("/api/v1/cases", json={"name": "South"}, headers=headers)

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert first.content == again.content
    assert first.headers["location"] == again.headers["location"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert other.json()["type"] == "/problems/idempotency-key-reused"


def test_a_limited_token_cannot_issue_itself_an_unlimited_one(
    client: TestClient, people: People
) -> None:
    limited = people.register(scopes=frozenset({Permission.CASE_READ}))

    answer = client.post(
        "/api/v1/tokens",
        json={"name": "more", "expires_at": in_an_hour()},
        headers=limited.headers,
    )

    assert answer.status_code == 403


def test_nobody_acts_in_another_persons_name(client: TestClient, people: People) -> None:
    administrator, person = people.administrator(), people.register()
    program = people.register(kind=AccountKind.API_CLIENT)
    body = {"name": "script", "expires_at": in_an_hour(), "scopes": ["case:read"]}

    def issue(account_id: str) -> int:
        address = f"/api/v1/accounts/{account_id}/tokens"
        return client.post(address, json=body, headers=administrator.headers).status_code

    assert issue(person.account_id) == 403
    assert issue(program.account_id) == 201


def test_anothers_token_is_not_there_to_be_revoked(client: TestClient, people: People) -> None:
    owner, other = people.register(), people.register()
    token = client.get("/api/v1/tokens", headers=owner.headers).json()["items"][0]["id"]

    assert client.delete(f"/api/v1/tokens/{token}", headers=other.headers).status_code == 404
    assert client.delete(f"/api/v1/tokens/{token}", headers=owner.headers).status_code == 200
    assert client.get("/api/v1/tokens", headers=owner.headers).status_code == 401


def test_ones_own_password_changes_only_with_the_present_one(
    client: TestClient, people: People
) -> None:
    person = people.register()

    def change(current: str) -> int:
        body = {"current_password": current, "password": "quite another password"}
        return client.put("/api/v1/whoami/password", json=body, headers=person.headers).status_code

    assert [change("a wrong password"), change(PASSWORD), change(PASSWORD)] == [401, 204, 401]


def test_a_withheld_name_is_shown_only_to_who_may_know_sources(
    client: TestClient, people: People
) -> None:
    case = people.case()
    made = client.post(
        "/api/v1/agents",
        json={
            "case_id": case,
            "kind": "person",
            "identity_status": "withheld",
            "name": "Canary Surname",
            "names": [{"name": "Canary Alias"}],
        },
        headers=people.join(Role.INVESTIGATOR, case=case).headers,
    )
    reviewer = people.join(Role.REVIEWER, case=case).headers
    one = client.get(made.headers["location"], headers=reviewer)
    every = client.get("/api/v1/agents", headers=reviewer)

    assert made.json()["name"] == "Canary Surname"
    assert one.json()["is_hidden"] is True
    assert "Canary" not in one.text + every.text


def test_a_dismissed_member_is_out_at_once(client: TestClient, people: People) -> None:
    administrator, case = people.administrator(), people.case()
    member = people.join(Role.REVIEWER, case=case)
    assert client.get(f"/api/v1/cases/{case}", headers=member.headers).status_code == 200

    ended = client.delete(
        f"/api/v1/cases/{case}/members/{member.account_id}/reviewer",
        headers=administrator.headers,
    )

    assert ended.json()["granted"] is False
    assert client.get(f"/api/v1/cases/{case}", headers=member.headers).status_code == 403
    listed = client.get(f"/api/v1/cases/{case}/members", headers=administrator.headers)
    assert listed.json() == {"items": []}


def test_pages_of_a_listing_lead_to_one_another(client: TestClient, people: People) -> None:
    headers = people.administrator().headers
    made = [people.case(f"Case {number}") for number in range(5)]
    found, address = [], "/api/v1/cases?limit=2"
    while address:
        answer = client.get(address, headers=headers)
        found += [item["id"] for item in answer.json()["items"]]
        address = answer.headers.get("link", "").partition("<")[2].partition(">")[0]

    assert found == made


class TestIfMatch:
    def test_lets_the_revision_it_names_pass(self) -> None:
        for given in ('"3"', '"2", "3"', "*"):
            Expected(given).require(3)
        assert etag(3) == '"3"'

    @pytest.mark.parametrize("given", ['"2"', 'W/"3"', "3", ""])
    def test_holds_another_up(self, given: str) -> None:
        with pytest.raises(PreconditionFailed):
            Expected(given).require(3)

    def test_must_be_there(self) -> None:
        with pytest.raises(PreconditionRequired):
            Expected(None).require(3)
