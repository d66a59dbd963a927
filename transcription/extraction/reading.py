"""Bytes in, a `Reading` out: what the bytes are is found out, unpacked, decoded and read."""

from dataclasses import replace

from transcription.extraction import archive, document, markup
from transcription.extraction.archive import Page
from transcription.extraction.encoding import decoded, kept, turning
from transcription.extraction.kinds import MOST_FILE, Form, form_of, unpacked
from transcription.extraction.value import (
    MOST_CHARACTERS,
    Kind,
    Proposal,
    Reading,
    Refusal,
    Refused,
    Remark,
    RemarkKind,
)
from transcription.language import UNDETERMINED, by_letters

VERSION = "1"
"""Changes whenever the same bytes could be read otherwise by the code of this package."""


def read(content: bytes, *, content_type: str | None = None) -> Reading:
    """
    What a page says, of which a sender named the `content_type` (only its charset is believed).

    Raises `Refused` for what cannot be read.
    """
    if len(content) > MOST_FILE:
        raise Refused(Refusal.TOO_LARGE)
    page = _page(Page(content=content, content_type=content_type))
    made = _read(page)
    if made.language is None:
        made = replace(made, language=_by_letters(made.text))
    if made.url is None and page.url:
        made = replace(made, url=Proposal(page.url, "the archive's record"))
    version = f"{made.version}, rules {VERSION}"
    return replace(made, version=version, remarks=(*page.remarks, *made.remarks))


def _page(page: Page) -> Page:
    """The page itself, out of gzip and WARC around it."""
    page = _unpacked(page)
    if form_of(page.content) is Form.WARC:
        found = archive.page_of(page.content)
        page = _unpacked(replace(found, remarks=(*page.remarks, *found.remarks)))
    return page


def _unpacked(page: Page) -> Page:
    if form_of(page.content) is not Form.GZIP:
        return page
    inside = unpacked(page.content)
    why = f"it was packed with gzip: {len(page.content)} bytes held {len(inside)}"
    remark = Remark(RemarkKind.UNPACKED, 1, why)
    return replace(page, content=inside, remarks=(*page.remarks, remark))


def _read(page: Page) -> Reading:
    form = form_of(page.content)
    if form in {Form.GZIP, Form.WARC}:
        raise Refused(Refusal.UNKNOWN_KIND)  # packed in what was packed already
    if form is Form.PDF:
        return document.read(page.content)
    text, remarks = decoded(page.content, said=page.charset)
    if form is Form.HTML:
        return markup.read(text, remarks)
    return _plain(text, remarks)


def _plain(text: str, remarks: list[Remark]) -> Reading:
    clean, unkept = kept(text)
    if not clean.strip():
        raise Refused(Refusal.NO_TEXT)
    if len(clean) > MOST_CHARACTERS:
        raise Refused(Refusal.TOO_MUCH_TEXT)
    return Reading(
        kind=Kind.TEXT,
        text=clean,
        tool="earwitness",
        version="text",
        parameters={},
        remarks=(*remarks, *unkept, *turning(clean, clean)),
    )


def _by_letters(text: str) -> Proposal | None:
    found = by_letters(text[:20_000])
    if found == UNDETERMINED:
        return None
    return Proposal(
        found, "the letters of the text: of English, Russian and Ukrainian the likeliest"
    )
