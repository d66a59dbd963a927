"""
Finding a quote in everything that is said in the recordings of one's cases.

The form is sent by POST and answered with the page itself, so that the words looked for are in no
address, no history and no log.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.cases.queries import listed
from app.core.paging import MAX_LIMIT
from app.http.caller import allowed
from app.http.transactions import Reading
from app.recordings import queries as recordings
from app.recordings.models import Description, Recording
from app.search import queries, scope
from app.search.places import Place
from app.search.queries import Found
from app.search.scope import Scope
from app.web.fields import lines, optional
from app.web.refusals import ANSWERED, Refused
from app.web.rendering import page
from app.web.vocabulary import LANGUAGES

router = APIRouter()

Seeker = Annotated[Caller, allowed(Permission.TRANSCRIPT_READ)]
FORM = "search"


@dataclass(frozen=True, slots=True)
class Hit:
    """A recording and the places in it, the recording with the best place first."""

    recording: Recording
    description: Description
    places: list[Place]


@router.get("/search")
def empty(request: Request, session: Reading, caller: Seeker, recording: str = "") -> Response:
    """An empty form; `recording` narrows it to one that the caller may read."""
    return _page(request, session, caller, given={"recording_id": recording})


@router.post("/search")
def search(
    request: Request,
    session: Reading,
    caller: Seeker,
    quote: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
    case: Annotated[str, Form()] = "",
    recording_id: Annotated[str, Form()] = "",
    superseded: Annotated[str, Form()] = "",
) -> Response:
    """What was found, or the form again naming what is wrong."""
    given = {
        "quote": lines(quote),
        "language": language,
        "case": case,
        "recording_id": recording_id,
        "superseded": superseded,
    }
    if optional(case):
        caller.require(Permission.TRANSCRIPT_READ, case, thing="case")
    cases = caller.cases_with(Permission.TRANSCRIPT_READ)
    _narrowed(session, caller, recording_id)
    try:
        found = queries.search(
            session,
            quote=given["quote"],
            language=language,
            scope=Scope(
                case_ids={case} if optional(case) else cases,
                recording_id=optional(recording_id),
                superseded=bool(superseded),
            ),
        )
    except ANSWERED as error:
        refused = Refused.of(error, form=FORM, given=given)
        return _page(request, session, caller, given=given, refused=refused)
    return _page(request, session, caller, given=given, found=found)


def _page(
    request: Request,
    session: Session,
    caller: Caller,
    *,
    given: dict[str, str],
    found: Found | None = None,
    refused: Refused | None = None,
) -> Response:
    cases = caller.cases_with(Permission.TRANSCRIPT_READ)
    spoken = scope.languages_of(session, cases)
    return page(
        request,
        "search.html",
        caller=caller,
        section="Search",
        status=refused.status if refused else 200,
        refused=refused,
        given=given,
        found=found,
        hits=_hits(session, found) if found else [],
        cases=listed(session, case_ids=cases, limit=MAX_LIMIT, cursor=None).items,
        within=_narrowed(session, caller, given.get("recording_id", "")),
        languages=spoken or ["en"],
        others=sorted(set(LANGUAGES) - set(spoken) - {"und"}),
    )


def _narrowed(session: Session, caller: Caller, recording_id: str) -> Recording | None:
    """The recording that the search is limited to, if the caller may read it."""
    if not optional(recording_id):
        return None
    found = recordings.get(session, recording_id)
    caller.require(Permission.TRANSCRIPT_READ, found.case_id, thing="recording")
    return found


def _hits(session: Session, found: Found) -> list[Hit]:
    order: dict[str, int] = {}
    for place in found.places:
        order.setdefault(place.transcript.recording_id, len(order))
    by_recording = sorted(found.places, key=lambda place: order[place.transcript.recording_id])
    grouped = {
        recording_id: list(places)
        for recording_id, places in groupby(by_recording, lambda p: p.transcript.recording_id)
    }
    rows = {recording_id: recordings.get(session, recording_id) for recording_id in grouped}
    described = recordings.descriptions_of(session, rows.values())
    return [Hit(rows[one], described[one], places) for one, places in grouped.items()]
