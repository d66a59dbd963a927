"""Published pages brought in over HTTP: kept as they came, read by a worker, frozen by a person."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from warcio.archiveiterator import ArchiveIterator

from app.accounts.permissions import Role
from app.core.digest import Digest
from app.core.jobs import Job, JobKind, JobState
from app.core.jobs.run import Facts, Run, Tools
from app.core.settings import Settings
from app.core.storage import Area
from app.custody.models import LogEntry
from app.evidence.verification import everything
from app.http import captures
from app.http.parts import Parts
from app.reports.fetching import fetch as fetching
from app.reports.fetching.fetch import Answered
from app.worker import reports as worker
from tests.app.api.test_reports import Desk
from tests.app.conftest import People

BODY = "The convoy of six trucks leaves the town at noon, says the station that heard it. " * 5
PAGE = (
    "<html lang='en'><head><title>Evening</title><meta property='og:site_name' content='A station'>"
    "<meta name='author' content='A. Writer'>"
    "<meta property='article:published_time' content='2025-05-21T10:00:00Z'>"
    "<script>document.write('not this')</script></head>"
    f"<body><nav>Menu</nav><article><h1>Evening news</h1><p>{BODY}</p></article></body></html>"
).encode()

pytestmark = pytest.mark.sandbox


@pytest.fixture
def desk(client: TestClient, people: People) -> Desk:
    case = people.case()
    return Desk(client, case, people.join(Role.INVESTIGATOR, case=case).headers)


Bring = Callable[..., dict[str, Any]]


@pytest.fixture
def bring(desk: Desk) -> Bring:
    """Bring a page in as the body of a request."""

    def brought(content: bytes, expected: int = 201, **headers: str) -> dict[str, Any]:
        answer = desk.client.post(
            f"/api/v1/cases/{desk.case}/captures",
            content=content,
            headers=desk.headers
            | {name.replace("_", "-"): value for name, value in headers.items()},
        )
        assert answer.status_code == expected, answer.text
        return dict(answer.json())

    return brought


@pytest.fixture
def work(app_parts: Parts) -> Callable[[JobKind], dict[str, Any]]:
    """Do the newest job of a kind, as a worker would."""

    def done(kind: JobKind) -> dict[str, Any]:
        with app_parts.database.reading() as session:
            job = session.scalars(
                select(Job).where(Job.kind == kind).order_by(Job.id.desc())
            ).first()
            assert job is not None
            assert job.state is JobState.QUEUED
            facts = Facts.of(job)
        tools = Tools(app_parts.settings, app_parts.database, app_parts.storage)
        handler = {JobKind.EXTRACT: worker.extract, JobKind.FETCH: worker.fetch}[kind]
        return handler(Run(facts, tools, lambda _name, step: step()))

    return done


Work = Callable[[JobKind], dict[str, Any]]


def warc_of(parts: Parts, made: dict[str, Any]) -> bytes:
    with parts.storage.open(Digest.parse(made["warc_sha256"]), area=Area.ORIGINALS) as kept:
        return kept.read()


def test_a_page_is_kept_as_a_warc_around_its_untouched_bytes(
    desk: Desk, bring: Bring, app_parts: Parts
) -> None:
    made = bring(
        PAGE,
        content_type="text/html; charset=utf-8",
        content_location="https://example.org/news/1",
        earwitness_retrieved_at="2025-06-01T12:00:00Z",
    )

    kept = warc_of(app_parts, made)
    assert str(Digest.of_bytes(kept)) == made["warc_sha256"]
    assert kept[made["page_offset"] :][: made["page_size"]] == PAGE
    assert str(Digest.of_bytes(PAGE)) == made["page_sha256"]
    (record,) = ArchiveIterator(io.BytesIO(kept), check_digests="raise")
    assert (record.rec_type, record.content_type) == ("resource", "text/html; charset=utf-8")
    assert record.rec_headers.get_header("WARC-Target-URI") == "https://example.org/news/1"
    assert made["extraction"] is None
    assert desk.get(f"/captures?case_id={desk.case}")["items"][0]["id"] == made["id"]


def test_what_a_page_says_is_proposed_with_where_it_stands_and_frozen_by_a_person(
    desk: Desk, bring: Bring, work: Work
) -> None:
    made = bring(PAGE, content_type="text/html")

    work(JobKind.EXTRACT)

    read = desk.get(f"/captures/{made['id']}")["extraction"]
    assert (read["outcome"], read["kind"], read["tool"]) == ("read", "html", "trafilatura")
    assert "not this" not in read["text"]
    assert "Menu" not in read["text"]
    said = read["proposals"]
    assert said["title"] == {"value": "Evening news", "origin": "the page's only heading"}
    assert said["authors"] == [{"value": "A. Writer", "origin": "meta author"}]
    assert said["published"] == {"value": "2025-05-21", "origin": "article:published_time"}
    assert said["publisher"]["value"] == "A station"
    assert said["language"] == {"value": "en", "origin": "the page's lang"}
    assert [remark["kind"] for remark in read["remarks"]] == ["left_out"]
    assert desk.get("/reports")["items"] == [], "nothing is registered by itself"

    report = desk.report()
    frozen = desk.post(f"/reports/{report}/frozen-captures", extraction_id=read["id"])
    assert (frozen["method"], frozen["extraction_id"]) == ("extracted_html", read["id"])
    assert frozen["text_sha256"] == read["text_sha256"]
    assert desk.get(f"/captures/{made['id']}")["snapshot_ids"] == [frozen["id"]]
    righted = desk.post(
        f"/reports/{report}/frozen-captures", extraction_id=read["id"], text=read["text"] + "!"
    )
    assert righted["text_sha256"] != read["text_sha256"]
    text = desk.get(f"/snapshots/{frozen['id']}")["text"]
    recording = desk.recording()
    desk.post(f"/snapshots/{frozen['id']}/citations", recording_id=recording, exact="six trucks")
    assert "six trucks" in text
    told = desk.get(f"/reports/{report}/annotations")["earwitness:rechecked"]
    assert (told["anchors"], told["perMille"]) == (1, 1000)


def test_a_page_that_cannot_be_read_is_kept_and_says_why(
    desk: Desk, bring: Bring, work: Work
) -> None:
    made = bring(b"\x89PNG\r\n\x1a\n" + bytes(64), content_type="text/html")

    work(JobKind.EXTRACT)

    read = desk.get(f"/captures/{made['id']}")["extraction"]
    assert (read["outcome"], read["reason"], read["text"]) == (
        "refused",
        "no_page_in_archive",
        None,
    )
    assert read["explanation"]
    refused = desk.post(f"/reports/{desk.report()}/frozen-captures", 409, extraction_id=read["id"])
    assert refused["reason"] == "no_page_in_archive"


def test_reading_it_again_with_the_same_tools_adds_nothing(
    desk: Desk, bring: Bring, work: Work
) -> None:
    bring(PAGE)

    assert work(JobKind.EXTRACT)["extraction"] == work(JobKind.EXTRACT)["extraction"]


def test_a_warc_is_kept_as_it_came(bring: Bring, app_parts: Parts) -> None:
    first = bring(PAGE)
    archive = warc_of(app_parts, first)

    made = bring(archive, content_type="application/warc")

    assert made["warc_sha256"] == made["page_sha256"] == first["warc_sha256"]
    assert made["page_offset"] == 0


def test_a_form_brings_a_page_too(desk: Desk) -> None:
    answer = desk.client.post(
        f"/api/v1/cases/{desk.case}/captures",
        data={"url": "https://example.org/"},
        files={"file": ("day.html", PAGE)},
        headers=desk.headers,
    )

    assert answer.status_code == 201, answer.text
    assert (answer.json()["filename"], answer.json()["url"]) == (
        "day.html",
        "https://example.org/",
    )


def test_a_page_that_is_too_large_or_empty_is_refused_and_leaves_nothing(
    desk: Desk, bring: Bring, app_parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(captures, "MOST_BYTES", 100)
    monkeypatch.setattr(captures, "_ROOM", 10)

    assert bring(bytes(200), 413)["limit"] == "page"
    bring(bytes(105), 413)
    bring(b"", 422)

    assert list(app_parts.storage.digests(Area.ORIGINALS)) == []
    assert list((app_parts.settings.data_dir / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("field", "headers"),
    [
        ("url", {"content_location": "javascript:alert(1)"}),
        ("retrieved_at", {"earwitness_retrieved_at": "yesterday"}),
        ("retrieved_at", {"earwitness_retrieved_at": "9999-01-01T00:00:00Z"}),
    ],
)
def test_what_is_said_of_a_page_and_means_nothing_is_refused_by_name(
    bring: Bring, field: str, headers: dict[str, str]
) -> None:
    assert bring(PAGE, 422, **headers)["field"] == field


def test_kept_pages_are_read_again_by_verification(
    desk: Desk, bring: Bring, settings: Settings, app_parts: Parts
) -> None:
    made = bring(PAGE)
    (path,) = (settings.data_dir / "originals").rglob(made["warc_sha256"].removeprefix("sha256:"))
    files = next(check for check in everything(settings) if check.step == 8)
    assert "on no record" not in files.detail
    path.chmod(0o600)
    path.write_bytes(b"another page")

    files = next(check for check in everything(settings) if check.step == 8)

    assert made["warc_sha256"] in files.places[0]


class TestACaseWithLittleRoom:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"case_quota_bytes": 2_000})

    def test_has_none_for_more_pages_and_none_for_recordings(
        self, desk: Desk, bring: Bring
    ) -> None:
        bring(PAGE)

        assert bring(PAGE + PAGE, 413)["limit"] == "case_quota_bytes"
        answer = desk.client.post(
            f"/api/v1/recordings/{desk.recording()}/media-instances",
            content=bytes(1_500),
            headers=desk.headers,
        )
        assert (answer.status_code, answer.json()["limit"]) == (413, "case_quota_bytes")


def test_fetching_is_off_unless_the_operator_allows_it(desk: Desk) -> None:
    path = f"/cases/{desk.case}/fetches"

    assert desk.post(path, 503, url="https://example.org/")["type"] == "/problems/unavailable"


class TestFetching:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"fetch_reports": True})

    def test_asks_a_worker_and_keeps_what_the_server_sent(
        self, desk: Desk, work: Work, app_parts: Parts, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def answered(url: str) -> Answered:
            return Answered(
                url=url,
                header=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
                body=PAGE,
                media_type="text/html",
                at=fetching.clock.now(),
                redirects=0,
            )

        monkeypatch.setattr(fetching, "fetch", answered)
        job = desk.post(f"/cases/{desk.case}/fetches", 202, url="https://example.org/a")
        assert (job["kind"], job["params"]) == ("fetch", {"url": "https://example.org/a"})

        made = desk.get(f"/captures/{work(JobKind.FETCH)['capture']}")
        work(JobKind.EXTRACT)

        assert (made["arrived"], made["url"]) == ("fetched", "https://example.org/a")
        kept = warc_of(app_parts, made)
        assert kept[made["page_offset"] :][: made["page_size"]] == PAGE
        (record,) = ArchiveIterator(io.BytesIO(kept), check_digests="raise")
        assert (record.rec_type, record.http_headers.get_statuscode()) == ("response", "200")
        assert desk.get(f"/captures/{made['id']}")["extraction"]["outcome"] == "read"

    @pytest.mark.parametrize(
        "url", ["file:///etc/passwd", "http://u:p@example.org/", "http://example.org:22/", "x"]
    )
    def test_refuses_what_is_no_address_of_the_web(self, desk: Desk, url: str) -> None:
        assert desk.post(f"/cases/{desk.case}/fetches", 422, url=url)["field"] == "url"


def test_another_case_s_pages_do_not_exist(desk: Desk, bring: Bring, people: People) -> None:
    made = bring(PAGE)
    report = desk.report()
    other = people.case()
    desk.headers = people.join(Role.INVESTIGATOR, case=other).headers

    desk.get(f"/captures/{made['id']}", 404)
    assert desk.get("/captures")["items"] == []
    desk.post(f"/reports/{report}/frozen-captures", 404, extraction_id="x")
    bring(PAGE, 404)


def test_whoever_only_reads_brings_nothing(desk: Desk, bring: Bring, people: People) -> None:
    desk.headers = people.join(Role.AUDITOR, case=desk.case).headers

    bring(PAGE, 403)
    desk.post(f"/cases/{desk.case}/fetches", 403, url="https://example.org/")


def test_the_kept_page_leaves_whole_and_that_it_left_is_on_record(
    desk: Desk, bring: Bring, app_parts: Parts, people: People
) -> None:
    made = bring(PAGE)
    path = f"/api/v1/captures/{made['id']}/content"

    answer = desk.client.get(path, headers=desk.headers)

    assert answer.content == warc_of(app_parts, made)
    assert answer.headers["content-type"] == "application/warc"
    assert answer.headers["content-disposition"].startswith("attachment;")
    with app_parts.database.reading() as session:
        last = session.scalars(select(LogEntry).order_by(LogEntry.log_index.desc())).first()
    assert last is not None
    assert (last.event, last.subject_id) == ("report:access", made["id"])
    stranger = people.join(Role.INVESTIGATOR, case=people.case())
    assert desk.client.get(path, headers=stranger.headers).status_code == 404


def test_the_evidence_record_tells_from_which_page_a_text_was_read(
    desk: Desk, bring: Bring, work: Work
) -> None:
    made, recording, report = bring(PAGE), desk.recording(), desk.report()
    work(JobKind.EXTRACT)
    read = desk.get(f"/captures/{made['id']}")["extraction"]
    frozen = desk.post(f"/reports/{report}/frozen-captures", extraction_id=read["id"])
    pasted = desk.snapshot(report, "Six trucks were seen.")
    for snapshot, exact in ((frozen["id"], "six trucks"), (pasted, "Six trucks")):
        desk.post(f"/snapshots/{snapshot}/citations", recording_id=recording, exact=exact)

    record = desk.get(f"/recordings/{recording}/evidence-record")

    first, second = record["reports"]["items"][0]["snapshots"]
    assert first["method"] == "extracted_html"
    assert first["origin"]["page_sha256"] == made["page_sha256"]
    assert first["origin"]["warc_sha256"] == made["warc_sha256"]
    assert first["origin"]["text_sha256"] == first["text_sha256"]
    assert (second["method"], second["origin"]) == ("pasted", None)


@pytest.mark.parametrize("name", ["up\u202eside.html", "x" * 300])
def test_a_name_that_deceives_is_refused(desk: Desk, name: str) -> None:
    answer = desk.client.post(
        f"/api/v1/cases/{desk.case}/captures", files={"file": (name, PAGE)}, headers=desk.headers
    )

    assert (answer.status_code, answer.json()["field"]) == (422, "filename")
