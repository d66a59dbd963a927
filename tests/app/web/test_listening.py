"""Listening before reading on pages, without scripts: calm, closed, filed, revealed, decided."""

import pytest

from app.accounts.permissions import Role
from tests.app import sound
from tests.app.web.browsing import Browser, Page
from tests.app.web.conftest import Desk, Enter

SAID = "Call the doctor at nine"
SPOKEN = f"WEBVTT\n\n00:00:12.000 --> 00:00:15.000\n{SAID}\n"


@pytest.fixture
def quote(desk: Desk) -> str:
    """A quote that was found in a recording which can be played; its identifier."""
    recording = desk.add()
    desk.upload(recording)
    sound.decode(desk.parts, recording)
    desk.bring_in(recording, SPOKEN, format="vtt")
    marked = desk.mark(desk.report(f"He said: “{SAID}”."), SAID, recording_id=recording)
    assert marked.status == 200
    desk.browser.submit(desk.browser.open(f"/recordings/{recording}"), "/alignments")
    page = desk.browser.open(f"/recordings/{recording}")
    address = page.links["who heard and decided what"]
    return address.rsplit("/", 1)[1]


def begun(browser: Browser) -> Page:
    """The page with the sound, after setting out to listen to the only quote there is."""
    page = browser.submit(browser.open("/listening"), "/listenings")
    page.form("/reading").fields["could_not_tell"] = ""  # a box that nobody has ticked
    return page


def filed(browser: Browser, text: str = SAID) -> Page:
    return browser.submit(begun(browser), "/reading", text=text, language="en")


def revealed(browser: Browser, text: str = SAID) -> Page:
    return browser.submit(filed(browser, text), "/reveal")


def test_a_listener_hears_files_reveals_and_decides(quote: str, enter: Enter) -> None:
    browser = enter(Role.REVIEWER)

    page = begun(browser)
    assert page.address.startswith("/listenings/")
    assert SAID not in page.text
    (audio,) = [given for tag, given in page.elements if tag == "audio"]
    played = browser.client.get(audio["src"])
    assert played.headers["content-type"] == "audio/ogg"
    shown = browser.submit(page, "/reading", text=SAID, language="en")
    assert "Nothing here shows that your account was given these words before" in shown.text
    opened = browser.submit(shown, "/reveal")
    assert opened.address == f"/quotes/{quote}"
    assert "Bears it out" in opened.text
    decided = browser.submit(opened, "/decisions", ruling="confirmed", rationale="Heard it.")
    assert decided.address == f"/quotes/{quote}"
    assert "Confirmed by Somebody" in decided.text
    assert "heard before reading" in decided.text


def test_while_somebody_listens_every_page_leads_back_to_listening(
    quote: str, enter: Enter
) -> None:
    browser = enter(Role.REVIEWER)
    begun(browser)

    for path in ("/", "/reports", f"/quotes/{quote}", "/jobs"):
        page = browser.open(path)
        assert page.status == 403
        assert page.links["Go on listening"] == "/listening"
        assert SAID not in page.text


def test_a_filing_without_words_comes_back_and_so_does_one_with_too_much(
    quote: str, enter: Enter
) -> None:
    browser = enter(Role.REVIEWER)
    page = begun(browser)

    nothing = browser.submit(page, "/reading")
    both = browser.submit(page, "/reading", text="words", could_not_tell="1")
    unsure = browser.submit(page, "/reading", could_not_tell="1")

    assert (nothing.status, both.status) == (422, 422)
    assert "Say what you heard, or that you could not tell." in nothing.text
    assert both.form("/reading").fields["text"] == "words"
    assert "You could not tell what was said" in unsure.text


def test_giving_up_needs_a_reason_and_opens_the_pages(quote: str, enter: Enter) -> None:
    browser = enter(Role.REVIEWER)
    page = begun(browser)

    refused = browser.submit(page, "/withdrawal", reason=" ")
    browser.submit(page, "/withdrawal", reason="Somebody told me.")

    assert refused.status == 422
    assert browser.open(f"/quotes/{quote}").status == 200
    assert "Somebody told me." in browser.open("/listening").text


def test_two_listeners_are_drawn_side_by_side_and_dissent_comes_first(
    quote: str, desk: Desk, enter: Enter
) -> None:
    one, other = enter(Role.REVIEWER), enter(Role.REVIEWER)
    revealed(one)

    page = revealed(other, "Do not call the doctor at nine")

    assert "contested" in page.text
    assert page.text.index("Heard otherwise") < page.text.index("Bears it out")
    assert "5 words the same, 2 places differ; 5 and 7 words heard." in page.text
    assert "independent" in page.text
    assert "No coefficient" in page.text
    recording = desk.browser.open(page.links["R-0001"])
    assert "contested" in recording.text
    assert "Heard otherwise: Somebody" in recording.text


def test_who_has_read_it_may_listen_and_the_filing_says_that_they_had(
    quote: str, enter: Enter
) -> None:
    browser = enter(Role.REVIEWER)
    page = browser.open(f"/quotes/{quote}")
    assert "the filing will say so" in page.text

    shown = browser.submit(browser.submit(page, "/listenings"), "/reading", text=SAID)

    assert "Your account had been given words of this before" in shown.text
    assert "GET /quotes/{quote_id}" in shown.text


def test_nobody_opens_somebody_else_s_listening(quote: str, enter: Enter) -> None:
    address = begun(enter(Role.REVIEWER)).address

    assert enter(Role.REVIEWER).open(address).status == 403
    assert enter(Role.INVESTIGATOR).open("/listening").status == 403


def test_who_has_a_stake_is_not_offered_to_listen(quote: str, desk: Desk) -> None:
    page = desk.browser.open(f"/quotes/{quote}")

    assert not page.has_form("/listenings")
    assert "Listening" not in page.links


def test_somebody_says_where_to_listen_and_that_is_where_the_next_one_does(
    quote: str, desk: Desk, enter: Enter
) -> None:
    page = desk.browser.open(f"/quotes/{quote}")

    outside = desk.browser.submit(page, "/spans", start="0:39", end="1:02", reason="There.")
    assigned = desk.browser.submit(page, "/spans", start="0:30", end="0:33", reason="There.")
    heard = revealed(enter(Role.REVIEWER), "Something else altogether")

    assert outside.status == 422
    assert "A span of the 40000 ms of the recording." in outside.text
    assert "To be listened for at 0:30.0–0:33.0: There." in assigned.text
    assert "not where it was found: has no say" in heard.text
    assert "contested" not in heard.text
