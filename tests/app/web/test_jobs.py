"""Jobs on a page: what waits, why, and the two things to do about it."""

from app.accounts.permissions import Role
from app.core import jobs
from app.core.jobs import Job, JobState, Problem
from tests.app.web.conftest import Desk, Enter


def test_without_a_worker_the_page_says_that_nothing_is_lost(desk: Desk) -> None:
    assert "No jobs yet" in desk.browser.open("/jobs").text
    desk.upload(desk.add())

    page = desk.browser.open("/jobs")

    assert "No worker has been heard of" in page.text
    assert "Identify" in page.text
    assert "queued" in page.text
    assert page.links["R-0001"].startswith("/recordings/")


def test_a_job_is_cancelled_and_tried_again(desk: Desk, enter: Enter) -> None:
    desk.upload(desk.add())
    assert not enter(Role.REVIEWER).open("/jobs").has_form("/cancel")

    cancelled = desk.browser.submit(desk.browser.open("/jobs"), "/cancel")
    assert "cancelled" in cancelled.text
    assert not cancelled.has_form("/cancel")
    retried = desk.browser.submit(cancelled, "/retry")

    assert "queued" in retried.text
    assert "attempt 2" in retried.text


def test_a_job_that_waits_says_for_what_on_both_pages(desk: Desk) -> None:
    recording = desk.held()
    shown = desk.browser.open(f"/recordings/{recording}")
    asked = desk.browser.submit(shown, "/transcriptions", engine="whisper:small", language="ru")
    assert "Transcribe" in asked.text
    assert "queued" in asked.text
    problem = Problem("weights-unavailable", "No weights", "Put the file <there>.").as_data()
    with desk.database.writing() as session:
        for found in jobs.of_subject(session, recording):
            job = session.get_one(Job, found.id)
            job.state, job.problem = JobState.WAITING, problem

    for address in ("/jobs", f"/recordings/{recording}"):
        page = desk.browser.open(address)
        assert "waiting" in page.text
        assert "Put the file <there>." in page.text
        assert "Look again" in page.links
