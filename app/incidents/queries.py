"""
Reading incidents, places and material.

`as_of` is a place in the custody log: with it, a query answers as it would have then. Whether a
material is held is computed from what was stated, each time.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.core.lookup import found
from app.custody.history import in_order, until
from app.incidents.models import (
    Incident,
    Material,
    MaterialHolding,
    MaterialStatus,
    Place,
    PlaceName,
)

MOST_LARGER = 20
"""How many places a place may lie in, one in another."""


def get(session: Session, incident_id: str) -> Incident:
    """The incident, or `NotFound`."""
    return found(session.get(Incident, incident_id), "incident")


def get_place(session: Session, place_id: str) -> Place:
    """The place, or `NotFound`."""
    return found(session.get(Place, place_id), "place")


def get_material(session: Session, material_id: str) -> Material:
    """The material, or `NotFound`."""
    return found(session.get(Material, material_id), "material")


def listing(*, case_ids: Collection[str]) -> Select[Incident]:
    """The incidents of these cases."""
    return select(Incident).where(Incident.case_id.in_(case_ids))


def places(*, case_ids: Collection[str]) -> Select[Place]:
    """The places of these cases."""
    return select(Place).where(Place.case_id.in_(case_ids))


def materials(*, case_ids: Collection[str]) -> Select[Material]:
    """The material of these cases."""
    return select(Material).where(Material.case_id.in_(case_ids))


def names_of(
    session: Session, place_ids: Collection[str], *, as_of: int | None = None
) -> dict[str, list[PlaceName]]:
    """The names of several places, by place, in the order in which they were entered."""
    names: dict[str, list[PlaceName]] = {place_id: [] for place_id in place_ids}
    statement = select(PlaceName).where(PlaceName.place_id.in_(place_ids))
    for row in in_order(session, statement, PlaceName, as_of):
        names[row.place_id].append(row)
    return names


def larger(session: Session, place: Place) -> Sequence[Place]:
    """The places a place lies in, the nearest first; a place lies in one that was there before."""
    above: list[Place] = []
    at: Place | None = place
    while at is not None and at.parent_id is not None and len(above) < MOST_LARGER:
        at = session.get(Place, at.parent_id)
        if at is not None:
            above.append(at)
    return above


def holdings_of(
    session: Session, material_ids: Collection[str], *, as_of: int | None = None
) -> dict[str, list[MaterialHolding]]:
    """What is stated to be held of several materials, by material, oldest first."""
    held: dict[str, list[MaterialHolding]] = {material_id: [] for material_id in material_ids}
    statement = select(MaterialHolding).where(MaterialHolding.material_id.in_(material_ids))
    for row in in_order(session, statement, MaterialHolding, as_of):
        held[row.material_id].append(row)
    return held


def statuses_of(
    session: Session, material_ids: Collection[str], *, as_of: int | None = None
) -> dict[str, MaterialStatus]:
    """For each material, whether somebody holds it."""
    statement = select(MaterialHolding.material_id).where(
        MaterialHolding.material_id.in_(material_ids)
    )
    held = set(session.scalars(until(statement, MaterialHolding, as_of)))
    return {
        material_id: MaterialStatus.HELD if material_id in held else MaterialStatus.CITED_NOT_HELD
        for material_id in material_ids
    }


def made_from(
    session: Session, material_id: str, *, as_of: int | None = None
) -> Sequence[Material]:
    """The material that was made from another, oldest first."""
    statement = select(Material).where(Material.derived_from_id == material_id)
    return in_order(session, statement, Material, as_of)
