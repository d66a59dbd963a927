"""What is acknowledged is committed, and many who ask at once do not stall one another."""

from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient
from sqlalchemy import event, func, select

from app.accounts.models import Account
from app.core.database import Database
from app.core.settings import Settings
from app.custody.models import Head
from app.http.transactions import Writing
from app.main import build
from tests.app.conftest import HOUSE, People


def test_a_commit_that_fails_is_never_answered_with_success(settings: Settings) -> None:
    app = build(settings)

    @app.post("/api/probe", status_code=201)
    def probe(session: Writing) -> str:
        session.scalar(select(func.count()).select_from(Account))

        @event.listens_for(session, "before_commit")
        def fail(_: object) -> None:
            raise OSError("the disk is gone")

        return "kept"

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.post("/api/probe")

    assert answer.status_code == 500
    assert answer.json()["type"] == "/problems/internal"


def test_what_was_answered_can_be_read_by_another_at_once(
    client: TestClient, people: People, app_database: Database
) -> None:
    made = client.post(
        "/api/v1/cases", json={"name": "North"}, headers=people.administrator().headers
    )

    with app_database.reading() as session:
        assert session.scalar(select(Head.size)) == made.json()["log_index"] + 1


def test_an_error_after_a_change_undoes_the_change(settings: Settings) -> None:
    app = build(settings)

    @app.post("/api/probe")
    def probe(session: Writing) -> None:
        from app.cases import service

        service.create_case(session, actor=HOUSE, name="never")
        raise OSError

    with TestClient(app, raise_server_exceptions=False) as client:
        assert client.post("/api/probe").status_code == 500
        with app.state.parts.database.reading() as session:
            assert session.scalar(select(Head.size)) == 0


def test_sixty_who_write_at_once_all_come_through(
    client: TestClient, people: People, app_database: Database
) -> None:
    headers = people.administrator().headers

    def create(number: int) -> int:
        return client.post(
            "/api/v1/cases", json={"name": f"Case {number}"}, headers=headers
        ).status_code

    with ThreadPoolExecutor(60) as pool:
        assert set(pool.map(create, range(60))) == {201}

    with app_database.reading() as session:
        assert session.scalar(select(Head.size)) == 62  # the account, its token, the cases
