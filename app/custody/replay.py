"""
The log replayed from its leaves: steps 1 to 6 of `verification`, in one walk.

A tile's worth of entries is in memory at a time. What is wrong in one place is noted, and
the walk goes on, so that one report names everything that was touched.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.canonical import parse
from app.core.errors import CatalogError
from app.custody import entry, queries, tiles
from app.custody.findings import Check, Findings, Unreadable, in_order
from app.custody.marks import Mark, marks
from app.custody.models import Leaf, LogEntry
from app.custody.note import VerifierKey
from app.custody.rebuilt import RebuiltTree

NO_CHECKPOINT = (
    "no checkpoint was ever signed: whoever can write the database could have made the "
    "whole log anew"
)
NO_KEY = "checkpoints fit the log, but no verifier key was given to check signatures with"

_ENTRY = (
    LogEntry.body,
    LogEntry.salt,
    LogEntry.event,
    LogEntry.subject_kind,
    LogEntry.subject_id,
    LogEntry.case_id,
    LogEntry.actor_id,
    LogEntry.recorded_at,
)


class Replay:
    """One walk over the log; `checks` runs it and tells what came of each step."""

    def __init__(
        self, session: Session, *, keys: Sequence[VerifierKey], held: Sequence[str]
    ) -> None:
        self._session, self._signatures = session, bool(keys)
        self._dense = Findings(1, "leaves are dense from 0 and each has its entry")
        self._hashes = Findings(2, "every entry hashes with its salt to its leaf")
        self._formed = Findings(3, "every entry says its own place; chains have no gaps")
        self._tiled = Findings(4, "stored tiles equal those computed from the leaves")
        self._rooted = Findings(5, "the head's root is the root of the leaves")
        self._signed = Findings(6, "every signed checkpoint is the root of its first leaves")
        self._head = queries.head(session)
        self._tree = RebuiltTree(session, self._tiled)
        self._marks = marks(session, keys=keys, held=held)
        self._next = next(self._marks, None)
        self._met = 0

    def checks(self) -> Iterator[Check]:
        """Walk the log, then each subject's chain; the checks of steps 1 to 6."""
        size, root = self._head.size, self._head.root
        self._walk()
        self._meet(all_of_them=True)
        if self._tree.reached != size:
            self._dense.fault("head", f"says {size} leaves; there are {self._tree.reached}")
        self._look_for_entries_without_leaf()
        if self._tree.root() != root:
            self._rooted.fault("head", f"{root.hex()}; leaves make {self._tree.root().hex()}")
        width = self._tree.finish()
        _follow_chains(self._session, self._formed)
        yield self._dense.check(f"{size} leaves")
        yield self._hashes.check(f"{size} entries")
        yield self._formed.check(f"{size} entries")
        yield self._tiled.check(f"{width} tiles")
        yield self._rooted.check(f"size {size}, root {root.hex()}")
        missing = None if self._signatures else NO_KEY
        yield self._signed.check(
            f"{self._met} checkpoints", not_checked=missing if self._met else NO_CHECKPOINT
        )

    def _walk(self) -> None:
        statement = select(Leaf.log_index, Leaf.commitment, *_ENTRY).outerjoin(
            LogEntry, LogEntry.log_index == Leaf.log_index
        )
        expected = 0
        for row in in_order(self._session, statement, Leaf.log_index):
            if isinstance(row, Unreadable):
                index, commitment = row.key, self._commitment(row.key)
                self._formed.fault(f"entry {index}", row.why)
            else:
                index, commitment = row.log_index, row.commitment
                self._examine(row)
            if index != expected:
                self._dense.fault(f"leaf {expected}", f"missing; the next one is {index}")
            expected = index + 1
            self._meet()
            if self._tree.reached < self._head.size:
                self._tree.push(tiles.leaf_hash(commitment))
            else:
                self._dense.fault(f"leaf {index}", f"beyond the head's size {self._head.size}")

    def _commitment(self, index: int) -> bytes:
        statement = select(Leaf.commitment).where(Leaf.log_index == index)
        try:
            return self._session.scalars(statement).one()
        except (TypeError, ValueError):
            return b""  # no leaf hashes to what follows from this, and the tree will say so

    def _examine(self, row: Row[Any]) -> None:
        if row.body is None:
            self._dense.fault(f"leaf {row.log_index}", "has no entry")
            return
        _compare_hash(row, self._hashes)
        _compare_words(row, self._formed)

    def _meet(self, *, all_of_them: bool = False) -> None:
        """Judge the checkpoints whose size the rebuilt tree has reached."""
        while self._next and (all_of_them or self._next.size <= self._tree.reached):
            self._judge(self._next)
            self._met += 1
            self._next = next(self._marks, None)

    def _judge(self, mark: Mark) -> None:
        reached = self._tree.reached
        if mark.problem is not None:
            self._signed.fault(mark.place, mark.problem)
        elif mark.size > reached:
            self._signed.fault(
                mark.place, f"speaks for {mark.size} leaves; there are {reached}: cut short"
            )
        elif mark.root != self._tree.root():
            self._signed.fault(
                mark.place, f"{mark.root.hex()}; leaves make {self._tree.root().hex()}"
            )

    def _look_for_entries_without_leaf(self) -> None:
        statement = (
            select(LogEntry.log_index)
            .outerjoin(Leaf, Leaf.log_index == LogEntry.log_index)
            .where(Leaf.log_index.is_(None))
        )
        for index in self._session.scalars(statement.execution_options(yield_per=1000)):
            self._dense.fault(f"entry {index}", "has no leaf")


def _compare_hash(row: Row[Any], findings: Findings) -> None:
    try:
        found = entry.commitment(row.body, row.salt)
    except (ValueError, TypeError) as error:
        findings.fault(f"entry {row.log_index}", str(error))
        return
    if found != row.commitment:
        findings.fault(
            f"entry {row.log_index}",
            "body, salt and leaf do not belong together: one of them was changed",
        )


def _compare_words(row: Row[Any], findings: Findings) -> None:
    place = f"entry {row.log_index}"
    try:
        body: Any = parse(row.body)
        says = {
            "index": body["index"],
            "event": body["event"],
            "subject_kind": body["subject"]["kind"],
            "subject_id": body["subject"]["id"],
            "case_id": body["case"],
            "actor_id": body["actor"]["id"],
            "recorded_at": body["recorded_at"],
        }
    except (CatalogError, LookupError, TypeError) as error:
        findings.fault(place, f"not a well-formed entry: {error}")
        return
    stored = {**row._asdict(), "index": row.log_index, "recorded_at": clock.spell(row.recorded_at)}
    for name, value in says.items():
        if stored[name] != value:
            findings.fault(place, f"{name} is {stored[name]!r} beside the entry's own {value!r}")


def _follow_chains(session: Session, findings: Findings) -> None:
    """Follow each subject's `seq` and `prev`: a missing entry leaves a gap in a chain."""
    rows = session.execute(
        select(LogEntry.subject_id, LogEntry.log_index, LogEntry.body)
        .order_by(LogEntry.subject_id, LogEntry.log_index)
        .execution_options(yield_per=1000)
    )
    for _, group in groupby(rows, key=lambda row: row.subject_id):
        last: dict[str, tuple[int, int]] = {}
        for _, log_index, body in group:
            try:
                told = json.loads(body)
                kind, seq, prev = told["subject"]["kind"], told["seq"], told["prev"]
            except (ValueError, LookupError, TypeError):
                continue  # step 3 has said so already
            count, before = last.get(kind, (0, None))
            if (seq, prev) != (count, before):
                findings.fault(
                    f"entry {log_index}",
                    f"says seq {seq} after {prev}, where seq {count} after {before} is due",
                )
            last[kind] = (count + 1, log_index)
