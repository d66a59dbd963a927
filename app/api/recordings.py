"""
The catalogue: recordings, how they are described, and what is said of where they come from.

A description is changed by PATCH with `If-Match`: what is not sent stays as it is. Who is
named by a protected hop is shown to those who may know sources, and to nobody else.
"""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.hops import HopIn, HopOut, HopsOut, LinkIn, LinkOut, LinksOut, RulingIn
from app.api.once import Once
from app.api.preconditions import IfMatch, etag
from app.api.wire import FIRST, Cursor, Limit, Listing, Spelled, UtcInstant, Wire, listed
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.recordings import linking, queries, service
from app.recordings.models import Description, Recording
from app.recordings.provenance import Particulars, RecordingKind, Status

router = APIRouter(prefix="/recordings", tags=["recordings"])
Reader = Annotated[Caller, allowed(Permission.RECORDING_READ)]
Writer = Annotated[Caller, allowed(Permission.RECORDING_WRITE)]


class RecordingIn(Wire):
    """What is said of a recording when it is catalogued."""

    case_id: str
    title: str
    kind: Spelled[RecordingKind] = RecordingKind.UNSPECIFIED
    status: Spelled[Status] = Status.CITED_NOT_HELD
    languages: list[str] = Field(default_factory=list)
    series: str | None = None
    note: str | None = None


class DescriptionIn(Wire):
    """What is to change in the description; what is left out stays."""

    title: str | None = None
    status: Spelled[Status] | None = None
    languages: list[str] | None = None
    series: str | None = None
    note: str | None = None


class RecordingOut(Wire):
    """A recording and its description in force."""

    id: str
    log_index: int
    case_id: str
    catalogue_no: str
    kind: RecordingKind
    revision: int
    described_at: UtcInstant
    title: str
    status: Status
    languages: list[str]
    series: str | None
    note: str | None

    @classmethod
    def of(cls, recording: Recording, described: Description) -> "RecordingOut":
        """Shape a recording as this revision describes it."""
        return cls(
            id=recording.id,
            log_index=recording.log_index,
            case_id=recording.case_id,
            catalogue_no=recording.catalogue_no,
            kind=recording.kind,
            revision=described.revision,
            described_at=described.described_at,
            title=described.title,
            status=described.status,
            languages=described.languages,
            series=described.series,
            note=described.note,
        )


@router.post("", status_code=201, response_model=RecordingOut)
def catalogue(body: RecordingIn, session: Writing, caller: Writer, once: Once) -> Response:
    """Enter a recording into the catalogue; bytes of it may follow, or never."""
    caller.require(Permission.RECORDING_WRITE, body.case_id, thing="case")

    def entered() -> RecordingOut:
        recording = service.catalogue(
            session,
            actor=caller.actor,
            case_id=body.case_id,
            kind=body.kind,
            particulars=Particulars(
                title=body.title,
                status=body.status,
                languages=body.languages,
                series=body.series,
                note=body.note,
            ),
        )
        return RecordingOut.of(recording, queries.description_of(session, recording.id))

    return once.answer(
        session, caller, entered, location=lambda out: f"/api/v1/recordings/{out.id}"
    )


@router.get("")
def search(
    request: Request,
    response: Response,
    session: Reading,
    caller: Reader,
    q: Annotated[str | None, Query(max_length=200, description="words to look for")] = None,
    case_id: str | None = None,
    status: Status | None = None,
    kind: RecordingKind | None = None,
    language: str | None = None,
    held: bool | None = None,
    as_of: Annotated[int | None, Query(ge=0, description="a place in the custody log")] = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[RecordingOut]:
    """Recordings of the caller's cases, newest catalogue number first."""
    page = queries.search(
        session,
        case_ids=caller.cases_with(Permission.RECORDING_READ),
        q=q,
        case_id=case_id,
        status=status,
        kind=kind,
        language=language,
        held=held,
        as_of=as_of,
        limit=limit,
        cursor=cursor,
    )
    described = queries.descriptions_of(session, page.items, as_of=as_of)
    items = [RecordingOut.of(recording, described[recording.id]) for recording in page.items]
    return listed(request, response, items, page.next_cursor)


@router.get("/{recording_id}")
def show(recording_id: str, response: Response, session: Reading, caller: Reader) -> RecordingOut:
    """One recording, with the revision to name in `If-Match`."""
    recording = _recording(session, caller, recording_id, Permission.RECORDING_READ)
    described = queries.description_of(session, recording.id)
    response.headers["ETag"] = etag(described.revision)
    return RecordingOut.of(recording, described)


@router.patch("/{recording_id}")
def describe(
    recording_id: str,
    body: DescriptionIn,
    response: Response,
    session: Writing,
    caller: Writer,
    expected: IfMatch,
) -> RecordingOut:
    """Describe a recording anew: a new revision, the old ones stay."""
    recording = _recording(session, caller, recording_id, Permission.RECORDING_WRITE)
    before = queries.description_of(session, recording.id)
    expected.require(before.revision)
    said = body.model_fields_set
    described = service.describe(
        session,
        actor=caller.actor,
        recording=recording,
        expected_revision=before.revision,
        particulars=Particulars(
            title=body.title if body.title is not None else before.title,
            status=body.status if body.status is not None else before.status,
            languages=body.languages if body.languages is not None else before.languages,
            series=body.series if "series" in said else before.series,
            note=body.note if "note" in said else before.note,
        ),
    )
    response.headers["ETag"] = etag(described.revision)
    return RecordingOut.of(recording, described)


@router.post("/{recording_id}/claimed-hops", status_code=201, response_model=HopOut)
def claim_hop(
    recording_id: str, body: HopIn, session: Writing, caller: Writer, once: Once
) -> Response:
    """Write down a step of the recording's way to us, as somebody claims it was."""
    recording = _recording(session, caller, recording_id, Permission.RECORDING_WRITE)
    knows = caller.may(Permission.SOURCE_READ, recording.case_id)

    def noted() -> HopOut:
        hop = service.claim_hop(session, actor=caller.actor, recording=recording, hop=body.value())
        return HopOut.of(hop, source_read=knows)

    return once.answer(session, caller, noted)


@router.get("/{recording_id}/claimed-hops")
def hops(recording_id: str, session: Reading, caller: Reader) -> HopsOut:
    """The claimed way of the recording to us, in the order in which it was written down."""
    recording = _recording(session, caller, recording_id, Permission.RECORDING_READ)
    knows = caller.may(Permission.SOURCE_READ, recording.case_id)
    found = linking.hops_of(session, recording.id)
    return HopsOut(items=[HopOut.of(hop, source_read=knows) for hop in found])


@router.post("/{recording_id}/links", status_code=201, response_model=LinkOut)
def link(
    recording_id: str, body: LinkIn, session: Writing, caller: Writer, once: Once
) -> Response:
    """State how the recording stands to another of its case."""
    recording = _recording(session, caller, recording_id, Permission.RECORDING_WRITE)
    other = _recording(session, caller, body.other_id, Permission.RECORDING_WRITE)

    def stated() -> LinkOut:
        made = service.link(
            session,
            actor=caller.actor,
            recording=recording,
            other=other,
            kind=body.kind,
            ground=body.ground,
            reason=body.reason,
        )
        return LinkOut.of(linking.standing_of(session, made))

    return once.answer(session, caller, stated)


@router.get("/{recording_id}/links")
def links(recording_id: str, session: Reading, caller: Reader) -> LinksOut:
    """Every link from or to the recording, withdrawn ones included, oldest first."""
    recording = _recording(session, caller, recording_id, Permission.RECORDING_READ)
    found = linking.links_of(session, recording.id)
    return LinksOut(items=[LinkOut.of(standing) for standing in found])


@router.post("/{recording_id}/links/{link_id}/rulings", status_code=201, response_model=LinkOut)
def rule(
    recording_id: str,
    link_id: str,
    body: RulingIn,
    session: Writing,
    caller: Writer,
    once: Once,
) -> Response:
    """Confirm a link as a second person, or withdraw it."""
    recording = _recording(session, caller, recording_id, Permission.RECORDING_WRITE)
    found = linking.link_of(session, recording.id, link_id)

    def ruled() -> LinkOut:
        service.rule(
            session,
            actor=caller.actor,
            link=found,
            decision=body.decision,
            reason=body.reason,
        )
        return LinkOut.of(linking.standing_of(session, found))

    return once.answer(session, caller, ruled)


def _recording(
    session: Session, caller: Caller, recording_id: str, permission: Permission
) -> Recording:
    recording = queries.get(session, recording_id)
    caller.require(permission, recording.case_id, thing="recording")
    return recording
