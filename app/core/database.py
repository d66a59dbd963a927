"""
One database, SQLite or PostgreSQL, told apart by its URL and nowhere else.

A request or a job is one transaction, opened here and committed at the edge before the
answer leaves; verbs in features never commit. Writing transactions on SQLite begin
IMMEDIATE, so that two writers queue instead of failing half-way; PostgreSQL gets the same
order from the row lock on the custody head. SQLite runs in WAL mode with
`synchronous=FULL`: an acknowledged row survives a power cut, which `NORMAL` loses.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Engine,
    Enum,
    Integer,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    create_engine,
    event,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import DeclarativeBase, Session

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "recursive_triggers": 1,  # else INSERT OR REPLACE slips past the append-only guards
    "trusted_schema": 0,
}

LOCKED_PRAGMAS = {*PRAGMAS, "writable_schema", "ignore_check_constraints"}

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """An instant in UTC, aware on both databases; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def choice(kind: type[StrEnum]) -> Enum:
    """A column type that holds one of an enumeration's values, spelled as text."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    """The root of every table; every column says what it is in `comment=`."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        int: Integer,
        bytes: LargeBinary,
        datetime: Instant,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
    }


class Database:
    """An engine and the two ways to use it: `reading()` and `writing()`."""

    def __init__(self, url: str, *, guarded: bool = False) -> None:
        """`guarded`: refuse what only migrations need (SQLite; PostgreSQL has roles for it)."""
        self.engine = _engine(url)
        if guarded and self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _guard_sqlite)
        self._writes = self.engine.execution_options(writes=True)
        self._reads = (
            self.engine
            if self.engine.dialect.name == "sqlite"
            else self.engine.execution_options(isolation_level="REPEATABLE READ")
        )

    @property
    def is_at_hand(self) -> bool:
        """Whether one row is read from a file of this machine, without waiting for anybody."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that never commits; what is read is one consistent snapshot."""
        with Session(self._reads) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """
        A transaction: committed when the block ends, rolled back when it raises.

        It begins, and takes the write lock on SQLite, with the first statement and not
        before, so that opening one costs nobody anything.
        """
        with Session(self._writes, expire_on_commit=False) as session:
            yield session
            session.commit()

    def check(self) -> None:
        """Prove that the database answers, and on SQLite that every pragma is in force."""
        with self.engine.connect() as connection:
            connection.execute(text("select 1"))
            if connection.dialect.name == "sqlite":
                for name, expected in PRAGMAS.items():
                    found = connection.exec_driver_sql(f"pragma {name}").scalar()
                    if found != expected:
                        raise RuntimeError(f"SQLite pragma {name} is {found}, not {expected}")

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, pool_size=10, max_overflow=20)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        parsed, connect_args={"check_same_thread": False, "timeout": 30}, pool_size=20
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    for name, value in PRAGMAS.items():
        connection.execute(f"pragma {name} = {value}")


def _guard_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001
    """Append-only guards are triggers: whoever serves must not be able to drop them."""
    refused = {
        sqlite3.SQLITE_ALTER_TABLE,
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_DETACH,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_DROP_VIEW,
    }

    def authorise(action: int, name: str | None, value: str | None, *_: str | None) -> int:
        sets = (
            action == sqlite3.SQLITE_PRAGMA
            and value is not None
            and str(name).lower() in LOCKED_PRAGMAS
        )
        return sqlite3.SQLITE_DENY if sets or action in refused else sqlite3.SQLITE_OK

    connection.set_authorizer(authorise)


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # Takes no lock and so cannot fail: said to the driver itself, because every reading
        # request pays for it.
        driver: Any = connection.connection.dbapi_connection
        driver.execute("BEGIN")
