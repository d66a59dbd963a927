"""
What some bytes are, by what they begin with; what the sender calls them decides nothing.

Gzip is unpacked within bounds: a bomb of a thousand to one ends in a refusal, not in memory.
"""

import zlib
from enum import StrEnum

from transcription.extraction.value import Refusal, Refused

MOST_BYTES = 50 << 20
"""The largest page that is read, unpacked."""
MOST_FILE = MOST_BYTES + (1 << 20)
"""The largest file: such a page with the headers of an archive around it."""

_GZIP = b"\x1f\x8b"
_HEAD = 4096
_PIECE = 1 << 20
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml", b"<!--", b"<meta", b"<title")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TAGS = (b"<p", b"<div", b"<article", b"<br", b"<span", b"<h1", b"<script", b"<table", b"<a ")


class Form(StrEnum):
    """How bytes are to be read."""

    WARC = "warc"
    GZIP = "gzip"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"


def form_of(content: bytes) -> Form:
    """What these bytes are; `Refused` for none of our kinds."""
    if not content:
        raise Refused(Refusal.EMPTY)
    if content.startswith(_GZIP):
        return Form.GZIP
    if content.startswith(b"WARC/"):
        return Form.WARC
    if b"%PDF-" in content[:1024]:
        return Form.PDF
    head = content[:_HEAD]
    plain = head.replace(b"\0", b"").removeprefix(_BOMS[0]).lstrip(b"\xff\xfe \t\r\n").lower()
    if plain.startswith(_MARKUP) or b"<html" in plain or any(tag in plain for tag in _TAGS):
        return Form.HTML
    if _is_text(head):
        return Form.TEXT
    raise Refused(Refusal.UNKNOWN_KIND)


def unpacked(content: bytes, *, most: int = MOST_BYTES) -> bytes:
    """The content of a gzip file, all of its members; `Refused` past `most` or when it is broken."""
    made = bytearray()
    rest = content
    while rest.startswith(_GZIP):
        member = zlib.decompressobj(wbits=31)
        while rest and not member.eof:
            try:
                made += member.decompress(rest, _PIECE)
            except zlib.error:
                raise Refused(Refusal.BROKEN) from None
            if len(made) > most:
                raise Refused(Refusal.TOO_LARGE)
            rest = member.unconsumed_tail
        if not member.eof:
            raise Refused(Refusal.BROKEN)
        rest = member.unused_data
    return bytes(made)


def _is_text(head: bytes) -> bool:
    """Whether these can be characters of any encoding: no control bytes but white space."""
    if head.startswith(_BOMS):
        return True
    return not any(byte < 9 or (13 < byte < 32 and byte != 27) or byte == 127 for byte in head)  # noqa: PLR2004 - ASCII
