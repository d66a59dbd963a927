"""
Guards that keep evidence tables append-only, for both databases.

On SQLite `INSERT OR REPLACE` deletes a row without firing a delete trigger unless
`recursive_triggers` is on (it is, but the guard must hold for another client too), so a
BEFORE INSERT trigger refuses any row whose key is already there. On PostgreSQL triggers
are ENABLE ALWAYS, so that `session_replication_role = replica` does not silence them.
"""

from alembic import op


def append_only(table: str, key: str = "id") -> None:
    """Refuse every UPDATE and DELETE (and TRUNCATE, and replacing INSERT) on `table`."""
    if op.get_bind().dialect.name == "sqlite":
        for action in ("update", "delete"):
            _sqlite(table, f"no_{action}", f"before {action} on {table}", "1")
        _sqlite(
            table,
            "no_replace",
            f"before insert on {table}",
            f"exists (select 1 from {table} where {key} = new.{key})",
        )
        return
    _postgresql_function()
    _postgresql(table, "no_change", "before update or delete", "for each row")
    _postgresql(table, "no_truncate", "before truncate", "for each statement")


def grow_only(table: str, *, condition: str) -> None:
    """Refuse DELETE on `table`, and every UPDATE for which `condition` (of old, new) fails."""
    if op.get_bind().dialect.name == "sqlite":
        _sqlite(table, "no_delete", f"before delete on {table}", "1")
        _sqlite(table, "grows", f"before update on {table}", f"not ({condition})")
        return
    _postgresql_function()
    _postgresql(table, "no_delete", "before delete", "for each row")
    _postgresql(table, "no_truncate", "before truncate", "for each statement")
    _postgresql(table, "grows", "before update", f"for each row when (not ({condition}))")


def dense(table: str, key: str) -> None:
    """Refuse an INSERT whose `key` is not the next whole number (SQLite and PostgreSQL)."""
    gap = f"new.{key} <> (select coalesce(max({key}) + 1, 0) from {table})"
    if op.get_bind().dialect.name == "sqlite":
        _sqlite(table, "dense", f"before insert on {table}", gap)
        return
    op.execute(
        f"""create function {table}_dense() returns trigger language plpgsql as $$
        begin if {gap} then raise exception '{table} is dense: gap refused'; end if;
        return new; end $$"""
    )
    op.execute(
        f"create trigger {table}_dense before insert on {table} "
        f"for each row execute function {table}_dense()"
    )
    op.execute(f"alter table {table} enable always trigger {table}_dense")


def _sqlite(table: str, name: str, when: str, condition: str) -> None:
    op.execute(
        f"create trigger {table}_{name} {when} when {condition} "
        f"begin select raise(abort, '{table} is append-only'); end"
    )


def _postgresql_function() -> None:
    op.execute(
        """create or replace function refuse_change() returns trigger language plpgsql as $$
        begin raise exception '% is append-only', tg_table_name; end $$"""
    )


def _postgresql(table: str, name: str, when: str, how: str) -> None:
    op.execute(
        f"create trigger {table}_{name} {when} on {table} {how} execute function refuse_change()"
    )
    op.execute(f"alter table {table} enable always trigger {table}_{name}")
