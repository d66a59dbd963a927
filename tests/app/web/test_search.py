"""Searching on a page, without scripts: what was found, where to listen, what was not looked at."""

from app.accounts.permissions import Role
from app.quotes import queries as quotes
from app.search import keeping
from app.transcripts import queries as transcripts
from tests.app.conftest import People
from tests.app.web.browsing import Page
from tests.app.web.conftest import Desk, Enter

SAID = "Leave the commander, take the rest to the rear."
CUES = f"WEBVTT\n\n00:00:02.000 --> 00:00:05.500\n{SAID}\n"


def bring_in(desk: Desk, recording: str, text: str = CUES, **typed: str) -> str:
    """Bring a transcript in and be the worker that indexes it; its identifier."""
    desk.bring_in(recording, text, **{"format": "vtt", **typed})
    with desk.database.writing() as session:
        made = transcripts.of(session, recording)[-1]
        keeping.put(session, made)
        return made.id


def searched(desk: Desk, quote: str, address: str = "/search", **typed: str) -> Page:
    return desk.browser.submit(desk.browser.open(address), "/search", quote=quote, **typed)


def test_a_quote_is_found_with_its_words_drawn_and_a_link_to_the_moment(desk: Desk) -> None:
    recording = desk.held("Traffic about a commander")
    transcript = bring_in(desk, recording)

    page = searched(desk, "leave the commander, take the others to the rear")

    assert page.status == 200
    assert page.address == "/search", "no words in the address"
    assert "1 place in 1 recording" in page.text
    assert "Traffic about a commander" in page.text
    assert "Looked through 1 transcript in English" in page.text
    addresses = [given.get("href") for tag, given in page.elements if tag == "a"]
    assert f"/recordings/{recording}?transcript={transcript}#t=2,5.5" in addresses
    assert page.form("/search").fields["quote"].startswith("leave the commander")
    kinds = [
        given["class"] for _, given in page.elements if given.get("class", "").startswith("op ")
    ]
    assert kinds, "the word that differs is marked"


def test_the_page_that_a_place_leads_to_shows_that_version(desk: Desk) -> None:
    recording = desk.held()
    bring_in(desk, recording)
    bring_in(desk, recording, CUES.replace("rear", "river"))

    page = searched(desk, "take the rest to the rear")
    links = [
        given["href"]
        for tag, given in page.elements
        if tag == "a" and "play" in given.get("class", "")
    ]

    assert "the rear" in desk.browser.open(links[0]).text


def test_a_published_quote_is_looked_for_everywhere_from_its_own_page(desk: Desk) -> None:
    cited, elsewhere = desk.held("Cited"), desk.held("Another conversation")
    bring_in(desk, elsewhere)
    desk.mark(desk.report(f"He said: “{SAID}”"), SAID, recording_id=cited)
    with desk.database.reading() as session:
        (quote,) = quotes.of_recording(session, cited)

    page = desk.browser.submit(desk.browser.open(f"/quotes/{quote.id}"), "/search")

    assert page.address == "/search"
    assert "1 place in 1 recording" in page.text
    assert "Another conversation" in page.text


def test_nothing_found_says_what_was_looked_through(desk: Desk) -> None:
    bring_in(desk, desk.held())
    bring_in(desk, desk.held(), language="ru")

    page = searched(desk, "nine ships in the harbour")

    assert "Nothing close to these words" in page.text
    assert "Looked through 1 transcript in English. Not compared: 1 in Russian." in page.text


def test_what_cannot_be_looked_for_comes_back_with_what_was_typed(desk: Desk) -> None:
    page = searched(desk, "[unintelligible] …")

    assert page.status == 422
    assert page.form("/search").fields["quote"] == "[unintelligible] …"
    assert "role" in {name for _, given in page.elements for name in given}


def test_a_search_can_be_limited_to_a_recording(desk: Desk) -> None:
    one, other = desk.held("One"), desk.held("Another")
    bring_in(desk, one)
    bring_in(desk, other)

    page = searched(desk, "take the rest to the rear", f"/search?recording={other}")

    assert "1 place in 1 recording" in page.text
    assert "Another" in page.text
    assert page.form("/search").fields["recording_id"] == other


def test_another_case_is_not_there(desk: Desk, enter: Enter, people: People) -> None:
    recording = desk.held()
    bring_in(desk, recording)
    stranger = enter(Role.REVIEWER, within=people.case())

    page = stranger.submit(stranger.open("/search"), "/search", quote=SAID)
    assert "Nothing close to these words" in page.text
    assert "Looked through 0 transcripts" in page.text
    assert stranger.open(f"/search?recording={recording}").status == 404
