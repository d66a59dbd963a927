"""
Fixity: whether the bytes held are still the bytes on record (PREMIS fixity check).

Every stored object that the catalogue speaks of is read whole and hashed again; each is
one numbered finding. What lies in the store and is spoken of nowhere is a finding too,
without being a failure: a crash between keeping bytes and recording them leaves such, and
nothing is ever deleted for it. Digests only: a finding names no recording and no case.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.canonical import Json
from app.core.digest import Digest
from app.core.errors import IntegrityFailure
from app.core.storage import Area, ObjectStore
from app.custody.events import EventType
from app.custody.models import LogEntry
from app.custody.service import Subject, record
from app.recordings.models import Derivative, MediaInstance


class Fixity(StrEnum):
    """How held bytes stand to their record."""

    UNCHANGED = "unchanged"
    ALTERED = "altered"
    MISSING = "missing"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True, slots=True)
class Kept:
    """An object that the catalogue says is held."""

    area: Area
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one object; `found` is the digest or size that came out instead."""

    step: int
    area: Area
    sha256: str
    fixity: Fixity
    found: str | None = None

    @property
    def failed(self) -> bool:
        """Whether evidence is not what its record says."""
        return self.fixity in {Fixity.ALTERED, Fixity.MISSING}


def kept(session: Session) -> Sequence[Kept]:
    """Every object on record, originals first, each once however many arrivals there were."""
    originals = select(MediaInstance.sha256, MediaInstance.size).distinct()
    derivatives = select(Derivative.sha256, Derivative.size).distinct()
    return [
        *(Kept(Area.ORIGINALS, *row) for row in session.execute(originals.order_by("sha256"))),
        *(Kept(Area.DERIVATIVES, *row) for row in session.execute(derivatives.order_by("sha256"))),
    ]


def kept_of(session: Session, instance: MediaInstance) -> Sequence[Kept]:
    """The original of one instance and what was made from it."""
    made = select(Derivative.sha256, Derivative.size).where(Derivative.instance_id == instance.id)
    return [
        Kept(Area.ORIGINALS, instance.sha256, instance.size),
        *(Kept(Area.DERIVATIVES, *row) for row in session.execute(made.order_by("sha256"))),
    ]


def check(objects: Iterable[Kept], storage: ObjectStore) -> Iterator[Finding]:
    """Read every object whole and hash it again; one finding each, numbered from 1."""
    for step, one in enumerate(objects, start=1):
        fixity, found = _compare(one, storage)
        yield Finding(step, one.area, one.sha256, fixity, found)


def unrecorded(objects: Iterable[Kept], storage: ObjectStore, *, step: int) -> Iterator[Finding]:
    """What the store holds and the catalogue speaks of nowhere, numbered on from `step`."""
    known = {(one.area, one.sha256) for one in objects}
    for area in Area:
        for digest in storage.digests(area):
            if (area, str(digest)) not in known:
                step += 1
                yield Finding(step, area, str(digest), Fixity.UNRECORDED)


def record_check(
    session: Session,
    *,
    actor: Actor,
    instance: MediaInstance,
    findings: Sequence[Finding],
    samples: Json = None,
) -> LogEntry:
    """
    Record that an instance was checked, and what came out.

    `samples` says whether decoding it again gave the `same` samples or `other` ones, or is null.
    """
    return record(
        session,
        EventType.RECORDING_FIXITY_CHECK,
        subject=Subject("recording", instance.recording_id),
        actor=actor,
        case_id=instance.case_id,
        details={
            "instance": instance.id,
            "samples": samples,
            "findings": [
                {
                    "area": str(finding.area),
                    "sha256": finding.sha256,
                    "fixity": str(finding.fixity),
                    "found": finding.found,
                }
                for finding in findings
            ],
        },
    )


def _compare(one: Kept, storage: ObjectStore) -> tuple[Fixity, str | None]:
    expected = Digest.parse(one.sha256)
    try:
        with storage.open(expected, area=one.area) as held:
            found = Digest.of_stream(held)
            size = held.tell()
    except IntegrityFailure as failure:
        found_text = failure.facts.get("found")
        return (Fixity.ALTERED, found_text) if found_text else (Fixity.MISSING, None)
    if found != expected:
        return Fixity.ALTERED, str(found)
    if size != one.size:
        return Fixity.ALTERED, f"{size} bytes"
    return Fixity.UNCHANGED, None
