"""Recording: one entry per change, in the same transaction, in a dense order."""

import threading

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.core.actor import Actor
from app.core.canonical import parse
from app.core.database import Database
from app.custody import entry, tiles
from app.custody.events import EventType
from app.custody.models import Head, Leaf, LogEntry, Tile
from app.custody.service import Subject, record

CASE = Subject("case", "case-1")


def write(database: Database, actor: Actor, times: int = 1) -> None:
    with database.writing() as session:
        for _ in range(times):
            record(session, EventType.CASE_CREATION, subject=CASE, actor=actor, case_id="case-1")


def test_entries_are_dense_and_chained_per_subject(
    database: Database, investigator: Actor
) -> None:
    write(database, investigator, times=3)

    with database.reading() as session:
        bodies = [
            parse(row.body) for row in session.scalars(select(LogEntry).order_by("log_index"))
        ]

    assert [body["index"] for body in bodies] == [0, 1, 2]
    assert [body["seq"] for body in bodies] == [0, 1, 2]
    assert [body["prev"] for body in bodies] == [None, 0, 1]
    assert bodies[0]["actor"]["name"] == "Inna"


def test_the_head_is_the_root_of_the_leaves(database: Database, investigator: Actor) -> None:
    for _ in range(5):
        write(database, investigator, times=60)

    with database.reading() as session:
        leaves = session.scalars(select(Leaf.commitment).order_by(Leaf.log_index)).all()
        entries = session.scalars(select(LogEntry).order_by(LogEntry.log_index)).all()
        head = session.scalars(select(Head)).one()
        widths = session.execute(select(Tile.level, Tile.tile_index, func.length(Tile.data)))

        assert head.size == 300
        assert head.root == reference_root([tiles.leaf_hash(leaf) for leaf in leaves])
        assert [entry.commitment(row.body, row.salt) for row in entries] == list(leaves)
        assert sorted(map(tuple, widths)) == [(0, 0, 256 * 32), (0, 1, 44 * 32), (1, 0, 32)]


def test_a_change_that_fails_leaves_no_entry(database: Database, investigator: Actor) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:
        record(session, EventType.CASE_CREATION, subject=CASE, actor=investigator)
        _ = 1 / 0

    with database.reading() as session:
        assert session.scalars(select(Head.size)).one() == 0
        assert session.scalars(select(func.count(LogEntry.log_index))).one() == 0


def test_writers_at_the_same_time_queue_and_none_is_lost(
    database: Database, investigator: Actor
) -> None:
    threads = [threading.Thread(target=write, args=(database, investigator, 5)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with database.reading() as session:
        leaves = session.scalars(select(Leaf.commitment).order_by(Leaf.log_index)).all()
        head = session.scalars(select(Head)).one()
        assert len(leaves) == head.size == 40
        assert head.root == reference_root([tiles.leaf_hash(leaf) for leaf in leaves])


@pytest.mark.parametrize(
    "statement",
    [
        "update custody_entry set actor_id = 'someone else' where log_index = 1",
        "delete from custody_entry where log_index = 2",
        "delete from custody_leaf",
        "update custody_leaf set commitment = commitment",
        "insert into custody_leaf (log_index, commitment) values (9, 'x')",
        "insert or replace into custody_leaf (log_index, commitment) values (1, 'x')",
        "insert into custody_leaf (log_index, commitment) values (1, 'x') "
        "on conflict (log_index) do update set commitment = 'x'",
        "update custody_tile set data = substr(data, 1, 32)",
        "delete from custody_tile",
        "update custody_head set size = 1",
        "delete from custody_head",
    ],
)
@pytest.mark.parametrize("recursive", ["on", "off"])
def test_the_database_refuses_to_change_the_past(
    database: Database, investigator: Actor, statement: str, recursive: str
) -> None:
    write(database, investigator, times=3)
    with database.reading() as session:
        before = list(session.execute(select(Leaf.log_index, Leaf.commitment)))

    with pytest.raises(DBAPIError), database.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("commit")
            connection.exec_driver_sql(f"pragma recursive_triggers = {recursive}")
            connection.exec_driver_sql("begin immediate")
        connection.execute(text(statement))

    with database.reading() as session:
        assert list(session.execute(select(Leaf.log_index, Leaf.commitment))) == before


def reference_root(hashes: list[bytes]) -> bytes:
    """RFC 6962 2.1, word for word: the definition that the tiles must agree with."""
    if not hashes:
        return tiles.EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return tiles.node_hash(reference_root(hashes[:split]), reference_root(hashes[split:]))
