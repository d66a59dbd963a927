"""
The last steps of an arrival, each its own transaction: keep the bytes, then record them.

Keeping comes first, so that nothing is on record that is not held. A crash between the
two leaves an object that no record speaks of, which is harmless and which the fixity check
names; the client was told nothing and asks again.
"""

from datetime import timedelta

from app.core import clock
from app.core.actor import Actor
from app.core.database import Database
from app.core.digest import Digest
from app.core.errors import IntegrityFailure
from app.core.storage import Area, ObjectStore, Staging
from app.recordings import uploads
from app.recordings.models import MediaInstance, Upload

STRAY_AFTER = timedelta(hours=48)


def finish(
    database: Database, storage: ObjectStore, staging: Staging, *, actor: Actor, upload: Upload
) -> MediaInstance:
    """
    Turn a settled upload into an instance; every caller gets the same one.

    Safe to repeat after a crash at any point, and when two do it at once.
    """
    if upload.sha256 is None:
        raise ValueError("an upload is finished when it is settled")
    digest = Digest.parse(upload.sha256)
    if upload.instance_id is None:
        try:
            storage.adopt(staging.path(upload.id), area=Area.ORIGINALS, digest=digest)
        except FileNotFoundError:
            # Adopted already, by a process that died before it could say so or by another now.
            if not storage.exists(digest, area=Area.ORIGINALS):
                raise IntegrityFailure(
                    "the bytes of this upload are gone", sha256=upload.sha256
                ) from None
    with database.writing() as session:
        here = uploads.get(session, upload.id)
        return uploads.complete(session, actor=actor, upload=here)


def sweep(database: Database, staging: Staging, *, actor: Actor) -> int:
    """
    Remove uploads whose time is over and staging files that nobody speaks of.

    Every unfinished one leaves an entry. Returns how many uploads went.
    """
    with database.writing() as session:
        over = uploads.expired(session)
        for upload in over:
            if upload.instance_id is None:
                uploads.remove(session, actor=actor, upload=upload)
            else:
                session.delete(upload)
    for upload in over:
        staging.remove(upload.id)
    with database.reading() as session:
        live = uploads.live_ids(session)
    staging.sweep(before=clock.now() - STRAY_AFTER, keep=live)
    return len(over)
