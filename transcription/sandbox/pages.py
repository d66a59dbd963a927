"""
The trade of reading published pages: what its zygote imports and warms, what its children do.

After the fork no file can be opened, so everything that a library loads when it is first needed
(encodings, word lists, parts of parsers) is loaded before.
"""

import codecs
import contextlib
import encodings.aliases
import gzip
import importlib
import io
import json
import logging
import os
import pkgutil
from dataclasses import asdict
from typing import Any

from transcription.extraction.kinds import MOST_FILE
from transcription.extraction.reading import VERSION, read
from transcription.extraction.value import Reading, Refusal, Refused
from transcription.sandbox import wire
from transcription.sandbox.limits import Limits

_LATE = (
    "_strptime calendar locale unicodedata zlib bz2 lzma email.parser lxml.etree lxml.html lxml.html.clean "
    "lxml.html.defs"
).split()
_DATES = (
    "2 January 2020",
    "02/01/2020",
    "2020-01-02T03:04:05Z",
    "20200102",
    "2.1.2020",
    "Jan 2020",
)
_PACKAGES = (
    "trafilatura",
    "htmldate",
    "courlan",
    "justext",
    "pypdf",
    "warcio",
    "charset_normalizer",
)
_PROSE = "The convoy left the town at noon, and the station repeated what had been heard. " * 3


def prepare() -> str:
    """Load everything by reading a page of each kind; the version of the rules."""
    logging.disable(logging.CRITICAL)  # what libraries complain of quotes what they read
    _load()
    for name in sorted(set(encodings.aliases.aliases.values())):
        with contextlib.suppress(LookupError, ImportError):
            codecs.lookup(name)
    for sample in _samples():
        with contextlib.suppress(Refused):
            read(sample)
    return VERSION


def _load() -> None:
    """Import every part of what may be needed: a library that imports late would find no file."""
    for name in _LATE:
        importlib.import_module(name)
    for name in _PACKAGES:
        package = importlib.import_module(name)
        for part in pkgutil.walk_packages(package.__path__, f"{name}."):
            with contextlib.suppress(ImportError, SystemExit):  # what needs what is not installed
                importlib.import_module(part.name)


def work(source: int, output: int, limits: Limits, *, named: str) -> None:  # noqa: ARG001 - a trade's signature
    """Read the page open as `source`, and say what stopped it where something did."""
    ending: dict[str, object]
    try:
        _send(output, _reading(source))
        ending = {"outcome": "read"}
    except Refused as refused:
        ending = {"outcome": "refused", "reason": refused.reason}
    except MemoryError:
        ending = {"outcome": "refused", "reason": Refusal.OUT_OF_MEMORY}
    except (RecursionError, ArithmeticError, LookupError, ValueError, TypeError, AttributeError):
        ending = {"outcome": "refused", "reason": Refusal.BROKEN}
    wire.send_json(output, wire.TRAILER, ending)


def _reading(source: int) -> Reading:
    size = os.fstat(source).st_size
    if size > MOST_FILE:
        raise Refused(Refusal.TOO_LARGE)
    return read(os.pread(source, size, 0))


def _send(output: int, reading: Reading) -> None:
    told: dict[str, Any] = asdict(reading)
    text = told.pop("text").encode()
    wire.send_json(output, wire.HEADER, {**told, "bytes": len(text)})
    for piece in wire.pieces(text, 1):
        wire.send(output, wire.PCM, piece)


def _samples() -> list[bytes]:
    """A page of each kind that is read, written here."""
    paragraphs = "".join(f"<p>{_PROSE}</p>" for _ in range(8))
    described = {"@type": "NewsArticle", "headline": "A day", "datePublished": "2020-01-02"}
    page = (
        "<html lang='en'><head><title>A day</title><meta name='author' content='A. Writer'>"
        f"<script type='application/ld+json'>{json.dumps(described)}</script></head>"
        f"<body><article><h1>A day</h1><time datetime='2020-01-02'>2 January</time>{paragraphs}"
        "<table><tr><td>One</td></tr></table><ul><li>Two</li></ul></article></body></html>"
    )
    html = page.encode()
    bare = f"<html><body><div>{_PROSE}</div><p>2 January 2020</p></body></html>".encode()
    cyrillic = (
        f"<html><body>{'<p>Колонна ушла в полдень, станция повторила.</p>' * 9}</body></html>"
    )
    return [
        html,
        bare,
        b"<p>x",
        cyrillic.encode("windows-1251"),
        gzip.compress(html),
        _archived(html),
        _archived(gzip.compress(html), packed=True),
        _pdf(),
        _PROSE.encode(),
        *(f"<p>{_PROSE}</p><p class='date'>{date}</p>".encode() for date in _DATES),
    ]


def _archived(content: bytes, *, packed: bool = False) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    fields = [("Content-Type", "text/html; charset=utf-8")]
    fields += [("Content-Encoding", "gzip")] if packed else []
    answer = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
    url = "https://example.org/news/2020/01/02/day.html"
    record = writer.create_warc_record(
        url, "response", payload=io.BytesIO(content), http_headers=answer
    )
    writer.write_record(record)
    return file.getvalue()


def _pdf() -> bytes:
    """The smallest PDF with a line of text, compressed, and its particulars."""
    import zlib

    drawn = zlib.compress(b"BT /F1 12 Tf 72 720 Td (The convoy left.) Tj ET")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(en)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(A day)/CreationDate(D:20200102)>>",
    ]
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%sendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        start,
    )
    return bytes(made)
