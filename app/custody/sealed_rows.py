"""
Sealed rows against the entries that made them: step 7 of `verification`.

An entry lists the rows that its change made, each with the digest of its columns. Walking
entries and every sealed table side by side, by log index, shows a row that was altered,
taken away, or slipped in under an entry that never mentioned it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Select, inspect, or_, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from app.core.database import Base
from app.core.errors import CatalogError
from app.custody import queries
from app.custody.findings import CHUNK, Check, Findings
from app.custody.models import LogEntry, Sealed

UNREADABLE = (ValueError, LookupError, TypeError, StatementError)
Key = tuple[str, str]  # table, identifier


def sealed_tables() -> Mapping[str, type[Any]]:
    """Every table whose rows are sealed, by name, as far as its models are imported."""
    return {
        str(mapper.local_table): mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Sealed)
    }


def compare_rows(session: Session) -> Check:
    """Step 7, over the whole log."""
    findings = Findings(7, "every sealed row is as its entry says; none is missing or extra")
    tables = sealed_tables()
    size = queries.head(session).size
    compared = 0
    for low in range(0, size, CHUNK):
        high = min(low + CHUNK, size)
        told = dict(_told(session, low, high))
        for key in [key for key in told if key[0] not in tables]:
            index, _ = told.pop(key)
            findings.fault(f"entry {index}", f"speaks of a table unknown here, {key[0]}")
        for table, model in tables.items():
            for row_id, index, digest in _stored(session, model, low, high):
                compared += 1
                problem = _problem(told.pop((table, row_id), None), index, digest)
                if problem:
                    findings.fault(f"{table} {row_id}", problem)
        for (table, row_id), (index, _) in told.items():
            findings.fault(f"{table} {row_id}", f"missing; entry {index} made it")
        session.expunge_all()
    for table, model in tables.items():
        for row_id in _outside(session, model, size):
            findings.fault(f"{table} {row_id}", "claims an entry that the log does not have")
    return findings.check(f"{compared} rows in {len(tables)} tables")


def _told(session: Session, low: int, high: int) -> Iterator[tuple[Key, tuple[int, str]]]:
    rows = session.execute(
        select(LogEntry.log_index, LogEntry.body)
        .where(LogEntry.log_index >= low, LogEntry.log_index < high)
        .order_by(LogEntry.log_index)
    )
    for index, body in rows:
        try:
            for row in json.loads(body)["rows"]:
                yield (row["table"], row["id"]), (index, row["digest"])
        except (ValueError, LookupError, TypeError):
            continue  # step 3 has said so; the rows it made will have no entry below


def _problem(told: tuple[int, str] | None, index: int, digest: str | None) -> str | None:
    if told is None:
        return f"slipped in: entry {index} does not speak of it"
    entry_index, expected = told
    if entry_index != index:
        return f"claims entry {index}, and entry {entry_index} made it"
    if digest is None:
        return f"altered since entry {index}: its columns cannot even be read"
    if digest != expected:
        return f"altered since entry {index}: {digest} where {expected} is on record"
    return None


def _stored(
    session: Session, model: type[Any], low: int, high: int
) -> Iterator[tuple[str, int, str | None]]:
    """Each row's identifier, entry and present digest (`None` if it cannot be read)."""
    key = inspect(model).primary_key[0]
    within = (model.log_index >= low, model.log_index < high)
    try:
        rows = session.scalars(select(model).where(*within)).all()
    except UNREADABLE:
        for row_id, index in session.execute(select(key, model.log_index).where(*within)).all():
            yield str(row_id), index, _seal_alone(session, select(model).where(key == row_id))
        return
    for row in rows:
        yield str(getattr(row, key.key)), row.log_index, _seal(row)


def _seal_alone(session: Session, statement: Select[Any]) -> str | None:
    try:
        return _seal(session.scalars(statement).one())
    except UNREADABLE:
        return None


def _seal(row: Sealed) -> str | None:
    try:
        return str(row.seal())
    except (TypeError, ValueError, CatalogError):
        return None


def _outside(session: Session, model: type[Any], size: int) -> Iterator[str]:
    key = inspect(model).primary_key[0]
    beyond = or_(model.log_index < 0, model.log_index >= size, model.log_index.is_(None))
    for row_id in session.scalars(select(key).where(beyond).execution_options(yield_per=1000)):
        yield str(row_id)
