"""Published pages brought in by hand: kept, read, shown as text, taken over by a person."""

import pytest
from sqlalchemy import select

from app.accounts.permissions import Role
from app.core.jobs import Job, JobKind
from app.core.jobs.run import Facts, Run, Tools
from app.core.settings import Settings
from app.worker import reports as worker
from tests.app.conftest import People
from tests.app.web.conftest import Desk, Enter

pytestmark = pytest.mark.sandbox
BODY = "The convoy of six trucks leaves the town at noon, says the station that heard it. " * 5
PAGE = (
    "<html lang=en><head><title>Evening</title><meta name=author content='A. Writer'>"
    "<meta property='article:published_time' content='2025-05-21'></head><body><article>"
    f"<h1>Evening &lt;script&gt;alert(1)&lt;/script&gt; news</h1><p>{BODY}</p>"
    "<p>It spelled &lt;img src=x onerror=alert(1)&gt; aloud.</p></article>"
    "<script>alert('run')</script></body></html>"
).encode()


def bring(desk: Desk, content: bytes = PAGE, name: str = "day.html") -> str:
    page = desk.browser.open("/captures")
    form = page.form("/captures")
    answer = desk.browser.client.post(
        "/captures", data=form.fields, files={"file": (name, content)}
    )
    assert answer.status_code == 200, answer.text
    return str(answer.url).rsplit("/", 1)[1]


def read(desk: Desk) -> None:
    """Be the worker that reads the last page."""
    with desk.database.reading() as session:
        job = session.scalars(
            select(Job).where(Job.kind == JobKind.EXTRACT).order_by(Job.id.desc())
        ).first()
        assert job is not None
        facts = Facts.of(job)
    tools = Tools(desk.parts.settings, desk.parts.database, desk.parts.storage)
    worker.extract(Run(facts, tools, lambda _name, step: step()))


def test_a_page_is_brought_in_read_and_taken_over_with_what_it_says_of_itself(desk: Desk) -> None:
    capture = bring(desk)
    waiting = desk.browser.open(f"/captures/{capture}")
    assert "A worker reads the page" in waiting.text
    read(desk)

    page = desk.browser.open(f"/captures/{capture}")
    proposed = page.form("/snapshots").fields
    assert proposed["authors"].strip() == "A. Writer"
    assert (proposed["published"], proposed["language"]) == ("2025-05-21", "en")
    assert "From article:published_time" in page.text
    assert "Left out" in page.text
    frozen = desk.browser.submit(page, "/snapshots", publisher="A station")

    assert frozen.address.startswith("/reports/")
    assert "six trucks" in frozen.text
    assert "Frozen as" in desk.browser.open(f"/captures/{capture}").text
    report = frozen.address.rsplit("/", 1)[1]
    again = desk.browser.submit(
        desk.browser.open(f"/captures/{capture}"),
        "/snapshots",
        report_id=report,
        text="Otherwise.",
    )
    assert "version 2 of 2" in again.text


def test_nothing_of_a_page_is_run_or_rendered(desk: Desk) -> None:
    capture = bring(desk)
    read(desk)

    page = desk.browser.open(f"/captures/{capture}")

    assert "<script>alert" not in page.html
    assert "<img src=x" not in page.html
    assert "alert('run')" not in page.html
    assert "onerror=alert(1)" in page.text or "&lt;img" in page.html


def test_a_page_without_text_says_why(desk: Desk) -> None:
    capture = bring(desk, b"<html><body><script>x()</script></body></html>")
    read(desk)

    page = desk.browser.open(f"/captures/{capture}")

    assert "No text was read" in page.text
    assert "made by a script" in page.text
    assert not page.has_form("/snapshots")


def test_what_is_refused_comes_back_with_what_was_typed(desk: Desk) -> None:
    capture = bring(desk)
    read(desk)
    page = desk.browser.open(f"/captures/{capture}")

    refused = desk.browser.submit(page, "/snapshots", language="klingon", title="A title")

    assert refused.status == 422
    assert refused.form("/snapshots").fields["title"] == "A title"
    assert "klingon" in refused.text
    empty = desk.browser.client.post(
        "/captures",
        data=desk.browser.open("/captures").form("/captures").fields,
        files={"file": ("x.html", b"")},
    )
    assert empty.status_code == 422
    assert "empty" in empty.text


def test_who_only_reads_sees_the_text_and_brings_nothing(
    desk: Desk, enter: Enter, people: People
) -> None:
    capture = bring(desk)
    read(desk)
    auditor = enter(Role.AUDITOR)

    page = auditor.open(f"/captures/{capture}")

    assert "six trucks" in page.text
    assert not page.has_form("/snapshots")
    assert not auditor.open("/captures").has_form("/captures")
    stranger = enter(Role.INVESTIGATOR, within=people.case())
    assert stranger.open(f"/captures/{capture}").status == 404


def test_fetching_is_not_offered_where_it_is_off(desk: Desk) -> None:
    page = desk.browser.open("/captures")

    assert not page.has_form("/fetches")
    assert "not fetched from the web here" in page.text


class TestFetching:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"fetch_reports": True})

    def test_asks_a_worker_or_says_what_is_wrong_with_the_address(self, desk: Desk) -> None:
        page = desk.browser.open("/captures")

        refused = desk.browser.submit(page, "/fetches", url="http://example.org:22/")
        assert (refused.status, refused.form("/fetches").fields["url"]) == (
            422,
            "http://example.org:22/",
        )
        asked = desk.browser.submit(refused, "/fetches", url="https://example.org/")
        assert asked.address == "/jobs"
        assert "Fetch" in asked.text
