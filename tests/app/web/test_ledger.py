"""The authenticity ledger on a page: every statement, how it was told again, what is in force."""

import re

from sqlalchemy import select

from app.assessments import service
from app.assessments.models import Assessment
from tests.app.web.browsing import Page
from tests.app.web.conftest import WORKER, Desk

ONE = "A sound expert who heard the calls said they did not appear to be faked."
OTHER = "Sound experts say the calls and the film appear to be genuine."


def told(desk: Desk) -> tuple[str, Page]:
    """A recording whose one assessment another report tells again, all decided on pages."""
    recording = desk.add()
    first = desk.report(ONE, publisher="First paper", published="2025-05-20")
    again = desk.report(OTHER, publisher="Second paper")
    browser = desk.browser
    browser.submit(
        browser.open(f"/reports/{again}"), f"/{again}/links", relation="cites", to_report_id=first
    )
    browser.submit(
        browser.open(f"/reports/{first}"), "/accepted-assessments", recording_id=recording
    )
    page = browser.open(f"/reports/{again}")
    assert "Tells an assessment again" in page.text
    browser.submit(page, "/restatements", drift="stronger", note="the film is a copy")
    return recording, browser.open(f"/recordings/{recording}/ledger")


def test_a_statement_and_how_it_grew_stand_side_by_side(desk: Desk) -> None:
    recording, page = told(desk)

    assert page.text.index("adds nothing") < page.text.index("In time"), "summary line first"
    assert "did not appear to be faked" in page.text
    assert "Sound experts say the calls and the film appear to be genuine" in page.text
    assert "“did not appear to be faked” reads “appear to be genuine” here: more firmly put" in (
        page.text
    )
    assert "Decided otherwise than proposed: the film is a copy" in page.text
    assert "not stated" in page.text
    assert "published 2025-05-20" in page.text
    assert "date not known" in page.text
    assert "1 of 1 without a stated method" in page.text, "counted once"
    on_recording = desk.browser.open(f"/recordings/{recording}")
    assert f"/recordings/{recording}/ledger" in on_recording.html


def test_how_a_statement_grew_is_told_at_a_glance(desk: Desk) -> None:
    recording, _ = told(desk)
    another = desk.report("Somebody wrote: “keep the bridge open”.")
    desk.mark(another, "keep the bridge open", recording_id=recording)

    page = desk.browser.open(f"/recordings/{recording}")

    glance = page.text[page.text.index("At a glance") : page.text.index("What is said")]
    assert "did not appear to be faked" in glance
    assert "the calls and the film appear to be genuine" in glance
    assert "stronger" in glance


def test_the_drawing_has_a_lane_for_what_nobody_dated_and_a_line_that_shows_drift(
    desk: Desk,
) -> None:
    _, page = told(desk)
    drawing = page.html[page.html.index("<svg") : page.html.index("</svg>")]

    assert drawing.count("<circle") == 1
    assert len(re.findall(r"<g class=\"drift\">", drawing)) == 1
    assert 'class="tie drift"' in drawing
    assert 'class="apart"' in drawing
    assert ">no date<" in drawing


def test_what_was_retracted_stays_visible(desk: Desk) -> None:
    recording, _ = told(desk)
    with desk.database.writing() as session:
        row = session.scalars(select(Assessment)).one()
        service.retract(session, actor=WORKER, assessment=row, reason="heard another call")
    page = desk.browser.open(f"/recordings/{recording}/ledger")

    assert "No assessment is in force." in page.text
    assert "heard another call" in page.text, page.text
    assert '<g class="gone">' in page.html


def test_a_rejected_proposal_leaves_the_page(desk: Desk) -> None:
    report = desk.report(ONE)
    page = desk.browser.open(f"/reports/{report}")
    refused = desk.browser.submit(page, "/rejected-assessments", reason=" ")
    assert refused.status == 422
    page = desk.browser.submit(refused, "/rejected-assessments", reason="about other calls")

    assert "what was concluded of a recording" not in page.text
