"""Published pages read in the sandbox: text and what the page says of itself, or a stated reason."""

import gzip
import json
import random
import tempfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transcription import pages
from transcription.extraction.value import Kind, Reading, Refusal, RemarkKind
from transcription.pages import LIMITS, Unreadable
from transcription.sandbox import wire
from transcription.sandbox.pages import _pdf
from transcription.sandbox.reply import Reply

pytestmark = pytest.mark.sandbox
BODY = "The convoy of six trucks leaves the town at noon, says the station that heard it. " * 4
SECOND = "Nobody could say on Tuesday who had given the order, or where it had been recorded. " * 4
ARTICLE = f"<article><h1>Evening news</h1><p>{BODY}</p><p>{SECOND}</p></article>"


def read(content: bytes, **limits: int) -> Reading:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return pages.read(file, replace(LIMITS, **limits))


def refused(content: bytes, **limits: int) -> Refusal:
    with pytest.raises(Unreadable) as error:
        read(content, **limits)
    assert str(error.value) == error.value.reason.explanation
    return error.value.reason


MISBEHAVED = {Refusal.BROKE_PROTOCOL, Refusal.CRASHED, "blank"}


def outcome(content: bytes) -> str:
    """The reason, or whether there is text."""
    try:
        return "text" if read(content).text.strip() else "blank"
    except Unreadable as error:
        return error.reason


def remarks(reading: Reading) -> dict[RemarkKind, int]:
    return {remark.kind: remark.count for remark in reading.remarks}


def html(body: str, head: str = "", encoding: str = "utf-8") -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding)


def archived(
    *bodies: bytes, status: str = "200 OK", kind: str = "text/html", more: str = ""
) -> bytes:
    """A WARC with one response for each body."""
    made = bytearray()
    for number, body in enumerate(bodies):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
        made += (
            "WARC/1.1\r\nWARC-Type: response\r\n"
            f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
            f"WARC-Date: 2025-06-01T00:00:00Z\r\nWARC-Target-URI: https://example.org/{number}\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        ).encode()
        made += answer + b"\r\n\r\n"
    return bytes(made)


def test_the_text_of_a_page_is_read_without_what_surrounds_it() -> None:
    reading = read(html(f"<nav>Menu, more</nav>{ARTICLE}<footer>All rights</footer>"))

    assert reading.kind is Kind.HTML
    assert BODY.strip() in reading.text
    assert SECOND.strip() in reading.text
    assert "Menu" not in reading.text
    assert (reading.tool, "rules" in reading.version) == ("trafilatura", True)


def test_each_thing_a_page_says_of_itself_names_its_place() -> None:
    stated = {
        "@graph": [
            {
                "@type": ["NewsArticle"],
                "headline": "What was heard",
                "author": [{"name": "A. Writer"}, "B. Writer"],
                "datePublished": "2025-05-21T23:30:00+03:00",
                "publisher": {"name": "A station"},
            }
        ]
    }
    head = (
        f"<script type='application/ld+json'>{json.dumps(stated)}</script>"
        "<link rel=canonical href='https://example.org/a'><meta property='og:locale' content='uk_UA'>"
    )

    reading = read(html(ARTICLE, head))

    assert reading.title is not None
    assert (reading.title.value, reading.title.origin) == ("What was heard", "JSON-LD headline")
    assert [author.value for author in reading.authors] == ["A. Writer", "B. Writer"]
    assert reading.published is not None
    assert reading.published.value == "2025-05-21"
    assert reading.published_raw is not None
    assert reading.published_raw.value == "2025-05-21T23:30:00+03:00"
    assert reading.publisher is not None
    assert reading.language is not None
    assert (reading.language.value, reading.language.origin) == ("uk", "og:locale")
    assert reading.url is not None
    assert reading.url.value == "https://example.org/a"


def test_what_a_page_does_not_say_is_not_made_up() -> None:
    reading = read(html(f"{ARTICLE}<footer>© 2019</footer>"))

    assert reading.published is None
    assert reading.authors == ()
    assert reading.publisher is None
    assert reading.language is not None
    assert "letters" in reading.language.origin


@pytest.mark.parametrize(
    ("content", "words", "kind"),
    [
        (
            html("<p>Колонна ушла в полдень</p>", "<meta charset=windows-1251>", "windows-1251"),
            "Колонна",
            None,
        ),
        (html("<p>Привіт, це текст</p>", encoding="utf-16"), "Привіт", None),
        (
            html("<p>Привіт, це текст</p>", "<meta charset=koi8-r>"),
            "Привіт",
            RemarkKind.OTHER_ENCODING,
        ),
        (
            html(f"<p>{'Колонна ушла в полдень из города. ' * 9}</p>", encoding="windows-1251"),
            "Колонна",
            RemarkKind.GUESSED_ENCODING,
        ),
        (
            b"<html><meta charset=utf-8><p>caf\xe9 au lait</p>",
            "caf\ufffd au",
            RemarkKind.REPLACED_BYTES,
        ),
        (b"<html><meta charset=made-up><p>plain words", "plain words", None),
        (b"<html><meta charset=utf-16><p>plain words", "plain words", None),
        (b"<html><p>a\0b\x01 words here", "ab words", RemarkKind.REMOVED_CHARACTERS),
        (
            html("<p>غادرت القافلة\u202e المدينة عند الظهر</p>"),
            "المدينة عند الظهر",
            RemarkKind.REMOVED_CHARACTERS,
        ),
        (
            html("<script>alert('never')</script><style>p{}</style><p>words</p>"),
            "words",
            RemarkKind.LEFT_OUT,
        ),
        (
            html(
                f"<article>{'<p>' + BODY + '</p>'}{'<p>' + BODY + '</p>'}<p>Then he left.</p></article>"
            ),
            "Then he left",
            RemarkKind.REPEATS,
        ),
    ],
)
def test_what_is_odd_is_repaired_and_said(
    content: bytes, words: str, kind: RemarkKind | None
) -> None:
    reading = read(content)

    assert words in reading.text
    assert "never" not in reading.text
    assert kind is None or kind in remarks(reading)
    assert all(remark.why and remark.count > 0 for remark in reading.remarks)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.EMPTY),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), Refusal.UNKNOWN_KIND),
        (html(""), Refusal.NO_TEXT),
        (html("<script>document.write('all of it')</script>"), Refusal.NO_TEXT),
        (html("<div>" * 20_000 + "deep" + "</div>" * 20_000), Refusal.BROKEN),
        (html("<p>" + "&amp;" * 2_100_000), Refusal.TOO_MUCH_TEXT),
        (gzip.compress(b"<html>" + bytes(60 << 20), 9), Refusal.TOO_LARGE),
        (gzip.compress(gzip.compress(html(ARTICLE))), Refusal.UNKNOWN_KIND),
        (gzip.compress(html(ARTICLE))[:-9], Refusal.BROKEN),
        (_pdf()[:200], Refusal.BROKEN),
        (_pdf().replace(b"/Contents 4 0 R", b" " * 15), Refusal.PDF_WITHOUT_TEXT),
        (archived(html(ARTICLE), status="404 Not Found"), Refusal.NO_PAGE_IN_ARCHIVE),
        (archived(html(ARTICLE), kind="image/png"), Refusal.NO_PAGE_IN_ARCHIVE),
        (
            archived(
                archived(archived(html(ARTICLE), kind="text/plain"), kind="text/plain"),
                kind="text/plain",
            ),
            Refusal.UNKNOWN_KIND,
        ),
        (b"WARC/1.1\r\nnonsense", Refusal.NO_PAGE_IN_ARCHIVE),
    ],
    ids=lambda value: value.value if isinstance(value, Refusal) else "",
)
def test_what_cannot_be_read_is_refused_with_its_reason(content: bytes, reason: Refusal) -> None:
    assert refused(content) is reason


def test_a_page_that_takes_too_long_or_too_much_is_stopped() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(400_000))
    assert refused(html(f"<p {attributes}>words</p>"), cpu_seconds=1) is Refusal.OUT_OF_TIME
    assert refused(html("<p>" * 2_000_000), memory_bytes=400 << 20) is Refusal.OUT_OF_MEMORY


def test_a_page_of_fifty_megabytes_is_refused_with_its_reason() -> None:
    with tempfile.TemporaryFile() as file:
        file.truncate((51 << 20) + 1)
        with pytest.raises(Unreadable) as error:
            pages.read(file)

    assert error.value.reason is Refusal.TOO_LARGE


def test_a_bomb_inside_a_warc_is_stopped() -> None:
    bomb = zlib.compress(b"<p>" + bytes(200 << 20), 9)
    assert len(bomb) < 1 << 20
    packed = archived(bomb, more="Content-Encoding: deflate\r\n")

    assert refused(gzip.compress(packed)) is Refusal.TOO_LARGE


def test_the_first_page_of_an_archive_is_read_and_the_others_are_told_of() -> None:
    reading = read(archived(html(ARTICLE), html("<p>Another page</p>"), b"\xff\xd8\xff"))

    assert BODY.strip() in reading.text
    assert remarks(reading)[RemarkKind.CHOSEN_RECORD] == 3
    assert reading.url is not None
    assert reading.url.value == "https://example.org/0"


def test_a_pdf_is_read_with_what_it_says_of_itself() -> None:
    reading = read(_pdf())

    assert (reading.kind, reading.text.strip()) == (Kind.PDF, "The convoy left.")
    assert reading.published is not None
    assert "when the file was made" in reading.published.origin


SEEDS = {
    "html": html(ARTICLE, "<title>A</title><meta charset=utf-8>"),
    "pdf": _pdf(),
    "warc": archived(html(ARTICLE)),
    "gzip": gzip.compress(html(ARTICLE)),
}


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_pages_end_in_text_or_in_a_reason(name: str) -> None:
    chance = random.Random(name)
    for _ in range(40):
        mutated = bytearray(SEEDS[name])
        for _ in range(chance.randint(1, 30)):
            at = chance.randrange(len(mutated))
            match chance.randrange(3):
                case 0:
                    mutated[at] = chance.randrange(256)
                case 1:
                    del mutated[at : at + chance.randrange(1, 40)]
                case _:
                    mutated[at:at] = bytes(chance.randrange(256) for _ in range(4))
            mutated = mutated or bytearray(b"x")
        assert outcome(bytes(mutated)) not in MISBEHAVED


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_end_in_text_or_in_a_reason(content: bytes) -> None:
    assert outcome(content) not in MISBEHAVED


@pytest.mark.parametrize(
    "lie",
    [
        {},
        {"text": "x"},
        {"kind": "film"},
        {"title": {"value": "x" * 5_000, "origin": "y"}},
        {"title": {"value": 7, "origin": "y"}},
        {"remarks": [{"kind": "left_out", "count": -1, "why": "z"}]},
        {"authors": [{"value": "x", "origin": "y"}] * 99},
        {"bytes": 12},
    ],
)
def test_a_child_that_lies_is_not_believed(
    lie: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = {
        "kind": "text", "tool": "t", "version": "1", "parameters": {}, "authors": [], "remarks": [],
        "title": None, "published": None, "published_raw": None, "publisher": None,
        "language": None, "url": None, "bytes": 5,
    }  # fmt: skip
    said = honest | lie if lie else {}
    records = iter(
        [
            (wire.HEADER, json.dumps(said).encode()),
            (wire.PCM, b"words"),
            (wire.TRAILER, b'{"outcome": "read"}'),
        ]
    )
    monkeypatch.setattr(Reply, "record", lambda _self: next(records))

    assert refused(b"anything") is Refusal.BROKE_PROTOCOL


def test_the_child_can_open_no_file_and_no_connection() -> None:
    assert pages.read.__module__ == "transcription.pages"
    from transcription.sandbox.zygotes import Trade, running

    assert running(Trade.PAGES).confinement.complete
