"""What somebody was given to read is noted once, by thing, and only where words were given."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.accounts.permissions import Role
from app.core.database import Database
from app.quotes import queries as quotes
from app.quotes.listening.models import WordsShown
from app.quotes.listening.shown import before
from tests.app.api.world import World
from tests.app.conftest import People, Person


@pytest.fixture
def world(client: TestClient, people: People) -> World:
    return World(client, people, listening=False)


def shown(database: Database, person: Person) -> list[tuple[str, str, str]]:
    """What was noted of an account: kind of thing, which one, by which route."""
    with database.reading() as session:
        rows = session.scalars(
            select(WordsShown)
            .where(WordsShown.account_id == person.account_id)
            .order_by(WordsShown.first_at)
        )
        return [(row.what, row.thing_id, row.route) for row in rows]


def test_the_first_answer_about_a_thing_is_noted_and_no_other(
    world: World, people: People, app_database: Database
) -> None:
    person = people.join(Role.AUDITOR, case=world.case)
    quote, recording = world.ids["quote_id"], world.ids["recording_id"]

    for path in (f"/quotes/{quote}", f"/quotes/{quote}/alignments", f"/quotes/{quote}"):
        world.client.get(f"/api/v1{path}", headers=person.headers)
    world.client.get(f"/recordings/{recording}", headers=person.headers)

    assert shown(app_database, person) == [
        ("quote_id", quote, "GET /api/v1/quotes/{quote_id}"),
        ("recording_id", recording, "GET /recordings/{recording_id}"),
    ]


def test_a_page_that_came_in_counts_among_what_may_have_held_the_words(
    world: World, people: People, app_database: Database
) -> None:
    person = people.join(Role.REVIEWER, case=world.case)
    capture = world.ids["capture_id"]

    world.client.get(f"/api/v1/captures/{capture}", headers=person.headers)

    assert shown(app_database, person) == [
        ("capture_id", capture, "GET /api/v1/captures/{capture_id}")
    ]
    with app_database.reading() as session:
        quote = quotes.get(session, world.ids["quote_id"])
        told = before(session, account_id=person.account_id, quote=quote)
    assert [(one["what"], one["id"]) for one in told] == [("capture", capture)]


def test_a_search_counts_for_every_case_it_looked_in(
    world: World, people: People, app_database: Database
) -> None:
    person, other = people.join(Role.AUDITOR, case=world.case), people.case()
    people.admit(person, Role.AUDITOR, case=other)

    answer = world.client.post(
        "/api/v1/searches",
        json={"quote": "six trucks", "language": "en"},
        headers=person.headers,
    )

    assert answer.status_code == 200
    assert {thing for _, thing, _ in shown(app_database, person)} == {world.case, other}


def test_what_was_refused_or_holds_no_words_is_not_noted(
    world: World, people: People, app_database: Database
) -> None:
    person, stranger = people.join(Role.AUDITOR, case=world.case), people.register()
    recording = world.ids["recording_id"]
    world.client.get(f"/api/v1/quotes/{world.ids['quote_id']}", headers=stranger.headers)
    world.client.get("/api/v1/quotes/nothing-of-the-kind", headers=person.headers)

    for path in (f"/api/v1/recordings/{recording}", "/api/v1/recordings", "/", "/api/v1/whoami"):
        assert world.client.get(path, headers=person.headers).status_code == 200, path

    assert shown(app_database, person) == shown(app_database, stranger) == []


def test_a_program_s_account_is_not_followed_for_it_cannot_listen(
    world: World, people: People, app_database: Database
) -> None:
    program = people.join(Role.API_CLIENT, case=world.case)

    answer = world.client.get(f"/api/v1/quotes/{world.ids['quote_id']}", headers=program.headers)

    assert answer.status_code == 200
    assert shown(app_database, program) == []
