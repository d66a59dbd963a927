"""
The text of a PDF and what it says of itself, read with pypdf.

Only text that is in the file: pages that are pictures give none, and nothing here guesses at
letters. A page that cannot be read does not stop the others.
"""

import io
import re
from importlib.metadata import version

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError, PdfReadError, PyPdfError

from transcription.extraction.encoding import kept, turning
from transcription.extraction.value import (
    MOST_CHARACTERS,
    VALUE_CHARACTERS,
    Kind,
    Proposal,
    Reading,
    Refusal,
    Refused,
    Remark,
    RemarkKind,
)

MOST_PAGES = 2_000
_VERSION = version("pypdf")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
_BETWEEN = "\n\n"
_FAULTS = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    NotImplementedError,
    OSError,
)


def read(content: bytes) -> Reading:
    """The text of all pages, in order, a blank line between two; `Refused` where there is none."""
    try:
        document = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if document.is_encrypted and not document.decrypt(""):
            raise Refused(Refusal.ENCRYPTED)
        count = len(document.pages)
    except (DependencyError, FileNotDecryptedError):
        raise Refused(Refusal.ENCRYPTED) from None
    except _FAULTS as error:
        raise Refused(Refusal.BROKEN) from error
    if count > MOST_PAGES:
        raise Refused(Refusal.TOO_LARGE)
    texts, unreadable = _texts(document, count)
    whole = _BETWEEN.join(texts)
    text, remarks = kept(whole)
    remarks += turning(whole, text)
    if not text.strip():
        raise Refused(Refusal.PDF_WITHOUT_TEXT)
    if unreadable:
        why = f"of {count} pages could not be read"
        remarks.append(Remark(RemarkKind.UNREADABLE_PAGES, unreadable, why))
    return Reading(
        kind=Kind.PDF,
        text=text,
        tool="pypdf",
        version=_VERSION,
        parameters={"strict": False, "mode": "plain", "pages": count},
        title=_told(document, "/Title"),
        authors=tuple(filter(None, [_told(document, "/Author")])),
        published=_created(document),
        language=_language(document),
        remarks=tuple(remarks),
    )


def _texts(document: pypdf.PdfReader, count: int) -> tuple[list[str], int]:
    texts: list[str] = []
    unreadable = size = 0
    for number in range(count):
        try:
            text = document.pages[number].extract_text()
        except (PdfReadError, *_FAULTS):
            unreadable += 1
            continue
        size += len(text)
        if size > MOST_CHARACTERS:
            raise Refused(Refusal.TOO_MUCH_TEXT)
        texts.append(text)
    return texts, unreadable


def _told(document: pypdf.PdfReader, name: str) -> Proposal | None:
    """What the document information dictionary says under a name."""
    try:
        told = document.metadata
        value = str(told.get(name) or "") if told else ""
    except _FAULTS:
        return None
    tidy = " ".join(kept(value)[0].split())
    if not tidy or len(tidy) > VALUE_CHARACTERS:
        return None
    return Proposal(tidy, f"the PDF's own {name}")


def _created(document: pypdf.PdfReader) -> Proposal | None:
    """The day on which the file was made, which need not be the day it was published."""
    raw = _told(document, "/CreationDate")
    found = _DATE.match(raw.value) if raw else None
    if not found:
        return None
    day = "-".join(part for part in found.groups() if part)
    return Proposal(day, "the PDF's own /CreationDate: when the file was made")


def _language(document: pypdf.PdfReader) -> Proposal | None:
    try:
        value = str(document.root_object.get("/Lang") or "")
    except _FAULTS:
        return None
    primary = value[:2].lower()
    if not re.fullmatch(r"[a-z]{2}", primary) or value[2:3].isalpha():
        return None
    return Proposal(primary, "the PDF's own /Lang")
