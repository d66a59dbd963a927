"""
Reading the catalogue, as it is or as it was when the custody log had a given entry last.

`as_of` is a place in the custody log: what was recorded at or before it counts. Listings
are narrowed to the case identifiers they are given, whatever else is asked.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, Text, cast, exists, func, select
from sqlalchemy.orm import Session

from app.core import languages, paging
from app.core.errors import Invalid
from app.core.lookup import found
from app.custody.history import in_order, until
from app.recordings.descriptions import fold
from app.recordings.models import (
    Derivative,
    Description,
    Identification,
    MediaInstance,
    Recording,
)
from app.recordings.provenance import Outcome, RecordingKind, Standing, Status


def get(session: Session, recording_id: str) -> Recording:
    """One recording; `NotFound` when there is none of this identifier."""
    return found(session.get(Recording, recording_id), "recording")


def get_instance(session: Session, instance_id: str) -> MediaInstance:
    """One media instance; `NotFound` when there is none of this identifier."""
    return found(session.get(MediaInstance, instance_id), "media instance")


def search(
    session: Session,
    *,
    case_ids: Collection[str],
    q: str | None = None,
    case_id: str | None = None,
    status: Status | None = None,
    kind: RecordingKind | None = None,
    language: str | None = None,
    held: bool | None = None,
    as_of: int | None = None,
    limit: int = paging.DEFAULT_LIMIT,
    cursor: str | None = None,
) -> paging.Page[Recording]:
    """
    Recordings of these cases, newest catalogue number first.

    Every word of `q` must occur in the number, title, series or languages of the
    description in force. `held` asks whether an accepted instance is held.
    """
    revisions = until(select(Description.recording_id), Description, as_of)
    newest = (
        revisions.add_columns(func.max(Description.revision).label("revision"))
        .group_by(Description.recording_id)
        .subquery()
    )
    found = (
        until(select(Recording), Recording, as_of)
        .join(newest, newest.c.recording_id == Recording.id)
        .join(
            Description,
            (Description.recording_id == newest.c.recording_id)
            & (Description.revision == newest.c.revision),
        )
        .where(Recording.case_id.in_(case_ids))
    )
    if q is not None and "\x00" in q:
        raise Invalid("a search cannot look for NUL", field="q")
    for word in fold(q or "").split():
        found = found.where(Description.sought.contains(word, autoescape=True))
    if case_id is not None:
        found = found.where(Recording.case_id == case_id)
    if status is not None:
        found = found.where(Description.status == status)
    if kind is not None:
        found = found.where(Recording.kind == kind)
    if language is not None:
        spoken = f'"{languages.language(language)}"'
        found = found.where(cast(Description.languages, Text).contains(spoken))
    if held is not None:
        accepted = exists(_accepted(select(MediaInstance.id), as_of)).correlate(Recording)
        found = found.where(accepted if held else ~accepted)
    return paging.page(
        session, found, key=Recording.number, limit=limit, cursor=cursor, descending=True
    )


def description_of(
    session: Session, recording_id: str, *, as_of: int | None = None
) -> Description:
    """The description in force; `NotFound` when the recording was not yet catalogued."""
    newest = until(select(Description), Description, as_of).where(
        Description.recording_id == recording_id
    )
    row: Description | None = session.scalars(
        newest.order_by(Description.revision.desc()).limit(1)
    ).first()
    return found(row, "recording")


def descriptions_of(
    session: Session, recordings: Collection[Recording], *, as_of: int | None = None
) -> dict[str, Description]:
    """The descriptions in force of several recordings, by recording, in one reading."""
    revisions = until(select(Description), Description, as_of).where(
        Description.recording_id.in_([recording.id for recording in recordings])
    )
    rows = session.scalars(revisions.order_by(Description.revision))
    return {row.recording_id: row for row in rows}


def instances_of(
    session: Session, recording_id: str, *, as_of: int | None = None
) -> Sequence[MediaInstance]:
    """Every arrival of bytes of a recording, oldest first, quarantined ones included."""
    statement = select(MediaInstance).where(MediaInstance.recording_id == recording_id)
    return in_order(session, statement, MediaInstance, as_of)


def accepted_of(
    session: Session, recording_ids: Collection[str], *, as_of: int | None = None
) -> Sequence[MediaInstance]:
    """The accepted arrivals of bytes of several recordings, oldest first, in one reading."""
    statement = select(MediaInstance).where(
        MediaInstance.recording_id.in_(recording_ids), MediaInstance.standing == Standing.ACCEPTED
    )
    return in_order(session, statement, MediaInstance, as_of)


def undecodable_among(
    session: Session, instance_ids: Collection[str], *, as_of: int | None = None
) -> set[str]:
    """Those of these instances in which the decoder, when it looked last, found no audio."""
    statement = select(Identification).where(Identification.instance_id.in_(instance_ids))
    looked = in_order(session, statement, Identification, as_of)
    newest = {one.instance_id: one.outcome for one in looked}
    return {one for one, outcome in newest.items() if outcome is not Outcome.DECODED}


def original_of(
    session: Session, recording_id: str, *, as_of: int | None = None
) -> MediaInstance | None:
    """The newest accepted instance, or `None` where nothing is held."""
    accepted = [
        instance
        for instance in instances_of(session, recording_id, as_of=as_of)
        if instance.standing is Standing.ACCEPTED
    ]
    return accepted[-1] if accepted else None


def is_held(session: Session, recording_id: str, *, as_of: int | None = None) -> bool:
    """Whether an accepted instance of the recording is held."""
    return original_of(session, recording_id, as_of=as_of) is not None


def identification_of(
    session: Session, instance_id: str, *, as_of: int | None = None
) -> Identification | None:
    """The newest identification of an instance, or `None` while nobody has looked."""
    rows = until(select(Identification), Identification, as_of)
    rows = rows.where(Identification.instance_id == instance_id)
    return session.scalars(rows.order_by(Identification.log_index.desc()).limit(1)).first()


def derivatives_of(
    session: Session, instance_id: str, *, as_of: int | None = None
) -> Sequence[Derivative]:
    """What was made from an instance, oldest first."""
    statement = select(Derivative).where(Derivative.instance_id == instance_id)
    return in_order(session, statement, Derivative, as_of)


def _accepted(statement: Select[Any], as_of: int | None) -> Select[Any]:
    return until(statement, MediaInstance, as_of).where(
        MediaInstance.recording_id == Recording.id,
        MediaInstance.standing == Standing.ACCEPTED,
    )
