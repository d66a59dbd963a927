"""Who is let in, by what, and who is not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models import Account, Token
from app.accounts.permissions import Permission, Role
from app.core.database import Database
from app.core.settings import Settings
from app.main import build
from tests.app.conftest import HOUSE, PASSWORD, People, Person
from tests.conftest import FrozenClock

WHO = "/api/v1/whoami"


def enter(client: TestClient, person: Person) -> dict[str, str]:
    """Sign in with the password and give the CSRF header."""
    answer = client.post("/api/v1/sessions", json={"login": person.login, "password": PASSWORD})
    assert answer.status_code == 201, answer.text
    return {"X-CSRF-Token": answer.json()["csrf_token"]}


class TestToken:
    def test_lets_its_account_in(self, client: TestClient, people: People) -> None:
        person = people.register()

        assert client.get(WHO, headers=person.headers).json()["account"]["id"] == person.account_id

    @pytest.mark.parametrize(
        "credential",
        [
            "Bearer",
            "Bearer ew_aaaaaaaa_nonsense",
            "Basic dXNlcjpwYXNz",
            "Bearer \xff",
        ],
    )
    def test_that_is_none_of_ours_lets_nobody_in(
        self, client: TestClient, credential: str
    ) -> None:
        answer = client.get(WHO, headers={"Authorization": credential.encode("latin-1")})

        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")

    def test_with_one_letter_changed_lets_nobody_in(
        self, client: TestClient, people: People
    ) -> None:
        good = people.register().headers["Authorization"]
        for place in range(len("Bearer ew_"), len(good)):
            other = "b" if good[place] != "b" else "c"
            forged = good[:place] + other + good[place + 1 :]
            assert client.get(WHO, headers={"Authorization": forged}).status_code == 401

    def test_that_expired_lets_nobody_in(
        self, client: TestClient, people: People, frozen_clock: FrozenClock
    ) -> None:
        person = people.register()
        assert client.get(WHO, headers=person.headers).status_code == 200

        frozen_clock.advance(hours=1)

        assert client.get(WHO, headers=person.headers).status_code == 401

    def test_that_was_revoked_lets_nobody_in(
        self, client: TestClient, people: People, app_database: Database
    ) -> None:
        person = people.register()
        with app_database.writing() as session:
            token = session.scalars(select(Token)).one()
            accounts.revoke_token(session, actor=HOUSE, token=token)

        assert client.get(WHO, headers=person.headers).status_code == 401

    def test_of_a_disabled_account_lets_nobody_in(
        self, client: TestClient, people: People, app_database: Database
    ) -> None:
        person = people.register()
        with app_database.writing() as session:
            account = session.get_one(Account, person.account_id)
            accounts.disable(session, actor=HOUSE, account=account)

        assert client.get(WHO, headers=person.headers).status_code == 401

    def test_limited_to_scopes_does_nothing_else(self, client: TestClient, people: People) -> None:
        case = people.case()
        person = people.join(
            Role.INVESTIGATOR, case=case, scopes=frozenset({Permission.AGENT_READ})
        )

        assert client.get("/api/v1/agents", headers=person.headers).status_code == 200
        assert client.get("/api/v1/cases", headers=person.headers).status_code == 403

    def test_keeps_when_it_was_last_used_to_five_minutes(
        self,
        client: TestClient,
        people: People,
        app_database: Database,
        frozen_clock: FrozenClock,
    ) -> None:
        person = people.register()
        seen = []
        for minutes in (0, 4, 1):
            frozen_clock.advance(minutes=minutes)
            client.get(WHO, headers=person.headers)
            with app_database.reading() as session:
                seen.append(session.scalars(select(Token.last_used_at)).one())

        assert [at - seen[0] for at in seen] == [timedelta(0), timedelta(0), timedelta(minutes=5)]


class TestSession:
    def test_lets_a_browser_read_with_its_cookie_alone(
        self, client: TestClient, people: People
    ) -> None:
        person = people.register()
        enter(client, person)

        assert client.get(WHO).json()["account"]["login"] == person.login

    def test_changes_nothing_without_the_pages_token(
        self, client: TestClient, people: People
    ) -> None:
        csrf = enter(client, people.administrator())
        body = {"name": "North"}

        assert client.post("/api/v1/cases", json=body).status_code == 403
        wrong = {"X-CSRF-Token": "0" * 64}
        assert client.post("/api/v1/cases", json=body, headers=wrong).status_code == 403
        assert client.post("/api/v1/cases", json=body, headers=csrf).status_code == 201

    def test_of_another_does_not_lend_its_pages_token(
        self, client: TestClient, people: People
    ) -> None:
        foreign = enter(client, people.administrator())
        enter(client, people.administrator())

        answer = client.post("/api/v1/cases", json={"name": "North"}, headers=foreign)

        assert answer.status_code == 403

    def test_ends_when_its_time_is_over(
        self, client: TestClient, people: People, frozen_clock: FrozenClock, settings: Settings
    ) -> None:
        enter(client, people.register())
        assert client.get(WHO).status_code == 200

        frozen_clock.advance(hours=settings.session_h)

        assert client.get(WHO).status_code == 401

    def test_ends_with_signing_out_even_for_a_copied_cookie(
        self, client: TestClient, people: People
    ) -> None:
        csrf = enter(client, people.register())
        copied = dict(client.cookies)
        assert client.delete("/api/v1/sessions/current", headers=csrf).status_code == 204
        assert not client.cookies

        client.cookies.update(copied)

        assert client.get(WHO).status_code == 401

    def test_gets_a_new_secret_at_every_sign_in_and_loses_the_old_one(
        self, client: TestClient, people: People
    ) -> None:
        person = people.register()
        enter(client, person)
        first = dict(client.cookies)
        enter(client, person)
        assert dict(client.cookies) != first

        client.cookies.clear()
        client.cookies.update(first)

        assert client.get(WHO).status_code == 401

    def test_cookie_is_out_of_reach_of_scripts_and_other_hosts(
        self, settings: Settings, in_house: Callable[[TestClient], People]
    ) -> None:
        secure = settings.model_copy(update={"public_url": "https://evidence.example"})
        with TestClient(build(secure), base_url="https://evidence.example") as client:
            person = in_house(client).register()
            answer = client.post(
                "/api/v1/sessions", json={"login": person.login, "password": PASSWORD}
            )

        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-earwitness=")
        assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
