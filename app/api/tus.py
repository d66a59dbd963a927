"""
The headers of tus 1.0, read and written; `uploads` has the routes.

Extensions: creation, expiration, checksum, termination. No concatenation and no deferred
length: room is reserved when an upload is announced. The standard obliges a server to
know SHA-1 for checksums of single requests; nothing else here rests on it.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from http import HTTPStatus
from typing import Protocol

from fastapi import Request, Response

from app.api.problems import problem
from app.core.errors import CatalogError, Conflict, Invalid, PreconditionFailed
from app.recordings.models import Upload

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,checksum,termination"
ALGORITHMS = ("sha256", "sha1")
BODY = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
MOST_METADATA = 8 * 1024
_COUNT = re.compile(r"\d{1,18}\Z")


class Hashing(Protocol):
    """A hash under way, of an algorithm the sender chose."""

    def update(self, chunk: bytes, /) -> object:
        """Take in the next bytes."""

    def digest(self) -> bytes:
        """The hash of everything seen so far."""


class WrongOffset(Conflict):
    """The bytes sent do not continue where the upload stands; ask with HEAD and go on there."""

    slug = "wrong-offset"


class WrongVersion(PreconditionFailed):
    """The request does not speak tus 1.0.0 (`Tus-Resumable`)."""

    slug = "wrong-tus-version"


class ChecksumMismatch(Invalid):
    """The bytes of one request do not have the checksum sent with them; send them again."""

    slug = "checksum-mismatch"


@dataclass(frozen=True, slots=True)
class Checksum:
    """What the sender says the body of one request hashes to, and the hash under way."""

    expected: bytes
    hashing: Hashing

    @property
    def holds(self) -> bool:
        """Whether everything that was taken in hashes to what was said."""
        return self.hashing.digest() == self.expected


def require_version(request: Request) -> None:
    """Raise `WrongVersion` unless the request speaks the version we speak."""
    if request.headers.get("tus-resumable") != VERSION:
        raise WrongVersion("say Tus-Resumable: 1.0.0", field="Tus-Resumable")


def count(headers: Mapping[str, str], name: str) -> int:
    """A whole number of bytes from a header; `Invalid` naming the header."""
    value = headers.get(name.lower(), "")
    if not _COUNT.match(value):
        raise Invalid(f"{name} is a whole number of bytes", field=name)
    return int(value)


def metadata(header: str) -> dict[str, str]:
    """`Upload-Metadata`: keys with base64 of UTF-8 text; a key alone means empty."""
    if len(header) > MOST_METADATA:
        raise Invalid(f"at most {MOST_METADATA} characters", field="Upload-Metadata")
    found: dict[str, str] = {}
    for pair in filter(None, (one.strip() for one in header.split(","))):
        key, _, encoded = pair.partition(" ")
        try:
            text = base64.b64decode(encoded, validate=True).decode()
        except (ValueError, binascii.Error) as error:
            raise Invalid(f"{key!r} is not base64 of UTF-8", field="Upload-Metadata") from error
        if key in found:
            raise Invalid(f"{key!r} occurs twice", field="Upload-Metadata")
        found[key] = text
    return found


def checksum(header: str | None) -> Checksum | None:
    """`Upload-Checksum: <algorithm> <base64>`, ready to take in the body."""
    if header is None:
        return None
    algorithm, _, encoded = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise Invalid("not an algorithm we know", field="Upload-Checksum", known=list(ALGORITHMS))
    hashing = hashlib.new(algorithm, usedforsecurity=False)
    try:
        expected = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise Invalid("the checksum is not base64", field="Upload-Checksum") from error
    if len(expected) != hashing.digest_size:
        raise Invalid(f"not the length of a {algorithm} checksum", field="Upload-Checksum")
    return Checksum(expected, hashing)


def state(upload: Upload) -> dict[str, str]:
    """The headers that say where an upload stands."""
    return {
        "Tus-Resumable": VERSION,
        "Upload-Offset": str(upload.durable_offset),
        "Upload-Expires": format_datetime(upload.expires_at, usegmt=True),
        "Cache-Control": "no-store",
    }


def refused(request: Request, error: CatalogError) -> Response:
    """A problem with the status that tus wants for it."""
    slug_status = {
        "upload-busy": 423,
        "checksum-mismatch": CHECKSUM_MISMATCH,
        "broken-off": 400,
    }
    answer = problem(request, error)
    if error.slug in slug_status:
        status = slug_status[error.slug]
        title = "Checksum Mismatch" if status == CHECKSUM_MISMATCH else HTTPStatus(status).phrase
        content = json.loads(bytes(answer.body)) | {"status": status, "title": title}
        body = json.dumps(content, ensure_ascii=False).encode()
        answer = Response(body, status, media_type=answer.media_type)
    answer.headers["Tus-Resumable"] = VERSION
    if isinstance(error, WrongVersion):
        answer.headers["Tus-Version"] = VERSION
    return answer
