"""Asking on a recording's page for the words of a transcript to be found in it."""

from sqlalchemy import select

from app.core.jobs import Job, JobKind
from tests.app.web.conftest import Desk

BUTTON = "Find when these words are said"


def placements(desk: Desk) -> list[Job]:
    with desk.database.reading() as session:
        return list(session.scalars(select(Job).where(Job.kind == JobKind.PLACE)))


def test_a_text_without_times_is_placed_when_it_comes_in_and_again_when_somebody_asks(
    desk: Desk,
) -> None:
    recording = desk.held()
    page = desk.bring_in(recording, "Load the red truck", format="text")
    assert page.status == 200
    assert "being looked for in the sound" in page.html
    assert not page.has_form("/placements")
    (first,) = placements(desk)

    desk.browser.submit(desk.browser.open("/jobs"), f"/jobs/{first.id}/cancel")
    page = desk.browser.open(f"/recordings/{recording}")
    assert BUTTON in page.html
    asked = desk.browser.submit(page, "/placements")

    assert asked.address == f"/recordings/{recording}"
    second = next(job for job in placements(desk) if job.id != first.id)
    assert second.subject_id == first.subject_id


def test_what_has_times_does_not_offer_it(desk: Desk) -> None:
    recording = desk.held()
    cues = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nLoad the red truck\n"
    timed = desk.bring_in(recording, cues, format="vtt")
    assert not timed.has_form("/placements")
    assert placements(desk) == []
