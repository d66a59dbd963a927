"""What the audio says of each quoted word, as a row of words on the recording's page."""

import json

from sqlalchemy import select

from app.core.jobs import Job, JobKind
from app.quotes import queries, supports
from tests.app.quotes.scored import NOTICE, derivation, place
from tests.app.web.conftest import WORKER, Desk

SAID = "send five trucks to the depot"
QUOTED = "send six trucks to the depot"
BUTTON = "Ask the audio of each word"


def compared(desk: Desk) -> str:
    """A recording with a quote that was compared with words that have times."""
    recording = desk.held()
    words = [
        {"word": f" {word}", "start": at * 0.4, "end": at * 0.4 + 0.3}
        for at, word in enumerate(SAID.split())
    ]
    whisper = {
        "language": "en",
        "segments": [{"start": 0, "end": 2.4, "text": f" {SAID}", "words": words}],
    }
    desk.bring_in(recording, json.dumps(whisper), format="whisper")
    report = desk.report(f'He said: "{QUOTED}".')
    desk.mark(report, QUOTED, recording_id=recording, language="en")
    page = desk.browser.open(f"/recordings/{recording}")
    desk.browser.submit(page, "/alignments")
    return recording


def test_an_engine_is_asked_by_a_button_and_that_is_a_job(desk: Desk) -> None:
    recording = compared(desk)
    page = desk.browser.open(f"/recordings/{recording}")
    assert BUTTON in page.html

    asked = desk.browser.submit(page, "/supports")

    assert asked.address == f"/recordings/{recording}"
    with desk.database.reading() as session:
        (job,) = session.scalars(select(Job).where(Job.kind == JobKind.SUPPORT))
    assert job.subject_kind == "alignment"


def test_each_word_shows_its_state_by_more_than_colour_and_the_limits_stand_below(
    desk: Desk,
) -> None:
    recording = compared(desk)
    with desk.database.writing() as session:
        (quote,) = queries.of_recording(session, recording)
        alignment = queries.standing(session, quote).alignment
        assert alignment is not None
        supports.keep(
            session,
            actor=WORKER,
            alignment=alignment,
            places=[place(QUOTED, wrong="six", said="five")],
            derivation=derivation(),
            calibrated=True,
            job_id="job-1",
        )

    page = desk.browser.open(f"/recordings/{recording}")

    assert "the audio fits something else better: six (five)✗" in page.text
    assert "the audio bears it out: send✓" in page.text
    assert "the audio does not decide: to?" in page.text
    assert "spoken, not quoted: all−" in page.text
    assert "the audio fits “five” (the transcript's) better than “six”" in page.text
    assert "the likeliest first" in page.text
    assert NOTICE in page.text
    assert "It changes no verdict." in page.text
    assert "%" not in page.html.split("What the audio says of each word")[1].split("</details>")[0]


def test_words_without_times_offer_nothing_to_ask(desk: Desk) -> None:
    recording = desk.held()
    desk.bring_in(recording, SAID)
    report = desk.report(f'He said: "{QUOTED}".')
    desk.mark(report, QUOTED, recording_id=recording, language="en")
    page = desk.browser.open(f"/recordings/{recording}")
    desk.browser.submit(page, "/alignments")
    assert BUTTON not in desk.browser.open(f"/recordings/{recording}").html
