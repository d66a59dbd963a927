"""Checkpoints as marks to be met while the log is replayed, in the order of their sizes."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import CatalogError
from app.custody.checkpoint import opened, unchecked
from app.custody.findings import Unreadable, in_order
from app.custody.models import StoredCheckpoint
from app.custody.note import VerifierKey


@dataclass(frozen=True, slots=True)
class Mark:
    """A checkpoint to be met: what it is called here, what it says, what is wrong with it."""

    size: int
    place: str
    root: bytes
    problem: str | None = None


def marks(session: Session, *, keys: Sequence[VerifierKey], held: Sequence[str]) -> Iterator[Mark]:
    """
    Every stored checkpoint and those that were brought along, smallest first.

    Signatures are checked with `keys`; without any, only sizes and roots count.
    """
    brought = [_mark(note, f"held checkpoint {i}", keys) for i, note in enumerate(held)]
    return heapq.merge(_stored(session, keys), sorted(brought, key=_size), key=_size)


def _stored(session: Session, keys: Sequence[VerifierKey]) -> Iterator[Mark]:
    statement = select(StoredCheckpoint.size, StoredCheckpoint.root, StoredCheckpoint.note)
    for row in in_order(session, statement, StoredCheckpoint.size):
        if isinstance(row, Unreadable):
            yield Mark(row.key, f"checkpoint {row.key}", b"", row.why)
            continue
        mark = _mark(row.note, f"checkpoint {row.size}", keys)
        problem = mark.problem
        if problem is None and (mark.size, mark.root) != (row.size, row.root):
            problem = "stored beside a note that says otherwise"
        yield Mark(row.size, mark.place, row.root, problem)


def _mark(note: str, place: str, keys: Sequence[VerifierKey]) -> Mark:
    try:
        checkpoint = opened(note, keys) if keys else unchecked(note)
    except CatalogError as error:
        return Mark(0, place, b"", error.message)
    problem = None
    if keys and checkpoint.origin not in {key.name for key in keys}:
        problem = f"speaks of another log, {checkpoint.origin}"
    return Mark(checkpoint.size, place, checkpoint.root, problem)


def _size(mark: Mark) -> int:
    return mark.size
