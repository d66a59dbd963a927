"""
The sections of an evidence record about what stands beside the recording: incidents and material
that claims put it beside, the places they name, and which agents people ruled to be one.
"""

from sqlalchemy.orm import Session

from app.agents import equivalence
from app.claims import queries as claiming
from app.claims import subjects
from app.claims.queries import State
from app.claims.terms import SubjectKind
from app.core.canonical import Json
from app.evidence.gathering import Gathered
from app.evidence.plain import API, plain
from app.incidents import linked, queries


def incidents(session: Session, found: Gathered, *, as_of: int) -> dict[str, Json]:
    """
    Every incident, material and place that claims about the recording lead to.

    Material that is put beside one of these incidents is among them, with what it is said to show.
    """
    case_id = found.recording.case_id
    named: dict[SubjectKind, dict[str, None]] = {kind: {} for kind in _ADDRESSES}
    live = [item for item in found.claims if item.state is State.IN_FORCE]
    for item in live:
        for kind, identifier, _ in subjects.named_in(item.claim.typed_value()):
            if kind in named:
                named[kind][identifier] = None
    if not any(named.values()):
        return {"incidents": [], "materials": [], "places": []}
    every = [
        item
        for item in claiming.of_case(session, case_id, as_of=as_of)
        if item.state is State.IN_FORCE
    ]
    for incident_id in named[SubjectKind.INCIDENT]:
        for item in linked.links_to(every, SubjectKind.INCIDENT, incident_id):
            if item.claim.subject_kind is SubjectKind.MATERIAL:
                named[SubjectKind.MATERIAL][item.claim.subject_id] = None
    materials = list(named[SubjectKind.MATERIAL])
    holdings = queries.holdings_of(session, materials, as_of=as_of)
    statuses = queries.statuses_of(session, materials, as_of=as_of)
    places = list(named[SubjectKind.PLACE])
    names = queries.names_of(session, places, as_of=as_of)
    return {
        "incidents": [
            {
                **plain(queries.get(session, each)),
                "address": _ADDRESSES[SubjectKind.INCIDENT].format(each),
                "claims": _about(every, SubjectKind.INCIDENT, each),
            }
            for each in named[SubjectKind.INCIDENT]
        ],
        "materials": [
            {
                **plain(queries.get_material(session, each)),
                "address": _ADDRESSES[SubjectKind.MATERIAL].format(each),
                "status": str(statuses[each]),
                "holdings": [plain(row) for row in holdings[each]],
                "claims": _about(every, SubjectKind.MATERIAL, each),
            }
            for each in materials
        ],
        "places": [
            {
                **plain(queries.get_place(session, each)),
                "address": _ADDRESSES[SubjectKind.PLACE].format(each),
                "names": [plain(row) for row in names[each]],
            }
            for each in places
        ],
    }


def equivalences(
    session: Session, found: Gathered, *, source_read: bool, as_of: int
) -> list[Json]:
    """The rulings in force that an agent of this record is one with another, or is not."""
    rows = equivalence.in_force_among(
        session,
        found.recording.case_id,
        [agent.id for agent in found.agents],
        source_read=source_read,
        as_of=as_of,
    )
    return [plain(row, without=["salt"]) for row in rows]


_ADDRESSES = {
    SubjectKind.INCIDENT: f"{API}/incidents/{{}}",
    SubjectKind.MATERIAL: f"{API}/materials/{{}}",
    SubjectKind.PLACE: f"{API}/places/{{}}",
}


def _about(every: list[claiming.Standing], kind: SubjectKind, identifier: str) -> list[Json]:
    return [plain(item.claim) for item in linked.about(every, kind, identifier)]
