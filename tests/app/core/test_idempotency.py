"""A request sent twice is done once, also when both arrive together."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.core import idempotency
from app.core.database import Database
from app.core.errors import Invalid
from app.core.idempotency import Answer, KeyReused
from app.core.identity import new_id
from tests.app.core.test_paging import account
from tests.conftest import FrozenClock


def ask(
    database: Database,
    *,
    key: str = "k",
    by: str = "a",
    about: str = "sha256:1",
    status: int = 201,
) -> Answer:
    """Do something that leaves a trace, once."""
    with database.writing() as session:

        def do() -> Answer:
            made = account(new_id())
            session.add(made)
            return Answer(status, {"Location": f"/{made.id}"}, made.id.encode())

        return idempotency.once(session, account_id=by, key=key, request_digest=about, do=do)


def effects(database: Database) -> int | None:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Account))


def test_a_replay_is_the_first_answer_and_does_nothing(database: Database) -> None:
    first, second = ask(database), ask(database)

    assert (first.is_replay, second.is_replay) == (False, True)
    assert (first.status, first.headers, first.body) == (
        second.status,
        second.headers,
        second.body,
    )
    assert effects(database) == 1


def test_two_who_choose_the_same_key_do_not_meet(database: Database) -> None:
    assert ask(database, by="a").body != ask(database, by="b").body


def test_a_key_with_another_request_is_refused(database: Database) -> None:
    ask(database)

    with pytest.raises(KeyReused):
        ask(database, about="sha256:2")
    assert effects(database) == 1


def test_what_failed_is_not_remembered(database: Database) -> None:
    def fail() -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), database.writing() as session:
        idempotency.once(session, account_id="a", key="k", request_digest="sha256:1", do=fail)

    assert not ask(database).is_replay


def test_many_at_once_with_one_key_have_one_effect(database: Database) -> None:
    start = threading.Barrier(6)

    def together(_: int) -> Answer:
        start.wait()
        return ask(database)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(together, range(6)))

    assert sorted(answer.is_replay for answer in answers) == [False] + [True] * 5
    assert len({answer.body for answer in answers}) == 1
    assert effects(database) == 1


@pytest.mark.parametrize("key", ["", "k" * 256, "ключ", "a\nb", "a\x00"])
def test_a_key_that_is_none_names_its_header(database: Database, key: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(database, key=key)

    assert refused.value.field == "Idempotency-Key"


def test_a_key_is_free_again_after_a_week(database: Database, frozen_clock: FrozenClock) -> None:
    ask(database)
    frozen_clock.advance(days=6, hours=23)
    assert ask(database).is_replay

    frozen_clock.advance(hours=1)

    assert not ask(database).is_replay
