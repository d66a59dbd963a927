"""
Taking a file into custody from a page.

With scripts the form uploads by tus and this module only shows it; without, it takes the
same form as one multipart body, streamed to disk.
"""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core.errors import CatalogError
from app.http import arrivals, forms
from app.http.bodies import STREAMED
from app.http.caller import CSRF_FIELD, allowed, require_csrf
from app.http.parts import Parts, PartsOf
from app.http.statuses import status_of
from app.http.transactions import Reading
from app.recordings import acquisition, queries
from app.recordings.acquisition import Arrival, DigestMismatch
from app.recordings.provenance import Generation, Standing
from app.web.rendering import page

router = APIRouter()

Writer = Annotated[Caller, allowed(Permission.RECORDING_WRITE)]
FormReader = Annotated[Caller, allowed(Permission.RECORDING_WRITE, reads_own_form=True)]


@router.get("/recordings/{recording_id}/upload")
def form(recording_id: str, request: Request, session: Reading, caller: Writer) -> Response:
    """Where a file is chosen."""
    return _shown(request, session, caller, recording_id)


@router.post("/recordings/{recording_id}/upload", max_body_size=STREAMED)
async def take(
    recording_id: str, request: Request, parts: PartsOf, caller: FormReader
) -> Response:
    """Take the file of the form; what was refused or quarantined is said on the form."""
    typed: dict[str, str] = {}
    try:
        length = arrivals.announced(request.headers)
        await run_sync(
            lambda: arrivals.require_welcome(
                parts, caller, recording_id=recording_id, announced=length
            )
        )
        form = await forms.opened(request)
        require_csrf(request, form.fields.get(CSRF_FIELD))
        typed = form.fields
        said = acquisition.declared(
            filename=form.filename,
            generation=form.fields.get("generation") or None,
            digest=form.fields.get("declared_digest") or None,
            digest_by=form.fields.get("declared_by") or None,
        )
        digest, size = await arrivals.keep(parts, form.chunks, announced=length)
        arrival = Arrival(digest=digest, size=size, declared=said)
        quarantined = await run_sync(_acquire, parts, caller, recording_id, arrival)
    except CatalogError as error:
        return await run_sync(_refused, request, parts, caller, recording_id, error, typed)
    if quarantined:
        return await run_sync(_refused, request, parts, caller, recording_id, quarantined, typed)
    return RedirectResponse(f"/recordings/{recording_id}", status_code=303)


def _acquire(
    parts: Parts, caller: Caller, recording_id: str, arrival: Arrival
) -> DigestMismatch | None:
    with parts.database.writing() as session:
        made = arrivals.acquire(session, parts, caller, recording_id=recording_id, arrival=arrival)
        quarantined = arrival.standing is Standing.QUARANTINED
        return DigestMismatch.of(made) if quarantined else None


def _refused(
    request: Request,
    parts: Parts,
    caller: Caller,
    recording_id: str,
    error: CatalogError,
    typed: dict[str, str],
) -> Response:
    with parts.database.reading() as session:
        return _shown(request, session, caller, recording_id, error=error, given=typed)


def _shown(
    request: Request,
    session: Session,
    caller: Caller,
    recording_id: str,
    *,
    error: CatalogError | None = None,
    given: dict[str, str] | None = None,
) -> Response:
    recording = queries.get(session, recording_id)
    caller.require(Permission.RECORDING_WRITE, recording.case_id, thing="recording")
    return page(
        request,
        "recording_upload.html",
        caller=caller,
        section="Recordings",
        status=status_of(type(error)) if error else 200,
        refused=error.message if error else None,
        differing=error.facts if isinstance(error, DigestMismatch) else None,
        given=given or {},
        recording=recording,
        title=queries.description_of(session, recording_id).title,
        generations=list(Generation),
    )
