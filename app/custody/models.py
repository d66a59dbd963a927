"""
The tables of the custody log, and what it means for a row to be sealed by it.

Guards in both databases refuse to change or delete leaves, entries and sealed rows, and
let tiles and the head only grow (`migrations/guards.py`). Guards stop accidents; what
stops an insider is that the tree no longer adds up.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, inspect
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from app.core import clock
from app.core.canonical import Json, canonical
from app.core.database import Base
from app.core.digest import Digest

LATER = {"later": True}
"""The `info` of a nullable column that a sealed table got after rows were sealed in it."""


class Leaf(Base):
    """A leaf of the tree: the commitment to one entry. Outlives the entry's body."""

    __tablename__ = "custody_leaf"

    log_index: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="place in the log, from 0, without gaps"
    )
    commitment: Mapped[bytes] = mapped_column(comment="32 bytes; see app/custody/entry.py")


class LogEntry(Base):
    """The body and salt behind a leaf, and the few fields by which entries are looked up."""

    __tablename__ = "custody_entry"

    log_index: Mapped[int] = mapped_column(
        ForeignKey("custody_leaf.log_index"),
        primary_key=True,
        autoincrement=False,
        comment="the leaf this is the body of",
    )
    body: Mapped[bytes] = mapped_column(comment="RFC 8785 JSON, exactly as hashed")
    salt: Mapped[bytes] = mapped_column(comment="32 random bytes")
    event: Mapped[str] = mapped_column(comment="subject:action, repeated from the body")
    subject_kind: Mapped[str] = mapped_column(comment="what sort of thing it happened to")
    subject_id: Mapped[str] = mapped_column(comment="which one")
    case_id: Mapped[str | None] = mapped_column(index=True, comment="whose need to know")
    actor_id: Mapped[str] = mapped_column(comment="who did it")
    recorded_at: Mapped[datetime] = mapped_column(
        index=True, comment="when it was recorded, our clock"
    )

    __table_args__ = (Index(None, "subject_id", "log_index"),)


class Tile(Base):
    """Up to 256 hashes of one level of the tree."""

    __tablename__ = "custody_tile"

    level: Mapped[int] = mapped_column(primary_key=True, comment="0 for leaf hashes")
    tile_index: Mapped[int] = mapped_column(primary_key=True, comment="from the left")
    data: Mapped[bytes] = mapped_column(comment="32 bytes a hash, growing at the end only")


class Head(Base):
    """The one row that says how large the tree is; locked by whoever appends."""

    __tablename__ = "custody_head"

    id: Mapped[int] = mapped_column(primary_key=True, comment="always 1")
    size: Mapped[int] = mapped_column(comment="number of leaves")
    root: Mapped[bytes] = mapped_column(comment="RFC 6962 root of that many leaves")


class StoredCheckpoint(Base):
    """
    A checkpoint that the signer signed, kept as the note it came in.

    Not sealed by the log, which it speaks about: its signature is what binds it.
    """

    __tablename__ = "custody_checkpoint"

    size: Mapped[int] = mapped_column(
        primary_key=True, autoincrement=False, comment="number of leaves it speaks for"
    )
    root: Mapped[bytes] = mapped_column(comment="RFC 6962 root of that many leaves")
    note: Mapped[str] = mapped_column(comment="C2SP signed note, exactly as it came")
    kept_at: Mapped[datetime] = mapped_column(comment="when it was stored, our clock")


class Sealed:
    """
    A row whose content is bound to the custody entry that made it.

    The entry carries the digest of the row's columns, so that `earwitness verify` finds a
    row that was altered, removed or slipped in by somebody with the database password.
    Sealed rows are never updated: a change is a new row.

    A table may get further columns: nullable, marked `info=LATER`, and left out of the digest
    while they are null. Rows from before such a column keep the digest they were sealed with, and
    putting a value there or taking one away changes it.
    """

    @declared_attr
    def log_index(self) -> Mapped[int]:
        """The entry that made this row."""
        return mapped_column(
            ForeignKey("custody_leaf.log_index"),
            index=True,
            comment="the custody entry that made this row and carries its digest",
        )

    def sealed_value(self) -> dict[str, Json]:
        """What the digest covers: every column but `log_index`, in canonical types."""
        mapper: Any = inspect(type(self))
        return {
            column.key: _plain(getattr(self, column.key))
            for column in mapper.column_attrs
            if column.key != "log_index" and not self._lacks(column.columns[0], column.key)
        }

    def _lacks(self, column: "Column[Any]", key: str) -> bool:
        """Whether this is a column that came after its table and holds nothing in this row."""
        return column.info == LATER and getattr(self, key) is None

    def seal(self) -> Digest:
        """The digest that the entry carries."""
        return Digest.of_bytes(canonical(self.sealed_value()))


def _plain(value: Any) -> Json:
    match value:
        case datetime():
            return clock.spell(value)
        case bytes():
            return value.hex()
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case None | bool() | int():
            return value
        case str():
            return str(value)
        case _:
            raise TypeError(f"a sealed row cannot hold {type(value).__name__}")
