"""Verification: an honest log is proven, and every kind of tampering is found and placed."""

import random
from dataclasses import dataclass

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.database import Database
from app.custody import entry, tiles
from app.custody.models import Leaf, LogEntry
from app.custody.sealing import SignerClient, SigningRefused, seal
from app.custody.verification import Check, Outcome, verify
from tests.app.custody.conftest import falsify, tell

ZERO = bytes(32)


def failed(checks: list[Check]) -> dict[int, tuple[str, ...]]:
    return {check.step: check.places for check in checks if check.outcome is Outcome.FAILED}


def test_an_honest_log_is_proven_in_every_step(sealed_log: Database, signer: SignerClient) -> None:
    checks = verify(sealed_log, keys=[signer.state().key])

    assert [check.step for check in checks] == [1, 2, 3, 4, 5, 6, 7]
    assert failed(checks) == {}
    assert {check.outcome for check in checks} == {Outcome.PROVEN}
    assert checks[5].detail == "3 checkpoints"
    assert checks[6].detail.startswith("180 rows in ")


def test_what_was_not_checked_is_not_called_proven(
    database: Database, investigator: Actor, signer: SignerClient
) -> None:
    tell(database, investigator, 0, 3)
    unsigned = verify(database, keys=[signer.state().key])
    seal(database, signer)
    keyless = verify(database)

    assert unsigned[5].outcome is Outcome.NOT_CHECKED
    assert "no checkpoint was ever signed" in unsigned[5].detail
    assert keyless[5].outcome is Outcome.NOT_CHECKED
    assert "no verifier key" in keyless[5].detail


def test_an_empty_log_verifies(database: Database) -> None:
    assert not failed(verify(database))


@dataclass(frozen=True)
class Tampering:
    """What is done with the guards down, and where which step must find it."""

    statements: tuple[str, ...]
    found: dict[int, str]


MATRIX = {
    "a leaf edited": Tampering(
        ("update custody_leaf set commitment = :zero where log_index = 5",),
        {
            2: "entry 5: body, salt",
            4: "tile 0/0: differs from hash 5",
            5: "head",
            6: "checkpoint 100",
        },
    ),
    "a leaf deleted": Tampering(
        ("delete from custody_leaf where log_index = 5",),
        {1: "leaf 5: missing", 4: "tile 0/0: differs from hash 5", 5: "head"},
    ),
    "the last leaf deleted": Tampering(
        ("delete from custody_leaf where log_index = 299",),
        {1: "head: says 300", 4: "tile 0/1", 5: "head", 6: "checkpoint 300: speaks for 300"},
    ),
    "a leaf added": Tampering(
        ("insert into custody_leaf (log_index, commitment) values (300, :zero)",),
        {1: "leaf 300: beyond the head's size"},
    ),
    "two leaves swapped": Tampering(
        (
            "update custody_leaf set log_index = 9999 where log_index = 5",
            "update custody_leaf set log_index = 5 where log_index = 6",
            "update custody_leaf set log_index = 6 where log_index = 9999",
        ),
        {2: "entry 5", 4: "tile 0/0: differs from hash 5", 5: "head"},
    ),
    "an entry's body edited": Tampering(
        ("update custody_entry set body = :body where log_index = 7",),
        {2: "entry 7: body, salt and leaf"},
    ),
    "an entry's salt edited": Tampering(
        ("update custody_entry set salt = :zero where log_index = 7",), {2: "entry 7"}
    ),
    "an entry's salt shortened": Tampering(
        ("update custody_entry set salt = substr(salt, 1, 31) where log_index = 7",),
        {2: "entry 7: a salt has 32 bytes"},
    ),
    "an entry's actor renamed beside it": Tampering(
        ("update custody_entry set actor_id = 'somebody' where log_index = 7",),
        {3: "entry 7: actor_id is 'somebody'"},
    ),
    "an entry's instant moved": Tampering(
        ("update custody_entry set recorded_at = '2020-01-01 00:00:00' where log_index = 7",),
        {3: "entry 7: recorded_at"},
    ),
    "an entry moved to another case": Tampering(
        ("update custody_entry set case_id = 'case-0' where log_index = 7",),
        {3: "entry 7: case_id"},
    ),
    "an entry deleted": Tampering(
        ("delete from custody_entry where log_index = 5",),
        {
            1: "leaf 5: has no entry",
            3: "entry 6: says seq 1 after 5, where seq 0",
            7: "case_record case-3: slipped in",
        },
    ),
    "a subject's last entry deleted with its leaf": Tampering(
        (
            "delete from custody_entry where log_index = 299",
            "delete from custody_leaf where log_index = 299",
        ),
        {1: "head: says 300", 6: "cut short", 7: "case-179"},
    ),
    "an entry added": Tampering(
        (
            "insert into custody_entry select 300, body, salt, event, subject_kind, subject_id, "
            "case_id, actor_id, recorded_at from custody_entry where log_index = 7",
        ),
        {1: "entry 300: has no leaf"},
    ),
    "two bodies swapped": Tampering(
        (
            "update custody_entry set log_index = 9999 where log_index = 7",
            "update custody_entry set log_index = 7 where log_index = 8",
            "update custody_entry set log_index = 8 where log_index = 9999",
        ),
        {2: "entry 7", 3: "entry 7: index is 7 beside the entry's own 8"},
    ),
    "a tile edited": Tampering(
        ("update custody_tile set data = :tile where level = 0 and tile_index = 1",),
        {4: "tile 0/1: differs from hash 0"},
    ),
    "a tile shortened": Tampering(
        ("update custody_tile set data = substr(data, 1, 64) where level = 0 and tile_index = 0",),
        {4: "tile 0/0: differs from hash 2"},
    ),
    "a tile deleted": Tampering(
        ("delete from custody_tile where level = 1",), {4: "tile 1/0: missing"}
    ),
    "a tile added": Tampering(
        ("insert into custody_tile (level, tile_index, data) values (2, 0, :zero)",),
        {4: "tile 2/0: belongs to no such tree"},
    ),
    "the head's root edited": Tampering(("update custody_head set root = :zero",), {5: "head"}),
    "the head made smaller": Tampering(
        ("update custody_head set size = 299",),
        {1: "leaf 299: beyond", 5: "head", 6: "checkpoint 300"},
    ),
    "the head made larger": Tampering(
        ("update custody_head set size = 301",), {1: "head: says 301 leaves; there are 300"}
    ),
    "a sealed row edited": Tampering(
        ("update case_record set name = 'Another' where id = 'case-5'",),
        {7: "case_record case-5: altered since entry"},
    ),
    "a sealed row's instant made unreadable": Tampering(
        ("update case_record set made_at = 'never' where id = 'case-5'",),
        {7: "case_record case-5: altered since entry"},
    ),
    "a sealed row deleted": Tampering(
        ("delete from case_record where id = 'case-5'",), {7: "case_record case-5: missing"}
    ),
    "a sealed row added": Tampering(
        (
            "insert into case_record (id, name, description, made_at, log_index) "
            "select 'case-x', name, description, made_at, log_index from case_record "
            "where id = 'case-5'",
        ),
        {7: "case_record case-x: slipped in"},
    ),
    "a sealed row added for an entry to come": Tampering(
        (
            "insert into case_record (id, name, description, made_at, log_index) "
            "select 'case-x', name, description, made_at, 999 from case_record "
            "where id = 'case-5'",
        ),
        {7: "case_record case-x: claims an entry that the log does not have"},
    ),
    "a sealed row backdated": Tampering(
        ("update case_record set log_index = 1 where id = 'case-5'",),
        {7: "case_record case-5: claims entry 1"},
    ),
    "a sealed row renamed": Tampering(
        ("update case_record set id = 'case-x' where id = 'case-5'",),
        {7: "case_record case-x: slipped in"},
    ),
    "a checkpoint's note edited": Tampering(
        (
            "update custody_checkpoint set note = replace(note, 'earwitness.example/log', "
            "'earwitness.example/lag') where size = 200",
        ),
        {6: "checkpoint 200: signed by none"},
    ),
    "a checkpoint's root edited": Tampering(
        ("update custody_checkpoint set root = :zero where size = 200",),
        {6: "checkpoint 200: stored beside a note that says otherwise"},
    ),
    "a checkpoint shown for another size": Tampering(
        (
            "delete from custody_checkpoint where size = 300",
            "update custody_checkpoint set size = 300 where size = 200",
        ),
        {6: "checkpoint 300: stored beside a note that says otherwise"},
    ),
}


@pytest.mark.parametrize("name", MATRIX)
def test_every_kind_of_tampering_is_found_and_placed(
    sealed_log: Database, signer: SignerClient, name: str
) -> None:
    tampering = MATRIX[name]
    if "unreadable" in name and sealed_log.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL stores nothing that does not fit its column")
    with sealed_log.reading() as session:
        body = session.get_one(LogEntry, 7).body.replace(b"Inna", b"Olga")

    falsify(sealed_log, *tampering.statements, zero=ZERO, tile=ZERO * 44, body=body)

    found = failed(verify(sealed_log, keys=[signer.state().key]))
    for step, place in tampering.found.items():
        assert any(place in item for item in found.get(step, ())), (step, place, found)


def remake_tree(session: Session) -> None:
    """Make tiles and head anew from the leaves: what a patient forger does."""
    leaves = session.scalars(select(Leaf.commitment).order_by(Leaf.log_index)).all()
    made: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        return made.get((level, index), b"")

    for size, leaf in enumerate(leaves):
        for level, index, data in tiles.append(read, size, [tiles.leaf_hash(leaf)]):
            made[level, index] = data
    session.execute(text("delete from custody_tile"))
    for (level, index), data in made.items():
        session.execute(
            text("insert into custody_tile (level, tile_index, data) values (:l, :i, :d)"),
            {"l": level, "i": index, "d": data},
        )
    session.execute(
        text("update custody_head set size = :size, root = :root"),
        {"size": len(leaves), "root": tiles.root(read, len(leaves))},
    )


def test_a_log_cut_short_and_mended_is_found_by_its_checkpoint(
    sealed_log: Database, signer: SignerClient
) -> None:
    key = signer.state().key
    falsify(
        sealed_log,
        "delete from case_record where log_index >= 280",
        "delete from custody_entry where log_index >= 280",
        "delete from custody_leaf where log_index >= 280",
    )
    with sealed_log.writing() as session:
        remake_tree(session)

    assert failed(verify(sealed_log, keys=[key])) == {
        6: ("checkpoint 300: speaks for 300 leaves; there are 280: cut short",)
    }


def test_a_history_rewritten_whole_is_found_by_its_checkpoint_or_by_one_kept_elsewhere(
    sealed_log: Database, signer: SignerClient
) -> None:
    state = signer.state()
    assert state.note is not None
    with sealed_log.reading() as session:
        row = session.get_one(LogEntry, 7)
        body = row.body.replace(b"Inna", b"Olga")
        commitment = entry.commitment(body, row.salt)
    falsify(
        sealed_log,
        "update custody_entry set body = :body where log_index = 7",
        "update custody_leaf set commitment = :commitment where log_index = 7",
        body=body,
        commitment=commitment,
    )
    with sealed_log.writing() as session:
        remake_tree(session)

    found = failed(verify(sealed_log, keys=[state.key]))
    assert list(found) == [6]
    assert [place.split(":")[0] for place in found[6]] == [
        "checkpoint 100",
        "checkpoint 200",
        "checkpoint 300",
    ]

    falsify(sealed_log, "delete from custody_checkpoint")
    assert not failed(verify(sealed_log, keys=[state.key]))
    found = failed(verify(sealed_log, keys=[state.key], held=[state.note]))
    assert found[6][0].startswith("held checkpoint 0: ")
    with pytest.raises(SigningRefused):
        seal(sealed_log, signer)


def test_one_flipped_bit_anywhere_is_found(
    database: Database, investigator: Actor, signer: SignerClient
) -> None:
    tell(database, investigator, 0, 40)
    seal(database, signer)
    key = signer.state().key
    chance = random.Random(20260102)
    places: list[tuple[str, str, str]] = [
        ("custody_leaf", "commitment", "log_index"),
        ("custody_entry", "body", "log_index"),
        ("custody_entry", "salt", "log_index"),
        ("custody_tile", "data", "level"),
        ("custody_head", "root", "id"),
        ("custody_checkpoint", "root", "size"),
    ]
    falsify(database)

    for _ in range(60):
        table, column, row_key = chance.choice(places)
        with database.writing() as session:
            rows = session.execute(text(f"select {row_key}, {column} from {table}")).all()
            row, value = chance.choice(rows)
            bent = bytearray(value)
            bent[chance.randrange(len(bent))] ^= 1 << chance.randrange(8)
            change = text(f"update {table} set {column} = :value where {row_key} = :row")
            session.execute(change, {"value": bytes(bent), "row": row})
        assert failed(verify(database, keys=[key])), (table, column, row)
        with database.writing() as session:
            session.execute(change, {"value": bytes(value), "row": row})

    assert not failed(verify(database, keys=[key]))


def test_a_table_nobody_imported_is_said_and_not_passed_over(
    sealed_log: Database, signer: SignerClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.custody import sealed_rows

    known = dict(sealed_rows.sealed_tables())
    del known["case_record"]
    monkeypatch.setattr(sealed_rows, "sealed_tables", lambda: known)

    found = failed(verify(sealed_log, keys=[signer.state().key]))

    assert "speaks of a table unknown here, case_record" in found[7][0]


def test_a_log_that_cannot_be_read_at_all_is_a_finding_and_no_crash(
    sealed_log: Database,
) -> None:
    falsify(sealed_log, "drop table custody_checkpoint", "alter table case_record rename to gone")

    checks = verify(sealed_log)

    assert {check.outcome for check in checks} == {Outcome.FAILED}
    assert all("broke off" in check.detail for check in checks)
