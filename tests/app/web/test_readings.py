"""Readings on a recording's page: beside the line they are about, replaced, taken back."""

from app.accounts.permissions import Role
from tests.app.web.browsing import Page
from tests.app.web.conftest import Desk, Enter

CUES = "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nLoad the truck\n"
HEARD = {
    "start": "0:01.5",
    "end": "2",
    "text": "Load [the luck?]",
    "language": "en",
    "listener": "a mechanic <b>",
    "confidence": "possible",
    "confidence_as_stated": "could be either",
    "blind": "blind",
}


def record(desk: Desk, page: Page, **typed: str) -> Page:
    return desk.browser.submit(page, "/readings", **{**HEARD, **typed})


def test_a_reading_stands_beside_the_line_it_is_about_with_who_heard_it_and_how_surely(
    desk: Desk,
) -> None:
    recording = desk.held()
    page = record(desk, desk.bring_in(recording, CUES, format="vtt"))

    assert page.status == 200, page.text
    words = page.text
    assert words.index("Load the truck") < words.index("Load [the luck?]")
    assert (
        "heard by a mechanic <b>, in English; possible, in their words “could be either”" in words
    )
    assert "without knowing other readings, as stated" in words
    assert "t=1.5,2" in page.html
    assert "Reading recorded" in words, "custody says so"


def test_a_reading_is_replaced_and_withdrawn_by_who_recorded_it(desk: Desk, enter: Enter) -> None:
    recording = desk.held()
    page = record(desk, desk.browser.open(f"/recordings/{recording}"))
    first = page.form("/readings").choices["replaces"][1]
    page = record(desk, page, text="Load the luck", replaces=first)
    assert "superseded" in page.text
    second = page.form("/readings").choices["replaces"][1]
    assert second != first
    assert not enter(Role.REVIEWER).open(f"/recordings/{recording}").has_form("/withdrawal")

    gone = desk.browser.submit(page, f"{second}/withdrawal", reason="played the wrong copy")

    assert "Withdrawn" in gone.text
    assert "played the wrong copy" in gone.text
    assert not gone.has_form("/withdrawal")


def test_a_span_outside_the_recording_is_refused_with_how_long_it_is_and_nothing_is_lost(
    desk: Desk,
) -> None:
    recording = desk.held()

    refused = record(desk, desk.browser.open(f"/recordings/{recording}"), end="1:00:00")

    assert refused.status == 422
    assert "The recording lasts 0:09.0 (9000 ms)" in refused.text
    assert refused.form("/readings").fields["text"] == HEARD["text"]
    assert refused.form("/readings").fields["confidence"] == "possible"


def test_without_sound_no_reading_is_asked_for(desk: Desk) -> None:
    page = desk.browser.open(f"/recordings/{desk.add()}")

    assert not page.has_form("/readings")
