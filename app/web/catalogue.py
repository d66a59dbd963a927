"""The catalogue: what is known to exist, whether we hold it or not, and adding to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.cases.models import Case
from app.cases.queries import listed
from app.core.errors import Invalid
from app.core.languages import language as known_language
from app.core.paging import MAX_LIMIT
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import queries, service
from app.recordings.models import Description, Recording
from app.recordings.provenance import Particulars, RecordingKind, Status
from app.web.fields import one_of, optional
from app.web.rendering import page

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.RECORDING_READ)]
Writer = Annotated[Caller, allowed(Permission.RECORDING_WRITE)]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the catalogue."""

    recording: Recording
    description: Description
    case_name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the filters are set to; an empty field of the form is no filter."""

    q: str | None
    status: str | None
    kind: str | None
    language: str | None
    case: str | None

    def as_address(self, cursor: str) -> str:
        """The address of the next page under the same filters."""
        given = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        return "/?" + urlencode({**given, "cursor": cursor})


@router.get("/")
def catalogue(
    request: Request,
    session: Reading,
    caller: Reader,
    q: str = "",
    status: str = "",
    kind: str = "",
    language: str = "",
    case: str = "",
    cursor: str | None = None,
) -> Response:
    """The recordings of the caller's cases, narrowed by the filters."""
    chosen = Chosen(*(optional(value) for value in (q, status, kind, language, case)))
    found = queries.search(
        session,
        case_ids=caller.cases_with(Permission.RECORDING_READ),
        q=chosen.q,
        case_id=chosen.case,
        status=one_of(Status, chosen.status, field="status") if chosen.status else None,
        kind=one_of(RecordingKind, chosen.kind, field="kind") if chosen.kind else None,
        language=chosen.language,
        cursor=cursor,
    )
    cases = _cases(session, caller.cases_with(Permission.RECORDING_READ))
    names = {shown.id: shown.name for shown in cases}
    descriptions = queries.descriptions_of(session, found.items)
    rows = [Row(item, descriptions[item.id], names[item.case_id]) for item in found.items]
    return page(
        request,
        "catalogue.html",
        caller=caller,
        section="Recordings",
        rows=rows,
        cases=cases,
        chosen=chosen,
        filtered=any(getattr(chosen, name) for name in chosen.__slots__),
        statuses=list(Status),
        kinds=list(RecordingKind),
        may_write=caller.may_anywhere(Permission.RECORDING_WRITE),
        following=chosen.as_address(found.next_cursor) if found.next_cursor else None,
    )


@router.get("/recordings/new")
def form(request: Request, session: Reading, caller: Writer) -> Response:
    """An empty form for a new entry."""
    return _form(request, session, caller, given={})


@router.post("/recordings")
def add(
    request: Request,
    session: Writing,
    caller: Writer,
    case_id: Annotated[str, Form()],
    title: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "unspecified",
    languages: Annotated[str, Form()] = "",
    series: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Enter a recording, or show the form again saying what is wrong with which field."""
    caller.require(Permission.RECORDING_WRITE, case_id, thing="case")
    given = {
        "title": title,
        "case_id": case_id,
        "kind": kind,
        "languages": languages,
        "series": series,
        "note": note,
    }
    try:
        codes = [code for code in languages.split(",") if code.strip()]
        spoken = [known_language(code, field="languages") for code in codes]
        made = service.catalogue(
            session,
            actor=caller.actor,
            case_id=case_id,
            kind=one_of(RecordingKind, kind, field="kind"),
            particulars=Particulars(
                title=title,
                status=Status.CITED_NOT_HELD,
                languages=tuple(spoken),
                series=optional(series),
                note=optional(note),
            ),
        )
    except Invalid as error:
        return _form(request, session, caller, given=given, refused=error.message, status=422)
    return RedirectResponse(f"/recordings/{made.id}/upload", status_code=303)


def _form(
    request: Request,
    session: Session,
    caller: Caller,
    *,
    given: dict[str, str],
    refused: str | None = None,
    status: int = 200,
) -> Response:
    writable = caller.cases_with(Permission.RECORDING_WRITE)
    return page(
        request,
        "recording_new.html",
        caller=caller,
        section="Recordings",
        status=status,
        given=given,
        refused=refused,
        kinds=list(RecordingKind),
        cases=_cases(session, writable),
    )


def _cases(session: Session, case_ids: Collection[str]) -> Sequence[Case]:
    return listed(session, case_ids=case_ids, limit=MAX_LIMIT, cursor=None).items
