"""
Bytes on their way in, from announcement to acquisition, across crashes.

The row, not the file, says how far an upload is: its durable offset moves only after an
fsync, and whoever goes on cuts the file back to it. When every byte is durable the row is
given our digest; from then on what is left is to adopt and acquire, and whoever asks next
does that (`app.recordings.finishing`), so a crash in between delays an acquisition and
loses nothing. Nobody is told that an upload is complete before it is acquired.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.actor import Actor
from app.core.digest import Digest
from app.core.errors import Conflict, NotFound
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.recordings import queries, service
from app.recordings.acquisition import Arrival, Declared, EmptyFile
from app.recordings.models import MediaInstance, Recording, Upload
from app.recordings.ordering import take_place
from app.recordings.provenance import Generation


def new_upload_id() -> str:
    """128 random bits: the identifier is part of what lets a client go on."""
    return secrets.token_hex(16)


def start(
    session: Session,
    *,
    actor: Actor,
    recording: Recording,
    upload_id: str,
    length: int,
    declared: Declared,
    metadata_sent: str,
    lifetime: timedelta,
) -> Upload:
    """Announce an upload of `length` bytes and reserve room for them."""
    if length == 0:
        raise EmptyFile
    at = clock.now()
    upload = Upload(
        id=upload_id,
        recording_id=recording.id,
        case_id=recording.case_id,
        account_id=actor.id,
        length=length,
        durable_offset=0,
        filename=declared.filename,
        generation=declared.generation,
        declared_digest=str(declared.digest) if declared.digest else None,
        declared_by=declared.digest_by,
        sha256=None,
        metadata_sent=metadata_sent,
        instance_id=None,
        started_at=at,
        expires_at=at + lifetime,
    )
    session.add(upload)
    _record(session, EventType.UPLOAD_START, upload, actor=actor)
    return upload


def get(session: Session, upload_id: str) -> Upload:
    """One upload that has not expired; `NotFound` for any other."""
    upload = session.get(Upload, upload_id)
    if upload is None or upload.expires_at <= clock.now():
        raise NotFound("no such upload")
    return upload


def advance(session: Session, *, upload_id: str, offset: int, lifetime: timedelta) -> None:
    """Note that bytes up to `offset` are durable, and give the upload more time."""
    upload = get(session, upload_id)
    upload.durable_offset = offset
    upload.expires_at = clock.now() + lifetime


def settle(session: Session, *, upload_id: str, digest: Digest) -> None:
    """Note that every byte is durable and what their digest is."""
    upload = get(session, upload_id)
    upload.durable_offset = upload.length
    upload.sha256 = str(digest)


def complete(session: Session, *, actor: Actor, upload: Upload) -> MediaInstance:
    """Acquire what a settled upload brought; asked again, it gives the same instance."""
    take_place(session)
    session.refresh(upload)
    if upload.instance_id is not None:
        return queries.get_instance(session, upload.instance_id)
    if upload.sha256 is None:
        raise Conflict("this upload is not complete", offset=upload.durable_offset)
    instance = service.acquire(
        session,
        actor=actor,
        recording=queries.get(session, upload.recording_id),
        arrival=Arrival(
            digest=Digest.parse(upload.sha256), size=upload.length, declared=_declared(upload)
        ),
    )
    upload.instance_id = instance.id
    return instance


def remove(session: Session, *, actor: Actor, upload: Upload) -> None:
    """Give up an upload; `Conflict` once its bytes are an original."""
    if upload.instance_id is not None:
        raise Conflict("this upload is complete; its bytes are an original now")
    _record(session, EventType.UPLOAD_REMOVAL, upload, actor=actor)
    session.delete(upload)


def outstanding(session: Session) -> int:
    """Bytes announced by live uploads and not yet written."""
    left = select(func.coalesce(func.sum(Upload.length - Upload.durable_offset), 0)).where(
        Upload.instance_id.is_(None), Upload.expires_at > clock.now()
    )
    return int(session.scalar(left) or 0)


def expired(session: Session) -> Sequence[Upload]:
    """Uploads whose time is over, complete or not."""
    return session.scalars(
        select(Upload).where(Upload.expires_at <= clock.now()).order_by(Upload.expires_at)
    ).all()


def live_ids(session: Session) -> frozenset[str]:
    """The uploads that somebody may still go on with."""
    return frozenset(session.scalars(select(Upload.id)))


def _declared(upload: Upload) -> Declared:
    return Declared(
        filename=upload.filename,
        generation=Generation(upload.generation),
        digest=Digest.parse(upload.declared_digest) if upload.declared_digest else None,
        digest_by=upload.declared_by,
    )


def _record(session: Session, event: EventType, upload: Upload, *, actor: Actor) -> None:
    record(
        session,
        event,
        subject=Subject("upload", upload.id),
        actor=actor,
        case_id=upload.case_id,
        details={
            "recording": upload.recording_id,
            "length": upload.length,
            "offset": upload.durable_offset,
        },
    )
