"""
Incidents, places and material as what claims are about: in which case each is, and its name.

They lie above claims, so they register how they are looked up; `register` is called where the
application is built.
"""

from sqlalchemy.orm import Session

from app.claims import subjects
from app.claims.terms import SubjectKind
from app.incidents import queries
from app.incidents.models import Incident, Material, Place


def register() -> None:
    """Let claims be about incidents, places and material."""
    subjects.register(SubjectKind.INCIDENT, _incident)
    subjects.register(SubjectKind.PLACE, _place)
    subjects.register(SubjectKind.MATERIAL, _material)


def name_of(session: Session, kind: SubjectKind, identifier: str) -> str:
    """What an incident, a place or a material is called; `NotFound` for none."""
    match kind:
        case SubjectKind.INCIDENT:
            return queries.get(session, identifier).title
        case SubjectKind.MATERIAL:
            return queries.get_material(session, identifier).title
        case _:
            place = queries.get_place(session, identifier)
            names = queries.names_of(session, [place.id])[place.id]
            return names[0].name if names else place.id


def _incident(session: Session, identifier: str) -> str | None:
    found = session.get(Incident, identifier)
    return found.case_id if found else None


def _place(session: Session, identifier: str) -> str | None:
    found = session.get(Place, identifier)
    return found.case_id if found else None


def _material(session: Session, identifier: str) -> str | None:
    found = session.get(Material, identifier)
    return found.case_id if found else None
