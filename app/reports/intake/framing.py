"""
A page as a WARC record (ISO 28500:2017), written around its bytes, which stay as they are.

An uploaded page becomes a `resource` record: nobody here saw a server answer. A fetched one
becomes a `response` record with the header the server sent. Whoever opens the file with any
reader of web archives finds the page, its address, when it was taken and its digest.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from app.core import clock
from app.core.digest import Digest

MEDIA_TYPE = "application/warc"
END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """What goes before a page in the file; `END` goes after it."""

    head: bytes

    def size(self, payload: int) -> int:
        """How long the whole record is."""
        return len(self.head) + payload + len(END)


def resource(
    *, url: str | None, media_type: str, payload: Digest, size: int, taken_at: datetime
) -> Framed:
    """The frame of a page that somebody brought; without an address it names itself."""
    return Framed(
        head=_head(
            "resource",
            url=url or f"urn:uuid:{uuid4()}",
            content_type=media_type,
            length=size,
            payload=payload,
            taken_at=taken_at,
        )
    )


def response(*, url: str, header: bytes, payload: Digest, size: int, taken_at: datetime) -> Framed:
    """The frame of a page that a server sent, with the HTTP `header` it sent, blank line included."""
    fields = _head(
        "response",
        url=url,
        content_type="application/http;msgtype=response",
        length=len(header) + size,
        payload=payload,
        taken_at=taken_at,
    )
    return Framed(head=fields + header)


def _head(
    kind: str, *, url: str, content_type: str, length: int, payload: Digest, taken_at: datetime
) -> bytes:
    fields = (
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:{uuid4()}>"),
        ("WARC-Date", clock.spell(taken_at)),
        ("WARC-Target-URI", url),
        ("WARC-Payload-Digest", f"sha256:{payload.hex}"),
        ("Content-Type", content_type),
        ("Content-Length", str(length)),
    )
    lines = ["WARC/1.1", *(f"{name}: {_one_line(value)}" for name, value in fields)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def _one_line(value: str) -> str:
    """A value without what would begin another field."""
    return " ".join(value.split())
