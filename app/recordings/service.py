"""
What people do with recordings: catalogue, describe, acquire, and say where they came from.

Every verb leaves one custody entry about the recording and commits nothing. Details of an
entry hold identifiers, digests and sizes, never titles, names or sources.
"""

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock, jobs
from app.core.actor import Actor
from app.core.digest import Digest
from app.core.errors import PreconditionFailed
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.models import LogEntry, Sealed
from app.custody.service import Subject, record
from app.recordings import descriptions, ordering, queries
from app.recordings.acquisition import Arrival, EmptyFile
from app.recordings.models import (
    Derivative,
    Description,
    Identification,
    MediaInstance,
    Recording,
)
from app.recordings.provenance import (
    Decoding,
    DerivativeKind,
    Particulars,
    RecordingKind,
    Standing,
    Status,
)
from app.recordings.relating import claim_hop, link, rule

__all__ = [
    "access",
    "acquire",
    "catalogue",
    "claim_hop",
    "derive",
    "describe",
    "identify",
    "link",
    "rule",
]


def catalogue(
    session: Session,
    *,
    actor: Actor,
    case_id: str,
    particulars: Particulars,
    kind: RecordingKind = RecordingKind.UNSPECIFIED,
) -> Recording:
    """Enter a recording into the catalogue, under the next number; nothing is held of it yet."""
    content = descriptions.checked(particulars, held=False)
    number = ordering.next_number(session)
    recording = Recording(
        id=new_id(),
        case_id=case_id,
        number=number,
        catalogue_no=ordering.spelled(number),
        kind=kind,
    )
    described = _description(recording, content, revision=1, actor=actor)
    record(
        session,
        EventType.RECORDING_CREATION,
        subject=_subject(recording.id),
        actor=actor,
        case_id=case_id,
        rows=[recording, described],
        details={"catalogue_no": recording.catalogue_no},
    )
    return recording


def describe(
    session: Session,
    *,
    actor: Actor,
    recording: Recording,
    expected_revision: int,
    particulars: Particulars,
) -> Description:
    """Describe a recording anew; `PreconditionFailed` when somebody else did since."""
    ordering.take_place(session)
    found = queries.description_of(session, recording.id).revision
    if found != expected_revision:
        raise PreconditionFailed(
            "the description changed since it was read", expected=expected_revision, found=found
        )
    content = descriptions.checked(particulars, held=queries.is_held(session, recording.id))
    described = _description(recording, content, revision=found + 1, actor=actor)
    _record(session, EventType.RECORDING_DESCRIPTION, recording.id, actor=actor, row=described)
    return described


def acquire(
    session: Session, *, actor: Actor, recording: Recording, arrival: Arrival
) -> MediaInstance:
    """
    Take bytes that the store has accepted into evidence, or into quarantine.

    The first accepted arrival makes the recording held, in the same entry. A job that
    identifies accepted bytes is requested in the same transaction.
    """
    if arrival.size == 0:
        raise EmptyFile
    ordering.take_place(session)
    declared = arrival.declared
    instance = MediaInstance(
        id=new_id(),
        recording_id=recording.id,
        case_id=recording.case_id,
        sha256=str(arrival.digest),
        size=arrival.size,
        original_filename=declared.filename,
        generation=declared.generation,
        declared_digest=str(declared.digest) if declared.digest else None,
        declared_by=declared.digest_by,
        standing=arrival.standing,
        uploaded_by=actor.id,
        received_at=clock.now(),
    )
    rows: list[Sealed] = [instance]
    event = EventType.RECORDING_QUARANTINE
    if arrival.standing is Standing.ACCEPTED:
        event = EventType.RECORDING_ACQUISITION
        rows += _becomes_held(session, recording, actor=actor)
    record(
        session,
        event,
        subject=_subject(recording.id),
        actor=actor,
        case_id=recording.case_id,
        rows=rows,
        details={
            "instance": instance.id,
            "sha256": instance.sha256,
            "size": instance.size,
            "declared": instance.declared_digest,
        },
    )
    if arrival.standing is Standing.ACCEPTED:
        jobs.request(
            session,
            kind=jobs.JobKind.IDENTIFY,
            subject_kind="media_instance",
            subject_id=instance.id,
            case_id=instance.case_id,
            params={},
            actor=actor,
        )
    return instance


def identify(
    session: Session, *, actor: Actor, instance: MediaInstance, decoding: Decoding
) -> Identification:
    """Keep what the confined decoder found in an instance."""
    found = Identification(
        id=new_id(),
        instance_id=instance.id,
        case_id=instance.case_id,
        identified_at=clock.now(),
        **asdict(decoding),
    )
    _record(
        session, EventType.RECORDING_IDENTIFICATION, instance.recording_id, actor=actor, row=found
    )
    return found


def derive(
    session: Session,
    *,
    actor: Actor,
    instance: MediaInstance,
    kind: DerivativeKind,
    digest: Digest,
    size: int,
    media_type: str,
    made_by: dict[str, Any],
) -> Derivative:
    """Keep that the store holds a file made from an instance, and how it was made."""
    made = Derivative(
        id=new_id(),
        instance_id=instance.id,
        case_id=instance.case_id,
        kind=kind,
        sha256=str(digest),
        size=size,
        media_type=media_type,
        made_by=made_by,
        made_at=clock.now(),
    )
    _record(session, EventType.RECORDING_DERIVATION, instance.recording_id, actor=actor, row=made)
    return made


def access(
    session: Session,
    *,
    actor: Actor,
    instance: MediaInstance,
    part: str,
    digest: Digest,
    span: tuple[int, int],
) -> LogEntry:
    """Record that bytes `span` (start, end) of an original or derivative are about to leave."""
    return record(
        session,
        EventType.RECORDING_ACCESS,
        subject=_subject(instance.recording_id),
        actor=actor,
        case_id=instance.case_id,
        details={
            "instance": instance.id,
            "part": part,
            "sha256": str(digest),
            "start": span[0],
            "end": span[1],
        },
    )


def _becomes_held(session: Session, recording: Recording, *, actor: Actor) -> list[Sealed]:
    """The description revision that an accepted arrival brings with it, if one is due."""
    before = queries.description_of(session, recording.id)
    if before.status is Status.HELD:
        return []
    content = Particulars(
        title=before.title,
        status=Status.HELD,
        languages=before.languages,
        series=before.series,
        note=before.note,
    )
    return [_description(recording, content, revision=before.revision + 1, actor=actor)]


def _description(
    recording: Recording, content: Particulars, *, revision: int, actor: Actor
) -> Description:
    return Description(
        id=new_id(),
        recording_id=recording.id,
        case_id=recording.case_id,
        revision=revision,
        title=content.title,
        status=content.status,
        languages=list(content.languages),
        series=content.series,
        note=content.note,
        sought=descriptions.sought(recording.catalogue_no, content),
        described_by=actor.id,
        described_at=clock.now(),
    )


def _record(
    session: Session,
    event: EventType,
    recording_id: str,
    *,
    actor: Actor,
    row: Description | Identification | Derivative,
) -> None:
    record(
        session,
        event,
        subject=_subject(recording_id),
        actor=actor,
        case_id=row.case_id,
        rows=[row],
    )


def _subject(recording_id: str) -> Subject:
    return Subject("recording", recording_id)
