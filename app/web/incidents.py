"""Incidents and material on pages: what is claimed of them, and what is put beside them."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.cases.queries import listed as cases_listed
from app.claims import queries as claims
from app.claims import register
from app.claims.queries import Standing, State
from app.claims.terms import SubjectKind
from app.core.digest import Digest
from app.core.errors import Invalid
from app.core.paging import MAX_LIMIT
from app.core.paging import page as page_of
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.incidents import linked, queries, service
from app.incidents.models import Incident, Material, MaterialKind, Place, PlacePrecision
from app.incidents.service import Naming
from app.web.claimed import in_conflict, shown
from app.web.fields import lines, one_of, optional
from app.web.refusals import Refused, attempted
from app.web.rendering import page

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.INCIDENT_READ)]
Writer = Annotated[Caller, allowed(Permission.INCIDENT_WRITE)]
SECTION = "Incidents"


@router.get("/incidents")
def listing(request: Request, session: Reading, caller: Reader) -> Response:
    """The incidents, material and places of the caller's cases."""
    return _listing(request, session, caller)


@router.post("/incidents")
def register_incident(
    request: Request,
    session: Writing,
    caller: Writer,
    case_id: Annotated[str, Form()],
    title: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Register an incident."""
    caller.require(Permission.INCIDENT_WRITE, case_id, thing="case")
    refused = attempted(
        session,
        lambda: service.register(
            session,
            actor=caller.actor,
            case_id=case_id,
            title=title,
            note=optional(lines(note)),
        ),
        form="incident",
        given={"case_id": case_id, "title": title, "note": note},
    )
    return _done(request, session, caller, refused)


@router.post("/materials")
def register_material(
    request: Request,
    session: Writing,
    caller: Writer,
    case_id: Annotated[str, Form()],
    kind: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    derived_from_id: Annotated[str, Form()] = "",
) -> Response:
    """Register material that is spoken of."""
    caller.require(Permission.INCIDENT_WRITE, case_id, thing="case")
    refused = attempted(
        session,
        lambda: service.register_material(
            session,
            actor=caller.actor,
            case_id=case_id,
            kind=one_of(MaterialKind, kind, field="kind"),
            title=title,
            derived_from_id=optional(derived_from_id),
        ),
        form="material",
        given={
            "case_id": case_id,
            "kind": kind,
            "title": title,
            "derived_from_id": derived_from_id,
        },
    )
    return _done(request, session, caller, refused)


@router.post("/places")
def enter_place(
    request: Request,
    session: Writing,
    caller: Writer,
    case_id: Annotated[str, Form()],
    name: Annotated[str, Form()] = "",
    precision: Annotated[str, Form()] = "",
    parent_id: Annotated[str, Form()] = "",
) -> Response:
    """Enter a place."""
    caller.require(Permission.INCIDENT_WRITE, case_id, thing="case")
    refused = attempted(
        session,
        lambda: service.place(
            session,
            actor=caller.actor,
            case_id=case_id,
            names=[Naming(name)],
            precision=one_of(PlacePrecision, precision, field="precision"),
            parent_id=optional(parent_id),
        ),
        form="place",
        given={
            "case_id": case_id,
            "name": name,
            "precision": precision,
            "parent_id": parent_id,
        },
    )
    return _done(request, session, caller, refused)


@router.get("/incidents/{incident_id}")
def incident(incident_id: str, request: Request, session: Reading, caller: Reader) -> Response:
    """One incident: recordings and material beside it, and everything claimed of it."""
    found = queries.get(session, incident_id)
    caller.require(Permission.INCIDENT_READ, found.case_id, thing="incident")
    return _subject(request, session, caller, SubjectKind.INCIDENT, found)


@router.get("/materials/{material_id}")
def material(material_id: str, request: Request, session: Reading, caller: Reader) -> Response:
    """One material: what it is said to show, what it was made from, whether it is held."""
    found = queries.get_material(session, material_id)
    caller.require(Permission.INCIDENT_READ, found.case_id, thing="material")
    return _subject(request, session, caller, SubjectKind.MATERIAL, found)


@router.post("/materials/{material_id}/holdings")
def hold(
    material_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    sha256: Annotated[str, Form()] = "",
    kept_at: Annotated[str, Form()] = "",
) -> Response:
    """State that bytes of a material are held, and where."""
    found = queries.get_material(session, material_id)
    caller.require(Permission.INCIDENT_WRITE, found.case_id, thing="material")

    def act() -> None:
        try:
            digest = Digest.parse(sha256)
        except ValueError as error:
            raise Invalid(str(error), field="sha256") from error
        service.hold(session, actor=caller.actor, material=found, digest=digest, kept_at=kept_at)

    given = {"sha256": sha256, "kept_at": kept_at}
    refused = attempted(session, act, form="hold", given=given)
    if refused:
        return _subject(request, session, caller, SubjectKind.MATERIAL, found, refused=refused)
    return RedirectResponse(f"/materials/{material_id}#held-head", status_code=303)


def _subject(
    request: Request,
    session: Session,
    caller: Caller,
    kind: SubjectKind,
    found: Incident | Material,
    *,
    refused: Refused | None = None,
) -> Response:
    live: list[Standing] = []
    conflicts = []
    if caller.may(Permission.CLAIM_READ, found.case_id):
        live = [
            item for item in claims.of_case(session, found.case_id) if item.state is State.IN_FORCE
        ]
        everything = register.of_case(session, found.case_id)
        conflicts = [
            each
            for each in everything
            if (each.conflict.subject_kind, each.conflict.subject_id) == (kind, found.id)
        ]
    beside = linked.links_to(live, kind, found.id)
    events = linked.events_of(live, kind, found.id)
    shared: dict[str, Any] = {
        "status": refused.status if refused else 200,
        "refused": refused,
        "found": found,
        "beside": shown(session, caller, beside),
        "claims": shown(session, caller, linked.about(live, kind, found.id)),
        "conflicts": in_conflict(session, caller, conflicts),
        "may_write": caller.may(Permission.INCIDENT_WRITE, found.case_id),
    }
    if isinstance(found, Incident):
        ids = {
            item.claim.subject_id
            for item in beside
            if item.claim.subject_kind is SubjectKind.MATERIAL
        }
        materials = [queries.get_material(session, each) for each in sorted(ids)]
        return page(
            request,
            "incident.html",
            caller=caller,
            section=SECTION,
            materials=[
                (
                    each,
                    shown(session, caller, linked.about(live, SubjectKind.MATERIAL, each.id)),
                )
                for each in materials
            ],
            statuses=queries.statuses_of(session, ids),
            **shared,
        )
    source = found.derived_from_id
    return page(
        request,
        "material.html",
        caller=caller,
        section=SECTION,
        source=queries.get_material(session, source) if source else None,
        made=queries.made_from(session, found.id),
        holdings=queries.holdings_of(session, [found.id])[found.id],
        held=queries.statuses_of(session, [found.id])[found.id],
        incidents=[
            queries.get(session, identifier)
            for each, identifier in sorted(events)
            if each is SubjectKind.INCIDENT
        ],
        **shared,
    )


def _done(request: Request, session: Session, caller: Caller, refused: Refused | None) -> Response:
    if refused:
        return _listing(request, session, caller, refused=refused)
    return RedirectResponse("/incidents", status_code=303)


def _listing(
    request: Request, session: Session, caller: Caller, *, refused: Refused | None = None
) -> Response:
    mine = caller.cases_with(Permission.INCIDENT_READ)
    incidents = page_of(
        session, queries.listing(case_ids=mine), key=Incident.id, limit=MAX_LIMIT, descending=True
    ).items
    materials = page_of(
        session,
        queries.materials(case_ids=mine),
        key=Material.id,
        limit=MAX_LIMIT,
        descending=True,
    ).items
    places = page_of(
        session, queries.places(case_ids=mine), key=Place.id, limit=MAX_LIMIT, descending=True
    ).items
    writable = caller.cases_with(Permission.INCIDENT_WRITE)
    return page(
        request,
        "incidents.html",
        caller=caller,
        section=SECTION,
        status=refused.status if refused else 200,
        refused=refused,
        incidents=incidents,
        materials=materials,
        statuses=queries.statuses_of(session, [row.id for row in materials]),
        places=places,
        names=queries.names_of(session, [row.id for row in places]),
        cases=cases_listed(session, case_ids=writable, limit=MAX_LIMIT, cursor=None).items,
        kinds=list(MaterialKind),
        precisions=list(PlacePrecision),
    )
