"""
Incidents, places and material: what happened, where, and what shows it besides recordings.

These say that something is spoken of. What is said of it is a claim about it
(`POST /claims` with `subject_kind` incident, material or place).
"""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.claimed import ClaimListing, ClaimOut
from app.api.happened import (
    HoldingIn,
    HoldingOut,
    IncidentIn,
    IncidentOut,
    MaterialIn,
    MaterialOut,
    PlaceIn,
    PlaceNameIn,
    PlaceNameOut,
    PlaceOut,
)
from app.api.once import Once
from app.api.wire import FIRST, Cursor, Id, Limit, Listing, LogIndex, listed
from app.cases.caller import Caller
from app.claims import queries as claims
from app.claims.queries import State
from app.claims.terms import SubjectKind
from app.core import paging
from app.core.digest import Digest
from app.core.errors import Invalid
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.incidents import linked, queries, service
from app.incidents.models import Incident, Material, Place

router = APIRouter(tags=["incidents"])
Seeing = Annotated[Caller, allowed(Permission.INCIDENT_READ)]
Registering = Annotated[Caller, allowed(Permission.INCIDENT_WRITE)]


@router.post("/incidents", status_code=201, response_model=IncidentOut)
def register(body: IncidentIn, session: Writing, caller: Registering, once: Once) -> Response:
    """Register an incident."""
    caller.require(Permission.INCIDENT_WRITE, body.case_id, thing="case")
    return once.answer(
        session,
        caller,
        lambda: IncidentOut.of(
            service.register(
                session,
                actor=caller.actor,
                case_id=body.case_id,
                title=body.title,
                note=body.note,
            )
        ),
        location=lambda made: f"/api/v1/incidents/{made.id}",
    )


@router.get("/incidents")
def incidents(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    case_id: str | None = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[IncidentOut]:
    """List the incidents of one case, or of all of one's cases."""
    statement = queries.listing(case_ids=_cases(caller, case_id))
    page = paging.page(session, statement, key=Incident.id, limit=limit, cursor=cursor)
    items = [IncidentOut.of(row) for row in page.items]
    return listed(request, response, items, page.next_cursor)


@router.get("/incidents/{incident_id}")
def incident(incident_id: Id, session: Reading, caller: Seeing) -> IncidentOut:
    """Show an incident."""
    row = queries.get(session, incident_id)
    caller.require(Permission.INCIDENT_READ, row.case_id, thing="incident")
    return IncidentOut.of(row)


@router.get("/incidents/{incident_id}/beside")
def beside_incident(
    incident_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ClaimListing:
    """List the claims that put a recording, a series or material beside an incident."""
    row = queries.get(session, incident_id)
    caller.require(Permission.INCIDENT_READ, row.case_id, thing="incident")
    return _beside(session, caller, SubjectKind.INCIDENT, row, as_of)


@router.post("/places", status_code=201, response_model=PlaceOut)
def place_in(body: PlaceIn, session: Writing, caller: Registering, once: Once) -> Response:
    """Enter a place with its names."""
    caller.require(Permission.INCIDENT_WRITE, body.case_id, thing="case")

    def make() -> PlaceOut:
        made = service.place(
            session,
            actor=caller.actor,
            case_id=body.case_id,
            names=[each.naming() for each in body.names],
            precision=body.precision,
            parent_id=body.parent_id,
            note=body.note,
        )
        return _places(session, [made])[0]

    return once.answer(session, caller, make, location=lambda made: f"/api/v1/places/{made.id}")


@router.get("/places")
def places(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    case_id: str | None = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[PlaceOut]:
    """List the places of one case, or of all of one's cases."""
    statement = queries.places(case_ids=_cases(caller, case_id))
    page = paging.page(session, statement, key=Place.id, limit=limit, cursor=cursor)
    return listed(request, response, _places(session, page.items), page.next_cursor)


@router.get("/places/{place_id}")
def place(place_id: Id, session: Reading, caller: Seeing) -> PlaceOut:
    """Show a place."""
    row = queries.get_place(session, place_id)
    caller.require(Permission.INCIDENT_READ, row.case_id, thing="place")
    return _places(session, [row])[0]


@router.post("/places/{place_id}/names", status_code=201, response_model=PlaceOut)
def name_place(
    place_id: Id, body: PlaceNameIn, session: Writing, caller: Registering, once: Once
) -> Response:
    """Enter another name of a place."""
    row = queries.get_place(session, place_id)
    caller.require(Permission.INCIDENT_WRITE, row.case_id, thing="place")

    def make() -> PlaceOut:
        service.name_place(session, actor=caller.actor, place=row, naming=body.naming())
        return _places(session, [row])[0]

    return once.answer(session, caller, make, status=201)


@router.post("/materials", status_code=201, response_model=MaterialOut)
def register_material(
    body: MaterialIn, session: Writing, caller: Registering, once: Once
) -> Response:
    """Register material that is spoken of."""
    caller.require(Permission.INCIDENT_WRITE, body.case_id, thing="case")

    def make() -> MaterialOut:
        made = service.register_material(
            session,
            actor=caller.actor,
            case_id=body.case_id,
            kind=body.kind,
            title=body.title,
            derived_from_id=body.derived_from_id,
            note=body.note,
        )
        return _materials(session, [made])[0]

    return once.answer(session, caller, make, location=lambda made: f"/api/v1/materials/{made.id}")


@router.get("/materials")
def materials(
    request: Request,
    response: Response,
    session: Reading,
    caller: Seeing,
    case_id: str | None = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[MaterialOut]:
    """List the material of one case, or of all of one's cases."""
    statement = queries.materials(case_ids=_cases(caller, case_id))
    page = paging.page(session, statement, key=Material.id, limit=limit, cursor=cursor)
    return listed(request, response, _materials(session, page.items), page.next_cursor)


@router.get("/materials/{material_id}")
def material(material_id: Id, session: Reading, caller: Seeing) -> MaterialOut:
    """Show material."""
    row = queries.get_material(session, material_id)
    caller.require(Permission.INCIDENT_READ, row.case_id, thing="material")
    return _materials(session, [row])[0]


@router.get("/materials/{material_id}/beside")
def beside_material(
    material_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ClaimListing:
    """List the claims that put a recording, a series or other material beside material."""
    row = queries.get_material(session, material_id)
    caller.require(Permission.INCIDENT_READ, row.case_id, thing="material")
    return _beside(session, caller, SubjectKind.MATERIAL, row, as_of)


@router.post("/materials/{material_id}/holdings", status_code=201, response_model=HoldingOut)
def hold(
    material_id: Id, body: HoldingIn, session: Writing, caller: Registering, once: Once
) -> Response:
    """State that bytes of a material are held, and where."""
    row = queries.get_material(session, material_id)
    caller.require(Permission.INCIDENT_WRITE, row.case_id, thing="material")
    return once.answer(
        session,
        caller,
        lambda: HoldingOut.of(
            service.hold(
                session,
                actor=caller.actor,
                material=row,
                digest=digest_of(body.sha256),
                kept_at=body.kept_at,
                size=body.size,
            )
        ),
        status=201,
    )


def digest_of(text: str) -> Digest:
    """A SHA-256 digest from a body; `Invalid` names the field."""
    try:
        return Digest.parse(text)
    except ValueError as error:
        raise Invalid(str(error), field="sha256") from error


def _beside(
    session: Session,
    caller: Caller,
    kind: SubjectKind,
    row: Incident | Material,
    as_of: int | None,
) -> ClaimListing:
    caller.require(Permission.CLAIM_READ, row.case_id, thing=str(kind))
    every = claims.of_case(session, row.case_id, as_of=as_of)
    live = [item for item in every if item.state is State.IN_FORCE]
    return ClaimListing(items=[ClaimOut.of(item) for item in linked.links_to(live, kind, row.id)])


def _cases(caller: Caller, case_id: str | None) -> frozenset[str]:
    if case_id is None:
        return frozenset(caller.cases_with(Permission.INCIDENT_READ))
    caller.require(Permission.INCIDENT_READ, case_id, thing="case")
    return frozenset({case_id})


def _places(session: Session, rows: Sequence[Place]) -> list[PlaceOut]:
    names = queries.names_of(session, [row.id for row in rows])
    made = {"names", "within"}
    return [
        PlaceOut(
            **{name: getattr(row, name) for name in PlaceOut.model_fields if name not in made},
            names=[PlaceNameOut.of(each) for each in names[row.id]],
            within=[above.id for above in queries.larger(session, row)],
        )
        for row in rows
    ]


def _materials(session: Session, rows: Sequence[Material]) -> list[MaterialOut]:
    holdings = queries.holdings_of(session, [row.id for row in rows])
    statuses = queries.statuses_of(session, [row.id for row in rows])
    made = {"status", "holdings"}
    return [
        MaterialOut(
            **{name: getattr(row, name) for name in MaterialOut.model_fields if name not in made},
            status=statuses[row.id],
            holdings=[HoldingOut.of(each) for each in holdings[row.id]],
        )
        for row in rows
    ]
