"""A log with something in it, sealed, and the means to falsify it."""

import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from app.cases.models import Case
from app.core.actor import Actor, ActorKind
from app.core.database import Database
from app.custody.events import EventType
from app.custody.sealing import SignerClient, seal, spawned
from app.custody.service import Subject, record
from tests.conftest import _administer, _named

ORIGIN = "earwitness.example/log"
MADE_AT = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)


def tell(database: Database, actor: Actor, first: int, count: int) -> None:
    """Make `count` cases, from `case-<first>` on, and rule twice on each third."""
    with database.writing() as session:
        for number in range(first, first + count):
            case = Case(
                id=f"case-{number}", name=f"Case {number}", description=None, made_at=MADE_AT
            )
            subject = Subject("case", case.id)
            record(
                session,
                EventType.CASE_CREATION,
                subject=subject,
                actor=actor,
                case_id=case.id,
                rows=[case],
            )
            if number % 3 == 0:
                for _ in range(2):
                    record(
                        session,
                        EventType.CASE_MEMBERSHIP,
                        subject=subject,
                        actor=actor,
                        case_id=case.id,
                    )


@pytest.fixture
def signer(tmp_path: Path) -> Iterator[SignerClient]:
    """A signer of its own, in a process of its own; of `sealed_log` if that is asked for too."""
    with spawned(tmp_path / "signer", origin=ORIGIN) as client:
        yield client


def fill(url: str, folder: Path) -> None:
    """300 entries with checkpoints at 100, 200 and 300, so that tiles have levels."""
    database = Database(url)
    actor = Actor(id="account-investigator", kind=ActorKind.PERSON, name="Inna")
    with spawned(folder, origin=ORIGIN) as client:
        for first in (0, 60, 120):
            tell(database, actor, first, 60)
            assert seal(database, client) is not None
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            connection.exec_driver_sql("rollback")
            connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    database.dispose()


@pytest.fixture(scope="session")
def sealed_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a filled SQLite file and its signer, to copy."""
    folder = tmp_path_factory.mktemp("sealed-sqlite")
    shutil.copyfile(sqlite_template, folder / "log.db")
    fill(f"sqlite:///{folder / 'log.db'}", folder / "signer")
    return folder


@pytest.fixture(scope="session")
def sealed_postgresql(
    postgresql_server: str, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path]:
    """The name of a filled PostgreSQL database and the folder of its signer, to copy."""
    folder, name = tmp_path_factory.mktemp("sealed-pg"), f"sealed_{uuid.uuid4().hex[:8]}"
    _administer(postgresql_server, f"create database {name} template {postgresql_template}")
    fill(_named(postgresql_server, name), folder / "signer")
    return name, folder


@pytest.fixture(params=["sqlite", "postgresql"])
def sealed_log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A copy of the filled log, on both kinds of database; ask for `signer` after it."""
    if request.param == "sqlite":
        folder: Path = request.getfixturevalue("sealed_sqlite")
        shutil.copyfile(folder / "log.db", tmp_path / "log.db")
        shutil.copytree(folder / "signer", tmp_path / "signer")
        database = Database(f"sqlite:///{tmp_path / 'log.db'}")
        yield database
        database.dispose()
        return
    template, folder = request.getfixturevalue("sealed_postgresql")
    server: str = request.getfixturevalue("postgresql_server")
    shutil.copytree(folder / "signer", tmp_path / "signer")
    name = f"test_{uuid.uuid4().hex[:12]}"
    _administer(server, f"create database {name} template {template}")
    database = Database(_named(server, name))
    yield database
    database.dispose()
    _administer(server, f"drop database {name} with (force)")


def unguarded(connection: Connection) -> None:
    """Drop what stops accidents, as somebody with the database password would."""
    if connection.dialect.name == "sqlite":
        triggers = connection.execute(
            text("select name from sqlite_master where type = 'trigger'")
        )
        for (name,) in triggers.all():
            connection.execute(text(f"drop trigger {name}"))
        return
    tables = connection.execute(
        text("select tablename from pg_tables where schemaname = 'public'")
    )
    for (name,) in tables.all():
        connection.execute(text(f'alter table "{name}" disable trigger all'))


def falsify(database: Database, *statements: str, **values: object) -> None:
    """Run statements with guards, foreign keys and all, out of the way."""
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("rollback")
            connection.exec_driver_sql("pragma foreign_keys = off")
            connection.exec_driver_sql("begin immediate")
        unguarded(connection)
        for statement in statements:
            connection.execute(text(statement), values if ":" in statement else {})
        connection.commit()
    database.dispose()
