"""
Bringing a database to the schema this release knows (Alembic, numbered files).

Called by `earwitness serve` on an embedded store, by `earwitness admin migrate` in a
fleet, and by the tests, so that nothing ever runs on a schema made another way.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.core.database import Database

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


def upgrade(database: Database, revision: str = "head") -> None:
    """Apply every migration up to `revision`, in one transaction."""
    with database.engine.connect() as connection:
        writing = connection.execution_options(writes=True)
        with writing.begin():
            config = _config()
            config.attributes["connection"] = writing
            command.upgrade(config, revision)


def pending(database: Database) -> list[str]:
    """The revisions that this release knows and the database lacks, oldest first."""
    script = ScriptDirectory.from_config(_config())
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    missing = [step.revision for step in script.iterate_revisions("head", current)]
    return [revision for revision in reversed(missing) if revision != current]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config
