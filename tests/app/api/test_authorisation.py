"""
The matrix: every route of the API, for every role, in its own case, in a foreign one, and for
nobody. Generated from the routes and what they declare, so that a new route is in it by
itself; one with an identifier that `world.py` does not know fails until it does.
"""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.permissions import Role, granted
from app.core.settings import Settings
from tests.app.api.world import Asking, World
from tests.app.conftest import People, Person
from tests.app.routes import Route, routes

HELD_IN_CASES = [role for role in Role if role is not Role.ADMINISTRATOR]
PEOPLE_ISSUE_THEIR_OWN = "POST /api/v1/accounts/{account_id}/tokens"
GOES_ON = "GET /api/v1/jobs/{job_id}/events"  # an answer without an end, once it is let in
NOT_SIGNED_YET = "GET /api/v1/custody/checkpoint"  # there is none before the signer's first
UPLOAD = "/api/v1/uploads/{upload_id}"  # nobody's but who announced it, whatever their role
NAMES_NOTHING = "POST /api/v1/searches"  # looks in whatever cases the caller has
LISTENING = "/api/v1/listenings/{listening_id}"  # nobody's but who listens, likewise
REFUSED = {401, 403, 404, 405}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A house in which everything is allowed that an operator may allow."""
    return settings.model_copy(update={"fetch_reports": True})


def of_the_api(client: TestClient) -> list[Route]:
    app = client.app
    assert isinstance(app, FastAPI)
    return [route for route in routes(app) if route.path.startswith("/api/v1")]


def guarded(client: TestClient) -> list[Route]:
    return [route for route in of_the_api(client) if route.permissions]


def names_something(route: Route) -> bool:
    """Whether a request to it names a thing of a case, in address or body."""
    if str(route) == NAMES_NOTHING:
        return False
    return "{" in route.path or route.method in {"POST", "PUT", "PATCH", "DELETE"}


def test_nobody_gets_past_the_door(client: TestClient, people: People) -> None:
    world, ask = World(client, people), Asking(client)
    world.ids["token_id"] = "a-token"

    admitted = {
        str(route): answer.status_code
        for route in of_the_api(client)
        if route.permissions is not None and (answer := ask(route, world, {})).status_code != 401
    }

    assert admitted == {}


@pytest.mark.parametrize("role", HELD_IN_CASES)
def test_a_role_opens_in_its_own_case_what_the_table_says_and_nothing_else(
    client: TestClient, people: People, role: Role
) -> None:
    world, ask = World(client, people), Asking(client)
    person = people.join(role, case=world.case)
    wrong = {}
    for route in guarded(client):
        holds = bool((route.permissions or frozenset()) & granted(frozenset({role})))
        own = route.path == UPLOAD or route.path.startswith(LISTENING)
        if holds and (str(route) in {GOES_ON, NOT_SIGNED_YET} or own):
            continue
        status = ask(route, world, person.headers).status_code
        if (holds and status in REFUSED) or (not holds and status != 403) or status >= 500:
            wrong[str(route)] = (holds, status)

    assert wrong == {}


@pytest.mark.parametrize("role", HELD_IN_CASES)
def test_a_foreign_case_does_not_exist_for_any_role(
    client: TestClient, people: People, role: Role
) -> None:
    foreign, ask = World(client, people), Asking(client)
    person = people.join(role, case=people.case())
    wrong = {}
    for route in guarded(client):
        if str(route) == NOT_SIGNED_YET:
            continue
        answer = ask(route, foreign, person.headers)
        holds = bool((route.permissions or frozenset()) & granted(frozenset({role})))
        expected = {404} if holds and names_something(route) else {200, 204} if holds else {403}
        if holds and "{" not in route.path and answer.status_code == 422:
            expected |= {422} if answer.json().get("field", "").endswith("_id") else set()
        leaked = [
            name
            for name, value in foreign.ids.items()
            if value in answer.text and name.endswith("_id")
        ]
        if answer.status_code not in expected or leaked:
            wrong[str(route)] = (holds, answer.status_code, leaked)

    assert wrong == {}


def test_who_runs_the_house_reads_nothing_in_it(client: TestClient, people: People) -> None:
    world, ask = World(client, people), Asking(client)
    administrator = people.administrator()
    wrong = {}
    for route in guarded(client):
        status = ask(route, world, administrator.headers).status_code
        holds = bool((route.permissions or frozenset()) & granted(frozenset({Role.ADMINISTRATOR})))
        if holds == (status in REFUSED) and str(route) != PEOPLE_ISSUE_THEIR_OWN:
            wrong[str(route)] = (holds, status)

    assert wrong == {}


def test_what_is_foreign_and_what_is_not_there_cannot_be_told_apart(
    client: TestClient, people: People
) -> None:
    foreign, ask = World(client, people), Asking(client)
    person: Person = people.join(*HELD_IN_CASES[:4], case=people.case())
    nothing = World.__new__(World)
    nothing.newcomer = "nobody"
    nothing.ids = {
        name: value[:-12] + "0" * 12 if name.endswith("_id") else value
        for name, value in foreign.ids.items()
    }
    told_apart = {}
    for route in guarded(client):
        if "{" not in route.path or route.path.startswith("/api/v1/custody"):
            continue
        there = ask(route, foreign, person.headers)
        absent = ask(route, nothing, person.headers)
        said = [
            (answer.status_code, answer.headers.get("content-type"), _without_id(answer.text))
            for answer in (there, absent)
        ]
        if said[0] != said[1]:
            told_apart[str(route)] = said

    assert told_apart == {}


def _without_id(text: str) -> str:
    return text.split('"request_id"', maxsplit=1)[0]
