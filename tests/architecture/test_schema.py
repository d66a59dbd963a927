"""The migrated schema is the one the models speak of, guarded where it is evidence."""

import importlib
import pkgutil
import re

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Text, inspect, text
from sqlalchemy.exc import DBAPIError

import app
from app.core.database import Base, Database
from app.custody.models import Sealed

for module in pkgutil.walk_packages(app.__path__, "app."):
    if module.name.endswith(".models") or module.name.startswith("app.core."):
        importlib.import_module(module.name)

SEALED = sorted(
    mapper.local_table.name
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Sealed)
)


def test_the_models_and_the_migrated_schema_agree(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": False, "include_name": lambda name, *_: not is_of_terms(name)},
        )
        differences = compare_metadata(context, Base.metadata)

    assert [str(difference) for difference in differences] == []


def is_of_terms(name: str | None) -> bool:
    """Each database keeps the terms of the search in tables of its own kind, without a model."""
    return name is not None and re.fullmatch(r"search_terms(_\w+)?", name) is not None


def test_every_column_says_what_it_is() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if not column.comment
    ]

    assert silent == []


def test_no_sealed_column_fills_itself_in() -> None:
    defaults = [
        f"{mapper.local_table.name}.{column.name}"
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Sealed)
        for column in mapper.local_table.columns
        if column.default is not None or column.server_default is not None
    ]

    assert defaults == [], "the digest is taken before the database could fill anything in"


@pytest.mark.parametrize("table", SEALED)
def test_every_sealed_table_refuses_update_and_delete(database: Database, table: str) -> None:
    names = trigger_names(database, table)

    if database.engine.dialect.name == "sqlite":
        assert {f"{table}_no_update", f"{table}_no_delete", f"{table}_no_replace"} <= names
    else:
        assert {f"{table}_no_change", f"{table}_no_truncate"} <= names
        with pytest.raises(DBAPIError), database.engine.begin() as connection:
            connection.execute(text(f"truncate {table} cascade"))


def test_text_is_text_on_both_databases() -> None:
    """A length limit that one database enforces and the other forgets is a trap."""
    limited = [
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Text) and column.type.length
    ]

    assert limited == []


def trigger_names(database: Database, table: str) -> set[str]:
    with database.engine.connect() as connection:
        assert inspect(connection).has_table(table)
        query = (
            "select name from sqlite_master where type = 'trigger' and tbl_name = :table"
            if database.engine.dialect.name == "sqlite"
            else "select tgname from pg_trigger where tgrelid = cast(:table as regclass)"
        )
        return set(connection.scalars(text(query), {"table": table}))
