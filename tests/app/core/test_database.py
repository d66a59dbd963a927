"""One database of either kind, and what both promise."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from app.accounts.models import Account
from app.core.database import PRAGMAS, Database, Instant
from tests.app.core.test_paging import account


def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        session.add(account("a"))
        session.flush()
        raise ZeroDivisionError

    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 0


def test_what_a_reader_sees_does_not_move_while_it_reads(database: Database) -> None:
    with database.reading() as reader:
        before = reader.scalar(select(func.count()).select_from(Account))
        with database.writing() as session:
            session.add(account("a"))
        after = reader.scalar(select(func.count()).select_from(Account))

    assert (before, after) == (0, 0)


def test_a_writer_that_has_not_begun_holds_nobody_up(database: Database) -> None:
    with database.writing(), database.writing() as session:
        session.add(account("a"))
        session.flush()


def test_writers_queue_and_none_fails_or_is_lost(database: Database) -> None:
    start = threading.Barrier(8)

    def write(number: int) -> None:
        start.wait()
        for turn in range(5):
            with database.writing() as session:
                known = session.scalar(select(func.count()).select_from(Account))
                session.add(account(f"{number}-{turn}-{known}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))

    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 40


def test_sqlite_keeps_every_pragma_on_every_connection(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'one.db'}")
    connections = [database.engine.connect() for _ in range(3)]
    for connection in connections:
        for name, expected in PRAGMAS.items():
            assert connection.exec_driver_sql(f"pragma {name}").scalar() == expected
    database.check()
    for connection in connections:
        connection.close()
    database.dispose()


def test_a_pragma_that_is_not_in_force_is_found(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'one.db'}")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("commit")
        connection.exec_driver_sql("pragma synchronous = 1")

    with pytest.raises(RuntimeError, match="synchronous is 1, not 2"):
        database.check()
    database.dispose()


def test_a_database_that_is_not_there_is_found() -> None:
    database = Database("postgresql+psycopg://127.0.0.1:1/nowhere?connect_timeout=2")

    with pytest.raises(Exception, match=r"127\.0\.0\.1"):
        database.check()


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_an_instant_is_the_same_in_whichever_zone_it_came(naive: datetime, minutes: int) -> None:
    zone = timezone(timedelta(minutes=minutes))
    instant = naive.replace(tzinfo=zone)
    kind, dialect = Instant(), sqlite.dialect()

    kept = kind.process_bind_param(instant, dialect)

    assert kept == instant
    assert kept is not None
    assert kept.utcoffset() == timedelta(0)
    assert kind.process_result_value(kept.replace(tzinfo=None), dialect) == instant


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    timeless = account("a")
    timeless.made_at = datetime(2026, 1, 2)

    with pytest.raises(StatementError, match="time zone"), database.writing() as session:
        session.add(timeless)


def test_instants_come_back_aware_from_both_databases(database: Database) -> None:
    with database.writing() as session:
        session.add(account("a"))
    with database.reading() as session:
        found = session.scalars(select(Account.made_at)).one()

    assert found.tzinfo is UTC


def test_foreign_keys_hold_on_both_databases(database: Database) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.writing() as session:
        session.execute(
            text(
                "insert into account_session values "
                "('s', 'nobody', 'sha256:0', '2026-01-02 00:00', '2026-01-02 00:00')"
            )
        )
