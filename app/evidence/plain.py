"""
Rows as they go out: the very values that their custody entries seal.

What a reader sees and what a verifier hashes are the same; addresses, standings and
annotations are added beside them.
"""

from collections.abc import Iterable
from typing import TypeVar

from app.core.canonical import Json
from app.custody.models import Sealed
from app.recordings.models import MediaInstance

API = "/api/v1"
Row = TypeVar("Row", bound=Sealed)


def plain(row: Sealed, *, without: Iterable[str] = ()) -> dict[str, Json]:
    """A row's columns as its entry sealed them, and the entry's place; `case_id` is said once."""
    left_out = {"case_id", *without}
    value = {name: item for name, item in row.sealed_value().items() if name not in left_out}
    return {**value, "log_index": row.log_index}


def grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    """Rows by the identifier in one of their columns, order kept."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found


def address_of(instance: MediaInstance) -> str:
    """Where an instance is found over HTTP."""
    return f"{API}/recordings/{instance.recording_id}/media-instances/{instance.id}"
