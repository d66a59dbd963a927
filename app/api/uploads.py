"""
Resumable uploads: the core of tus 1.0, over rows that say what is durable.

A client announces an upload, sends bytes from the offset that HEAD names, and after any
fault asks again and goes on from there. With the last byte the bytes are acquired; the
answer names the instance, and GET on the upload gives its receipt. Only the account that
started an upload can see it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request, Response

from app.accounts.permissions import Permission
from app.api import tus
from app.api.instances import ReceiptOut, address_of
from app.api.wire import UtcInstant, Wire
from app.cases.caller import Caller
from app.core.digest import Digest, Hasher
from app.core.errors import CatalogError, Invalid, NotFound, TooLarge
from app.core.storage import StagedFile
from app.http import digests
from app.http.bodies import STREAMED
from app.http.caller import allowed
from app.http.intake import Taker, receive
from app.http.parts import Parts, PartsOf
from app.http.underway import Underway
from app.recordings import acquisition, finishing, queries, quota, uploads
from app.recordings.acquisition import DigestMismatch
from app.recordings.models import MediaInstance, Upload
from app.recordings.provenance import Standing
from app.reports.intake import queries as captures

router = APIRouter(prefix="/uploads", tags=["uploads"])
Writer = Annotated[Caller, allowed(Permission.RECORDING_WRITE)]
UNDERWAY = Underway()


class UploadOut(Wire):
    """Where an upload stands; the receipt is there once its bytes are acquired."""

    id: str
    recording_id: str
    offset: int
    length: int
    expires_at: UtcInstant
    receipt: ReceiptOut | None


@router.options("", status_code=204)
def abilities(parts: PartsOf, caller: Writer) -> Response:  # noqa: ARG001 - declares a permission
    """What this server can do, as tus clients ask."""
    return Response(
        status_code=204,
        headers={
            "Tus-Resumable": tus.VERSION,
            "Tus-Version": tus.VERSION,
            "Tus-Extension": tus.EXTENSIONS,
            "Tus-Checksum-Algorithm": ",".join(tus.ALGORITHMS),
            "Tus-Max-Size": str(parts.settings.max_upload_bytes),
        },
    )


@router.post("", status_code=201)
def create(request: Request, parts: PartsOf, caller: Writer) -> Response:
    """Announce an upload: `Upload-Length`, and `Upload-Metadata` with at least `recording_id`."""
    return _answered(request, lambda: _create(request, parts, caller))


@router.head("/{upload_id}")
def offset(upload_id: str, request: Request, parts: PartsOf, caller: Writer) -> Response:
    """Where the upload stands: everything before `Upload-Offset` survives a power cut."""

    def ask() -> Response:
        tus.require_version(request)
        upload, _ = _standing(parts, caller, upload_id)
        headers = tus.state(upload) | {"Upload-Length": str(upload.length)}
        if upload.metadata_sent:
            headers["Upload-Metadata"] = upload.metadata_sent
        return Response(headers=headers)

    return _answered(request, ask)


@router.get("/{upload_id}")
def show(upload_id: str, parts: PartsOf, caller: Writer) -> UploadOut:
    """The same as JSON, with the receipt of a finished one."""
    upload, instance = _standing(parts, caller, upload_id)
    with parts.database.reading() as session:
        receipt = ReceiptOut.of(session, instance) if instance else None
    return UploadOut(
        id=upload.id,
        recording_id=upload.recording_id,
        offset=upload.durable_offset,
        length=upload.length,
        expires_at=upload.expires_at,
        receipt=receipt,
    )


@router.patch("/{upload_id}", status_code=204, max_body_size=STREAMED)
async def append(upload_id: str, request: Request, parts: PartsOf, caller: Writer) -> Response:
    """Send the next bytes; the answer to the last of them names the instance they became."""
    try:
        tus.require_version(request)
        if request.headers.get("content-type") != tus.BODY:
            raise Invalid(f"the body is {tus.BODY}", field="Content-Type")
        expected = tus.count(request.headers, "Upload-Offset")
        checksum = tus.checksum(request.headers.get("upload-checksum"))
        upload = await run_sync(_mine, parts, caller, upload_id)
        if upload.sha256 is None:
            staged = await run_sync(_open, parts, upload_id)
            try:
                _require_offset(staged.offset, expected)
                await _grow(request, parts, upload, staged, checksum)
            finally:
                staged.close()
        else:
            _require_offset(upload.length, expected)
        upload, instance = await run_sync(_standing, parts, caller, upload_id)
    except CatalogError as error:
        return tus.refused(request, error)
    if instance is not None and instance.standing is Standing.QUARANTINED:
        return tus.refused(request, DigestMismatch.of(instance))
    headers = tus.state(upload)
    if instance is not None:
        headers["Location"] = address_of(instance)
        headers["Repr-Digest"] = digests.spelled(Digest.parse(instance.sha256))
        headers["Earwitness-Log-Index"] = str(instance.log_index)
    return Response(status_code=204, headers=headers)


@router.delete("/{upload_id}", status_code=204)
def terminate(upload_id: str, request: Request, parts: PartsOf, caller: Writer) -> Response:
    """Give up an upload; what was sent of it is thrown away."""

    def give_up() -> Response:
        tus.require_version(request)
        _mine(parts, caller, upload_id)
        try:
            staged: StagedFile | None = _open(parts, upload_id)
        except NotFound:
            staged = None
        try:
            with parts.database.writing() as session:
                here = uploads.get(session, upload_id)
                uploads.remove(session, actor=caller.actor, upload=here)
            parts.staging.remove(upload_id)
        finally:
            if staged:
                staged.close()
        return Response(status_code=204, headers={"Tus-Resumable": tus.VERSION})

    return _answered(request, give_up)


def _create(request: Request, parts: Parts, caller: Caller) -> Response:
    tus.require_version(request)
    length = tus.count(request.headers, "Upload-Length")
    most = parts.settings.max_upload_bytes
    if length > most:
        raise TooLarge("the file is larger than allowed", limit="max_upload_bytes", allowed=most)
    sent = request.headers.get("upload-metadata", "")
    said = tus.metadata(sent)
    declared = acquisition.declared(
        filename=said.get("filename"),
        generation=said.get("generation"),
        digest=said.get("declared_digest"),
        digest_by=said.get("declared_by"),
    )
    if not said.get("recording_id"):
        raise Invalid("Upload-Metadata names the recording", field="recording_id")
    with parts.database.reading() as session:
        recording = queries.get(session, said["recording_id"])
        caller.require(Permission.RECORDING_WRITE, recording.case_id, thing="recording")
        awaited = uploads.outstanding(session)
    upload_id = uploads.new_upload_id()
    parts.staging.create(upload_id, expected_bytes=length + awaited)
    try:
        with parts.database.writing() as session:
            quota.require_room(
                session,
                case_id=recording.case_id,
                wanted=length,
                allowed=parts.settings.case_quota_bytes,
                also=captures.used(session, recording.case_id),
            )
            upload = uploads.start(
                session,
                actor=caller.actor,
                recording=recording,
                upload_id=upload_id,
                length=length,
                declared=declared,
                metadata_sent=sent,
                lifetime=_lifetime(parts),
            )
    except BaseException:
        parts.staging.remove(upload_id)
        raise
    headers = tus.state(upload) | {"Location": f"/api/v1/uploads/{upload.id}"}
    return Response(status_code=201, headers=headers)


async def _grow(
    request: Request,
    parts: Parts,
    upload: Upload,
    staged: StagedFile,
    checksum: tus.Checksum | None,
) -> None:
    """Write the body behind what is there; settle the upload when it is whole."""

    def durable(reached: int) -> None:
        if reached < upload.length:
            with parts.database.writing() as session:
                uploads.advance(
                    session, upload_id=upload.id, offset=reached, lifetime=_lifetime(parts)
                )

    left = upload.length - staged.offset
    hasher = UNDERWAY.take(upload.id, at=staged.offset)
    takers: tuple[Taker, ...] = (hasher,) if hasher else ()
    if checksum is None:
        await receive(request.stream(), staged, most=left, takers=takers, durable=durable)
    else:
        # Nothing is acknowledged before the checksum held; what it rejects is cut off by
        # whoever opens the file next.
        takers = (*takers, checksum.hashing)
        await receive(request.stream(), staged, most=left, takers=takers)
        if not checksum.holds:
            raise tus.ChecksumMismatch("the bytes do not have the checksum sent with them")
        durable(await run_sync(staged.flush))
    if staged.offset == upload.length:
        await run_sync(_settle, parts, upload, hasher)
    elif hasher:
        UNDERWAY.keep(upload.id, hasher)


def _settle(parts: Parts, upload: Upload, hasher: Hasher | None) -> None:
    if hasher:
        digest = hasher.digest()
    else:
        with parts.staging.path(upload.id).open("rb") as whole:
            digest = Digest.of_stream(whole)
    with parts.database.writing() as session:
        uploads.settle(session, upload_id=upload.id, digest=digest)


def _standing(parts: Parts, caller: Caller, upload_id: str) -> tuple[Upload, MediaInstance | None]:
    """An upload and what it became, acquiring it now if that is all that is left to do."""
    upload = _mine(parts, caller, upload_id)
    if upload.sha256 is None:
        return upload, None
    instance = finishing.finish(
        parts.database, parts.storage, parts.staging, actor=caller.actor, upload=upload
    )
    return upload, instance


def _mine(parts: Parts, caller: Caller, upload_id: str) -> Upload:
    with parts.database.reading() as session:
        upload = uploads.get(session, upload_id)
    if upload.account_id != caller.account_id:
        raise NotFound("no such upload")
    caller.require(Permission.RECORDING_WRITE, upload.case_id, thing="upload")
    return upload


def _open(parts: Parts, upload_id: str) -> StagedFile:
    def durable_offset() -> int:
        with parts.database.reading() as session:
            return uploads.get(session, upload_id).durable_offset

    return parts.staging.open(upload_id, offset=durable_offset)


def _require_offset(stands: int, given: int) -> None:
    if given != stands:
        raise tus.WrongOffset(
            "the upload stands elsewhere", field="Upload-Offset", offset=stands, given=given
        )


def _lifetime(parts: Parts) -> timedelta:
    return timedelta(hours=parts.settings.upload_expiry_h)


def _answered(request: Request, make: Callable[[], Response]) -> Response:
    try:
        return make()
    except CatalogError as error:
        return tus.refused(request, error)
