"""
How Alembic reaches the database: over the connection it is handed, or over the settings.

Every feature's models are imported, so that autogenerate and the test that compares the
models with the migrated schema see all of them.
"""

import importlib
import pkgutil

from alembic import context
from sqlalchemy import Connection, inspect
from sqlalchemy.schema import SetColumnComment

import app
from app.core.database import Base, Database
from app.core.settings import settings

for module in pkgutil.walk_packages(app.__path__, "app."):
    if module.name.endswith(".models") or module.name == "app.core.idempotency":
        importlib.import_module(module.name)


def _describe(connection: Connection) -> None:
    """Put the models' words beside the columns, so that PostgreSQL documents itself."""
    if connection.dialect.name != "postgresql":
        return
    present = inspect(connection)
    for table in Base.metadata.sorted_tables:
        if present.has_table(table.name):
            names = {column["name"] for column in present.get_columns(table.name)}
            for column in table.columns:
                if column.name in names and column.comment:
                    connection.execute(SetColumnComment(column))


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=False)
    context.run_migrations()
    _describe(connection)


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with Database(settings().catalogue_url).engine.begin() as connection:
        _run(connection)
