"""
Digests in HTTP fields (RFC 9530): `Repr-Digest: sha-256=:<base64>:`.

Only SHA-256 is read and written; other algorithms beside it are left alone, as the
standard asks.
"""

import base64
import binascii
import re
from collections.abc import Mapping

from app.core.digest import Digest
from app.core.errors import Invalid

DECLARED = "Earwitness-Declared-Digest"
_MEMBER = re.compile(r"\s*([a-z*][a-z0-9_.*-]*)\s*=\s*:([A-Za-z0-9+/=]*):", re.IGNORECASE)


def spelled(digest: Digest) -> str:
    """A digest as the value of `Repr-Digest` or `Content-Digest`."""
    return f"sha-256=:{base64.b64encode(digest.raw).decode()}:"


def declared(headers: Mapping[str, str]) -> str | None:
    """
    The digest a sender declares of the body, `sha256:<hex>`, or `None`.

    Read from `Earwitness-Declared-Digest`, `Repr-Digest` or `Content-Digest`, which for an
    unencoded whole body all mean the same; `Invalid` when they contradict or cannot be read.
    """
    found = {_read(headers[name], name) for name in _standard(headers)}
    if DECLARED.lower() in headers:
        found.add(_own(headers[DECLARED.lower()]))
    found.discard(None)
    if len(found) > 1:
        raise Invalid("the declared digests contradict one another", field=DECLARED)
    return str(found.pop()) if found else None


def _standard(headers: Mapping[str, str]) -> list[str]:
    return [name for name in ("repr-digest", "content-digest") if name in headers]


def _own(value: str) -> Digest | None:
    try:
        return Digest.parse(value) if value.strip() else None
    except ValueError as error:
        raise Invalid(str(error), field=DECLARED) from error


def _read(value: str, name: str) -> Digest | None:
    for algorithm, encoded in _MEMBER.findall(value):
        if algorithm.lower() == "sha-256":
            try:
                return Digest(base64.b64decode(encoded, validate=True).hex())
            except (ValueError, binascii.Error) as error:
                raise Invalid(f"{name} holds no SHA-256 digest", field=name) from error
    return None
