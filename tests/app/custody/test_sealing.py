"""Sealing: the head is read back before it is signed, and every checkpoint is kept."""

import pytest
from sqlalchemy import select

from app.core.actor import Actor
from app.core.database import Database
from app.core.errors import Conflict, IntegrityFailure, Unavailable
from app.custody import queries, service
from app.custody.checkpoint import opened
from app.custody.models import StoredCheckpoint
from app.custody.sealing import Sealer, SignerClient, SigningRefused, seal
from app.custody.verification import Outcome, verify
from tests.app.custody.conftest import ORIGIN, falsify, tell


def kept(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(select(StoredCheckpoint.size).order_by("size")))


def test_a_checkpoint_pins_the_head(
    database: Database, investigator: Actor, signer: SignerClient
) -> None:
    assert seal(database, signer) is None
    tell(database, investigator, 1, 5)

    stored = seal(database, signer)

    assert stored is not None
    with database.reading() as session:
        head = queries.head(session)
        latest = queries.latest_checkpoint(session)
    assert latest is not None
    checkpoint = opened(latest.note, [signer.state().key], origin=ORIGIN)
    assert (checkpoint.size, checkpoint.root) == (head.size, head.root)
    assert seal(database, signer) is None


def test_a_checkpoint_signed_and_lost_is_signed_again(
    database: Database, investigator: Actor, signer: SignerClient
) -> None:
    """Killed after the signer answered and before the note was stored: nothing is lost."""
    tell(database, investigator, 1, 5)
    with database.reading() as session:
        head = queries.head(session)
    signer.sign(size=head.size, root=head.root, path=[])
    assert kept(database) == []

    seal(database, signer)

    assert kept(database) == [head.size]


@pytest.mark.parametrize(
    "statement",
    [
        "update custody_leaf set commitment = :zero where log_index = 3",
        "update custody_entry set salt = :zero where log_index = 3",
        "update custody_tile set data = :zero where level = 0",
        "update custody_head set root = :zero",
        "delete from custody_entry where log_index = 3",
    ],
)
def test_what_does_not_add_up_is_not_sworn_to(
    database: Database, investigator: Actor, signer: SignerClient, statement: str
) -> None:
    tell(database, investigator, 1, 5)
    falsify(database, statement, zero=bytes(32))

    with pytest.raises((IntegrityFailure, ValueError)):
        seal(database, signer)

    assert kept(database) == []
    assert signer.state().checkpoint.size == 0


def test_a_restored_backup_is_refused_by_the_signers_memory(
    sealed_log: Database, signer: SignerClient, investigator: Actor
) -> None:
    tell(sealed_log, investigator, 500, 1)
    with sealed_log.reading() as session:
        before = queries.head(session)
    tell(sealed_log, investigator, 501, 2)
    seal(sealed_log, signer)
    falsify(
        sealed_log,
        f"delete from case_record where log_index >= {before.size}",
        f"delete from custody_entry where log_index >= {before.size}",
        f"delete from custody_leaf where log_index >= {before.size}",
        f"delete from custody_checkpoint where size > {before.size}",
        f"update custody_head set size = {before.size}, root = :root",
        f"update custody_tile set data = substr(data, 1, {(before.size % 256) * 32}) "
        "where level = 0 and tile_index = 1",
        root=before.root,
    )
    state = signer.state()
    assert state.note is not None

    with pytest.raises(SigningRefused, match="rollback") as refusal:
        seal(sealed_log, signer)

    assert refusal.value.facts["signed_size"] > refusal.value.facts["asked_size"]
    checks = verify(sealed_log, keys=[state.key])
    assert {check.outcome for check in checks} == {Outcome.PROVEN}, "consistent in itself"
    checks = verify(sealed_log, keys=[state.key], held=[state.note])
    assert checks[5].outcome is Outcome.FAILED
    assert "cut short" in checks[5].places[0]


def test_a_sealer_seals_until_it_is_stopped_and_says_what_is_wrong(
    database: Database, investigator: Actor, signer: SignerClient
) -> None:
    tell(database, investigator, 1, 3)
    sealer = Sealer(database, signer, every_s=60)
    sealer.start()
    sealer.stop()

    assert len(kept(database)) == 1
    assert sealer.problem is None

    tell(database, investigator, 4, 3)
    falsify(database, "update custody_head set root = :zero", zero=bytes(32))
    failing = Sealer(database, signer, every_s=60)
    failing.start()
    failing.stop()
    assert failing.problem is not None


def test_a_signer_that_is_gone_is_said_to_be_gone(
    database: Database, investigator: Actor, signer: SignerClient
) -> None:
    tell(database, investigator, 1, 1)
    signer._to.close()

    with pytest.raises(Unavailable):
        seal(database, signer)


def test_a_log_begins_once(database: Database, investigator: Actor) -> None:
    with database.writing() as session:
        entry = service.inception(session, origin=ORIGIN, actor=investigator)
        assert (entry.log_index, entry.event) == (0, "log:inception")

    with pytest.raises(Conflict), database.writing() as session:
        service.inception(session, origin=ORIGIN, actor=investigator)
