"""Reading the custody log: its head, its entries, and proofs about them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.errors import Invalid, NotFound
from app.core.paging import DEFAULT_LIMIT, Page, page
from app.custody import tiles
from app.custody.models import Head, Leaf, LogEntry, StoredCheckpoint, Tile
from app.custody.service import Subject


@dataclass(frozen=True, slots=True)
class TreeHead:
    """How large the log is, and the RFC 6962 root of that many leaves (32 bytes)."""

    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That leaf `index` is in the tree of `size` under `root`; `path` is the proof."""

    index: int
    size: int
    leaf_hash: bytes
    path: list[bytes]
    root: bytes


@dataclass(frozen=True, slots=True)
class Consistency:
    """That the tree of `new` leaves begins with the tree of `old`; `path` is the proof."""

    old: int
    new: int
    path: list[bytes]
    old_root: bytes
    new_root: bytes


_HEAD = select(Head.size, Head.root)  # made once: every request asks for it


def head(session: Session) -> TreeHead:
    """The present head."""
    size, root = session.execute(_HEAD).one()
    return TreeHead(size, root)


def tile_reader(session: Session) -> tiles.ReadTile:
    """What `tiles` reads through: each tile at most once."""
    seen: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        if (level, index) not in seen:
            found = session.scalar(
                select(Tile.data).where(Tile.level == level, Tile.tile_index == index)
            )
            seen[level, index] = found or b""
        return seen[level, index]

    return read


def root_at(session: Session, size: int) -> bytes:
    """The root of the first `size` leaves; `Invalid` for a size that was never reached."""
    _refuse_future(session, size, field="size")
    return tiles.root(tile_reader(session), size)


def entry(session: Session, index: int) -> LogEntry | None:
    """One entry, if the log is that long and the body was not destroyed."""
    return session.get(LogEntry, index)


def entries(
    session: Session,
    *,
    cases: Collection[str],
    subject: Subject | None = None,
    before: int | None = None,
    limit: int = DEFAULT_LIMIT,
    cursor: str | None = None,
) -> Page[LogEntry]:
    """
    A page of the entries of these cases, oldest first, about one subject or about all.

    Entries that belong to no case (sign-ins, accounts) are in no case's listing. `before`
    leaves out what was recorded from that index on.
    """
    statement = select(LogEntry).where(LogEntry.case_id.in_(cases))
    if subject is not None:
        statement = statement.where(
            LogEntry.subject_kind == subject.kind, LogEntry.subject_id == subject.id
        )
    if before is not None:
        statement = statement.where(LogEntry.log_index < before)
    return page(session, statement, key=LogEntry.log_index, limit=limit, cursor=cursor)


def inclusion(session: Session, index: int, size: int | None = None) -> Inclusion:
    """Prove that entry `index` is in the log of `size` entries (by default, all of it)."""
    size = head(session).size if size is None else size
    _refuse_future(session, size, field="size")
    commitment = session.scalar(select(Leaf.commitment).where(Leaf.log_index == index))
    if commitment is None:
        raise NotFound(f"the log has no entry {index}")
    if index >= size:
        raise Invalid(f"entry {index} came after size {size}", field="size")
    read = tile_reader(session)
    return Inclusion(
        index=index,
        size=size,
        leaf_hash=tiles.leaf_hash(commitment),
        path=tiles.inclusion_proof(read, index, size),
        root=tiles.root(read, size),
    )


def consistency(session: Session, old: int, new: int | None = None) -> Consistency:
    """Prove that the log of `new` entries (by default, all) only grew from that of `old`."""
    new = head(session).size if new is None else new
    _refuse_future(session, new, field="new")
    if not 0 < old <= new:
        raise Invalid(f"old must be 1 to {new}: an empty log proves nothing", field="old")
    read = tile_reader(session)
    return Consistency(
        old=old,
        new=new,
        path=tiles.consistency_proof(read, old, new),
        old_root=tiles.root(read, old),
        new_root=tiles.root(read, new),
    )


def latest_checkpoint(session: Session) -> StoredCheckpoint | None:
    """The largest checkpoint that was signed and kept."""
    return session.scalar(select(StoredCheckpoint).order_by(StoredCheckpoint.size.desc()).limit(1))


def size_at(session: Session, instant: datetime) -> int:
    """
    How large the log was at an instant: the entries recorded until then, and at it.

    Should our clock ever have gone back, this is the largest such size, so that what an
    answer of that instant could have shown is never left out.
    """
    last = session.scalar(
        select(func.max(LogEntry.log_index)).where(LogEntry.recorded_at <= instant)
    )
    return 0 if last is None else last + 1


def recorded_at(session: Session, size: int) -> datetime | None:
    """When the log reached `size`: the instant of its last entry then."""
    return session.scalar(select(LogEntry.recorded_at).where(LogEntry.log_index == size - 1))


def _refuse_future(session: Session, size: int, *, field: str) -> None:
    present = head(session).size
    if not 0 <= size <= present:
        raise Invalid(f"the log has {present} entries, not {size}", field=field)
