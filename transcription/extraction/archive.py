"""
The page inside a WARC (ISO 28500), read with warcio.

The first record that was answered with a page is taken: a `response` with status 200, or a
`resource`, of a web page, a PDF or plain text. Others are counted. Transfer and content
encodings are undone, within bounds.
"""

import io
from dataclasses import dataclass, field

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from transcription.extraction.kinds import MOST_BYTES, form_of
from transcription.extraction.value import Refusal, Refused, Remark, RemarkKind

MOST_RECORDS = 10_000
_TYPES = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page by itself: its bytes, and what the archive or its server says of them."""

    content: bytes
    url: str | None = None
    content_type: str | None = None
    remarks: tuple[Remark, ...] = field(default_factory=tuple)

    @property
    def charset(self) -> str | None:
        """The encoding that the server named."""
        for part in (self.content_type or "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


def page_of(content: bytes) -> Page:
    """The first page of an archive; `Refused` where there is none, or where it is too large."""
    found: Page | None = None
    records = 0
    try:
        for record in ArchiveIterator(io.BytesIO(content), no_record_parse=False):
            records += 1
            if records > MOST_RECORDS:
                break
            if found is None and _is_page(record):
                found = _page(record)
    except (
        ArchiveLoadFailed,
        ValueError,
        OSError,
        EOFError,
        AttributeError,
        TypeError,
        LookupError,
    ):
        if found is None:
            raise Refused(Refusal.BROKEN) from None
    if found is None:
        raise Refused(Refusal.NO_PAGE_IN_ARCHIVE)
    if records > 1:
        why = f"the first page of the {records} records of the archive was read"
        chosen = Remark(RemarkKind.CHOSEN_RECORD, records, why)
        return Page(
            content=found.content,
            url=found.url,
            content_type=found.content_type,
            remarks=(chosen,),
        )
    return found


def _is_page(record: object) -> bool:
    kind = getattr(record, "rec_type", None)
    if kind == "resource":
        return True
    if kind != "response" or not getattr(record, "http_headers", None):
        return False
    return str(record.http_headers.get_statuscode()) == "200" and _type(record).startswith(_TYPES)  # type: ignore[attr-defined]


def _type(record: object) -> str:
    headers = getattr(record, "http_headers", None) or getattr(record, "rec_headers", None)
    return str(headers.get_header("Content-Type") or "").strip().lower() if headers else ""


def _page(record: object) -> Page | None:
    body = record.content_stream().read(MOST_BYTES + 1)  # type: ignore[attr-defined]
    if len(body) > MOST_BYTES:
        raise Refused(Refusal.TOO_LARGE)
    url = record.rec_headers.get_header("WARC-Target-URI")  # type: ignore[attr-defined]
    try:
        form_of(body)
    except Refused:
        return None
    is_web = str(url or "").startswith(("http://", "https://"))
    return Page(content=body, url=str(url) if is_web else None, content_type=_type(record) or None)
