"""
Registering incidents, places and material.

Entries of the log hold identifiers and kinds, never a title, a name or a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core import clock, languages
from app.core.actor import Actor
from app.core.digest import Digest
from app.core.errors import Invalid
from app.core.identity import new_id
from app.core.plaintext import line, optional_prose
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.incidents import queries
from app.incidents.models import (
    Incident,
    Material,
    MaterialHolding,
    MaterialKind,
    Place,
    PlaceName,
    PlacePrecision,
)

_LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Naming:
    """A name of a place as it is handed in."""

    name: str
    language: str | None = None


def register(
    session: Session, *, actor: Actor, case_id: str, title: str, note: str | None = None
) -> Incident:
    """Register that something is said to have happened; what is said of it are claims."""
    incident = Incident(
        id=new_id(),
        case_id=case_id,
        title=line(title, field="title"),
        note=optional_prose(note, field="note"),
        registered_by=actor.id,
        registered_at=clock.now(),
    )
    record(
        session,
        EventType.INCIDENT_CREATION,
        subject=Subject("incident", incident.id),
        actor=actor,
        case_id=case_id,
        rows=[incident],
    )
    return incident


def place(
    session: Session,
    *,
    actor: Actor,
    case_id: str,
    names: Sequence[Naming],
    precision: PlacePrecision = PlacePrecision.UNKNOWN,
    parent_id: str | None = None,
    note: str | None = None,
) -> Place:
    """Enter a place with its names, in one custody entry; the first name is what it is shown by."""
    if not names:
        raise Invalid("a place needs a name", field="names")
    if parent_id is not None:
        above = session.get(Place, parent_id)
        if above is None or above.case_id != case_id:
            raise Invalid("no such place in this case", field="parent_id")
        if len(queries.larger(session, above)) + 1 >= queries.MOST_LARGER:
            raise Invalid("too many places lie one in another", field="parent_id")
    made = Place(
        id=new_id(),
        case_id=case_id,
        parent_id=parent_id,
        precision=precision,
        note=optional_prose(note, field="note"),
        registered_by=actor.id,
        registered_at=clock.now(),
    )
    record(
        session,
        EventType.PLACE_CREATION,
        subject=Subject("place", made.id),
        actor=actor,
        case_id=case_id,
        rows=[made, *(_named(made, each, actor) for each in names)],
        details={"precision": str(precision)},
    )
    return made


def name_place(session: Session, *, actor: Actor, place: Place, naming: Naming) -> PlaceName:
    """Enter another name of a place."""
    row = _named(place, naming, actor)
    record(
        session,
        EventType.PLACE_NAMING,
        subject=Subject("place", place.id),
        actor=actor,
        case_id=place.case_id,
        rows=[row],
    )
    return row


def register_material(
    session: Session,
    *,
    actor: Actor,
    case_id: str,
    kind: MaterialKind,
    title: str,
    derived_from_id: str | None = None,
    note: str | None = None,
) -> Material:
    """Register material that is spoken of; whether anybody holds it is stated by `hold`."""
    if derived_from_id is not None:
        source = session.get(Material, derived_from_id)
        if source is None or source.case_id != case_id:
            raise Invalid("no such material in this case", field="derived_from_id")
    material = Material(
        id=new_id(),
        case_id=case_id,
        kind=kind,
        title=line(title, field="title"),
        derived_from_id=derived_from_id,
        note=optional_prose(note, field="note"),
        registered_by=actor.id,
        registered_at=clock.now(),
    )
    record(
        session,
        EventType.MATERIAL_CREATION,
        subject=Subject("material", material.id),
        actor=actor,
        case_id=case_id,
        rows=[material],
        details={"kind": str(kind)},
    )
    return material


def hold(
    session: Session,
    *,
    actor: Actor,
    material: Material,
    digest: Digest,
    kept_at: str,
    size: int | None = None,
) -> MaterialHolding:
    """State that bytes of a material are held, by their digest, and where they are kept."""
    if size is not None and not 0 < size < _LARGEST:
        raise Invalid("a size is a whole number of bytes from 1", field="size")
    row = MaterialHolding(
        id=new_id(),
        material_id=material.id,
        case_id=material.case_id,
        sha256=str(digest),
        size=size,
        kept_at=line(kept_at, field="kept_at"),
        stated_by=actor.id,
        stated_at=clock.now(),
    )
    record(
        session,
        EventType.MATERIAL_HOLDING,
        subject=Subject("material", material.id),
        actor=actor,
        case_id=material.case_id,
        rows=[row],
        details={"sha256": row.sha256},
    )
    return row


def _named(place: Place, naming: Naming, actor: Actor) -> PlaceName:
    return PlaceName(
        id=new_id(),
        place_id=place.id,
        case_id=place.case_id,
        name=line(naming.name, field="names"),
        language=naming.language and languages.language(naming.language),
        named_by=actor.id,
        named_at=clock.now(),
    )
