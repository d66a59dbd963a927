"""
What is held of a recording: every arrival of bytes, and bringing more in one request.

Uploads that must survive a broken connection go through `uploads`; how bytes are read back
is in `content`.
"""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response

from app.accounts.permissions import Permission
from app.api.instances import AcquisitionOut, InstanceOut, instance_for
from app.api.once import OnceOfStream, Repeatable
from app.api.problems import problem
from app.api.wire import Wire
from app.cases.caller import Caller
from app.http import arrivals, digests, forms
from app.http.bodies import STREAMED
from app.http.caller import allowed
from app.http.parts import Parts, PartsOf
from app.http.transactions import Reading
from app.recordings import acquisition, queries
from app.recordings.acquisition import Arrival, DigestMismatch
from app.recordings.models import MediaInstance
from app.recordings.provenance import Standing

router = APIRouter(prefix="/recordings/{recording_id}/media-instances", tags=["media"])
Reader = Annotated[Caller, allowed(Permission.RECORDING_READ)]
Writer = Annotated[Caller, allowed(Permission.RECORDING_WRITE)]


class InstancesOut(Wire):
    """Every arrival of a recording, oldest first."""

    items: list[InstanceOut]


@router.get("")
def instances(recording_id: str, session: Reading, caller: Reader) -> InstancesOut:
    """Every arrival of bytes of the recording, quarantined ones included, and what each is."""
    recording = queries.get(session, recording_id)
    caller.require(Permission.RECORDING_READ, recording.case_id, thing="recording")
    found = queries.instances_of(session, recording.id)
    return InstancesOut(items=[InstanceOut.of(session, instance) for instance in found])


@router.get("/{instance_id}")
def instance(recording_id: str, instance_id: str, session: Reading, caller: Reader) -> InstanceOut:
    """One arrival."""
    found = instance_for(session, caller, recording_id, instance_id, Permission.RECORDING_READ)
    return InstanceOut.of(session, found)


@router.get("/{instance_id}/receipt")
def receipt(
    recording_id: str, instance_id: str, session: Reading, caller: Reader
) -> AcquisitionOut:
    """The receipt of an arrival, the same at every asking."""
    found = instance_for(session, caller, recording_id, instance_id, Permission.RECORDING_READ)
    return AcquisitionOut.of(session, found)


@router.post("", status_code=201, response_model=AcquisitionOut, max_body_size=STREAMED)
async def acquire(
    recording_id: str, request: Request, parts: PartsOf, caller: Writer, once: OnceOfStream
) -> Response:
    """
    Bring a file in one request: as the body itself, or as the file of a form.

    The name comes in `Content-Disposition`, the sender's own digest in `Repr-Digest` or
    `Earwitness-Declared-Digest`; a form has the fields `declared_digest`, `declared_by`
    and `generation`.
    """
    length = arrivals.announced(request.headers)
    await run_sync(
        lambda: arrivals.require_welcome(
            parts, caller, recording_id=recording_id, announced=length
        )
    )
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        form = await forms.opened(request)
        said = acquisition.declared(
            filename=form.filename,
            generation=form.fields.get("generation"),
            digest=form.fields.get("declared_digest"),
            digest_by=form.fields.get("declared_by"),
        )
        chunks = form.chunks
    else:
        said = acquisition.declared(
            filename=forms.filename(request.headers.get("content-disposition")),
            generation=request.headers.get("earwitness-generation"),
            digest=digests.declared(request.headers),
            digest_by=request.headers.get("earwitness-declared-by"),
        )
        chunks = request.stream()
    digest, size = await arrivals.keep(parts, chunks, announced=length)
    arrival = Arrival(digest=digest, size=size, declared=said)
    return await run_sync(_acquire, request, parts, caller, once, recording_id, arrival)


def _acquire(
    request: Request,
    parts: Parts,
    caller: Caller,
    once: Repeatable,
    recording_id: str,
    arrival: Arrival,
) -> Response:
    with parts.database.writing() as session:

        def acquired() -> MediaInstance:
            return arrivals.acquire(
                session, parts, caller, recording_id=recording_id, arrival=arrival
            )

        if arrival.standing is Standing.QUARANTINED:
            return problem(request, DigestMismatch.of(acquired()))
        return once.answer(
            session,
            caller,
            lambda: AcquisitionOut.of(session, acquired()),
            location=lambda out: (
                f"/api/v1/recordings/{recording_id}/media-instances/{out.instance.id}"
            ),
            content=str(arrival.digest),
        )
