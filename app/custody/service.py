"""
Recording what was done: one verb, called inside the transaction of the change itself.

The change and its entry stand or fall together. Whoever appends holds the lock on the
head row until commit, so indexes are dense and in commit order on both databases.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.errors import Conflict
from app.custody import entry, tiles
from app.custody.events import EventType
from app.custody.models import Head, Leaf, LogEntry, Sealed, Tile


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: `kind` is a noun of the glossary, `id` its identifier."""

    kind: str
    id: str


def record(
    session: Session,
    event: EventType,
    *,
    subject: Subject,
    actor: Actor,
    case_id: str | None = None,
    rows: Sequence[Sealed] = (),
    details: dict[str, Json] | None = None,
    claimed_at: datetime | None = None,
) -> LogEntry:
    """
    Append one entry, and seal and add the rows that the change makes.

    `rows` must be new and complete (identifiers included); they are added to the session
    here in their order, each with its digest in the entry. `claimed_at` is when the actor says it
    happened; `recorded_at` is always our own clock.
    """
    head = _lock_head(session)
    last = _last_of(session, subject)
    recorded_at = clock.now()
    body = entry.spell(
        {
            "index": head.size,
            "event": str(event),
            "subject": {"kind": subject.kind, "id": subject.id},
            "seq": last.seq + 1 if last else 0,
            "prev": last.log_index if last else None,
            "case": case_id,
            "actor": actor.as_data(),
            "recorded_at": clock.spell(recorded_at),
            "claimed_at": clock.spell(claimed_at) if claimed_at else None,
            "rows": [_sealed_row(row) for row in rows],
            "details": details or {},
        }
    )
    salt = secrets.token_bytes(entry.SALT_BYTES)
    commitment = entry.commitment(body, salt)
    log_index = head.size
    session.add(Leaf(log_index=log_index, commitment=commitment))
    session.flush()
    made = LogEntry(
        log_index=log_index,
        body=body,
        salt=salt,
        event=str(event),
        subject_kind=subject.kind,
        subject_id=subject.id,
        case_id=case_id,
        actor_id=actor.id,
        recorded_at=recorded_at,
    )
    session.add(made)
    _grow(session, head, tiles.leaf_hash(commitment))
    for row in rows:
        row.log_index = log_index
        session.add(row)
        session.flush()  # one by one: a row may point at one before it
    return made


def inception(session: Session, *, origin: str, actor: Actor) -> LogEntry:
    """Begin a log: its first entry says what it is called. `Conflict` if it has begun."""
    size = _lock_head(session).size
    if size:
        raise Conflict("this log has begun already", size=size)
    return record(
        session,
        EventType.LOG_INCEPTION,
        subject=Subject("log", origin),
        actor=actor,
        details={"origin": origin, "entry_version": entry.VERSION},
    )


def _lock_head(session: Session) -> Head:
    session.flush()
    return session.scalars(
        select(Head).with_for_update().execution_options(populate_existing=True)
    ).one()


def _grow(session: Session, head: Head, leaf_hash: bytes) -> None:
    session.flush()

    seen: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        if (level, index) not in seen:
            tile = session.get(Tile, (level, index), populate_existing=True)
            seen[level, index] = tile.data if tile else b""
        return seen[level, index]

    for level, index, data in tiles.append(read, head.size, [leaf_hash]):
        tile = session.get(Tile, (level, index))
        seen[level, index] = data
        if tile:
            tile.data = data
        else:
            session.add(Tile(level=level, tile_index=index, data=data))
    session.flush()
    size = head.size + 1
    root = tiles.root(read, size)
    head.size, head.root = size, root


@dataclass(frozen=True, slots=True)
class _Last:
    log_index: int
    seq: int


def _last_of(session: Session, subject: Subject) -> _Last | None:
    """The previous entry about the same subject, so that a missing one shows."""
    found = session.execute(
        select(LogEntry.log_index, LogEntry.body)
        .where(LogEntry.subject_id == subject.id, LogEntry.subject_kind == subject.kind)
        .order_by(LogEntry.subject_id.desc(), LogEntry.log_index.desc())
        .limit(1)
    ).first()
    if found is None:
        return None
    log_index, body = found
    return _Last(log_index, json.loads(body)["seq"])


def _sealed_row(row: Sealed) -> Json:
    mapper = inspect(type(row))
    return {
        "table": str(mapper.local_table),
        "id": str(getattr(row, mapper.primary_key[0].key)),
        "digest": str(row.seal()),
    }
