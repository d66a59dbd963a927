"""
Verifying the custody log, in numbered steps, from nothing but what is stored.

1. leaves are dense from 0, as many as the head says, and each has its entry
2. every entry hashes, with its salt, to its leaf
3. every entry is well-formed JSON that says its own place, the columns repeated beside it
   agree, and each subject's entries form one chain without gaps
4. the tiles, computed anew from the leaves, equal the stored ones, and there are no others
5. the root computed from the leaves is the head's
6. every signed checkpoint, stored or brought along, verifies and is the root of exactly
   that many first leaves; hence each continues the one before
7. every sealed row is as its entry describes it; none is missing, none was slipped in

Every step reports, with the places at fault, and nothing stops the steps after it. That
files still have the digests on record is step 8, which belongs to the recordings.

A log that was made anew from its beginning, checkpoints and all, is consistent in itself:
only a checkpoint that somebody else kept (`held`) tells, or the signer's key.
"""

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy.orm import Session

from app.core.database import Database
from app.custody.findings import Check, Outcome
from app.custody.note import VerifierKey
from app.custody.replay import Replay
from app.custody.sealed_rows import compare_rows

__all__ = ["Check", "Outcome", "verify"]


def verify(
    database: Database, *, keys: Sequence[VerifierKey] = (), held: Sequence[str] = ()
) -> list[Check]:
    """
    Replay the whole log, in one snapshot of the database; steps 1 to 7, in order.

    `keys` are whose signatures are believed; `held` are signed notes from elsewhere. Every
    module with sealed tables must be imported, or step 7 says that a table is unknown.
    """
    with database.reading() as session:
        log = _guarded(
            session,
            1,
            "the log can be replayed",
            lambda: Replay(session, keys=keys, held=held).checks(),
        )
        rows = _guarded(
            session, 7, "sealed rows can be read", lambda: iter([compare_rows(session)])
        )
        return [*log, *rows]


def _guarded(
    session: Session, step: int, claim: str, run: Callable[[], Iterator[Check]]
) -> list[Check]:
    """What `run` says, or a failed check if the stored log cannot even be walked."""
    try:
        return list(run())
    except Exception as error:  # noqa: BLE001 - whatever breaks the replay is a finding
        session.rollback()
        detail = f"the replay broke off: {type(error).__name__}"
        return [Check(step, claim, Outcome.FAILED, detail)]
