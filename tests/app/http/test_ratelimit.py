"""Guessing is slow; the owner still gets in; memory does not grow."""

import pytest
from fastapi.testclient import TestClient

from app.core.errors import TooManyRequests
from app.http import ratelimit
from app.http.ratelimit import SignInLimit
from tests.app.conftest import PASSWORD, People
from tests.conftest import FrozenClock


def test_a_flood_on_one_login_is_turned_away_until_it_has_rested(
    client: TestClient, people: People, frozen_clock: FrozenClock
) -> None:
    person = people.register()

    def attempt(password: str) -> int:
        body = {"login": person.login, "password": password}
        return client.post("/api/v1/sessions", json=body).status_code

    guesses = [attempt("a wrong password") for _ in range(ratelimit.PER_LOGIN + 3)]
    assert guesses == [401] * ratelimit.PER_LOGIN + [429] * 3
    assert attempt(PASSWORD) == 429

    frozen_clock.advance(minutes=5)
    assert attempt(PASSWORD) == 201


def test_a_turned_away_client_is_told_when_to_come_back(
    client: TestClient, frozen_clock: FrozenClock
) -> None:
    body = {"login": "nobody", "password": "a wrong password"}
    for _ in range(ratelimit.PER_LOGIN):
        client.post("/api/v1/sessions", json=body)
    frozen_clock.advance(minutes=1)

    answer = client.post("/api/v1/sessions", json=body)

    assert answer.headers["retry-after"] == "240"
    assert answer.json()["type"] == "/problems/too-many-requests"


def test_an_address_that_tries_many_logins_is_turned_away(frozen_clock: FrozenClock) -> None:
    limit = SignInLimit()
    for number in range(ratelimit.PER_ADDRESS):
        limit.attempt(login=f"login-{number}", address="192.0.2.1")

    with pytest.raises(TooManyRequests):
        limit.attempt(login="one-more", address="192.0.2.1")
    limit.attempt(login="one-more", address="192.0.2.2")


def test_who_came_in_starts_afresh(frozen_clock: FrozenClock) -> None:
    limit = SignInLimit()
    for number in range(ratelimit.PER_LOGIN * 3):
        limit.attempt(login="Inna", address=f"192.0.2.{number}")
        limit.succeeded(login="inna ")


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ratelimit, "REMEMBERED", 10)
    limit = SignInLimit()
    for number in range(100):
        limit.attempt(login=f"login-{number}", address=f"address-{number}")

    assert len(limit._attempts) == 10
