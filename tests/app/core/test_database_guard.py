"""Who serves cannot take down the guards of evidence (SQLite; PostgreSQL has roles for it)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.core.actor import Actor
from app.core.database import Database
from tests.app.custody.conftest import tell


@pytest.fixture
def guarded(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "guarded.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}", guarded=True)
    yield database
    database.dispose()


def test_ordinary_work_goes_on(guarded: Database, investigator: Actor) -> None:
    guarded.check()
    tell(guarded, investigator, 1, 3)


@pytest.mark.parametrize(
    "statement",
    [
        "drop trigger custody_leaf_no_update",
        "drop table custody_leaf",
        "drop index ix_custody_entry_case_id",
        "alter table custody_leaf rename to gone",
        "alter table custody_leaf add column more text",
        "attach database ':memory:' as other",
        "pragma writable_schema = on",
        "PRAGMA Writable_Schema = 1",
        "pragma recursive_triggers = off",
        "pragma foreign_keys = off",
        "pragma synchronous = off",
        "pragma ignore_check_constraints = on",
    ],
)
def test_what_only_migrations_need_is_refused(guarded: Database, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="not authorized"),
        guarded.engine.begin() as connection,
    ):
        connection.execute(text(statement))
