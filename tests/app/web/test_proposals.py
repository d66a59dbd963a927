"""Proposed quotes on a report's page: told with their reasons, accepted without a script."""

import pytest

from app.accounts.permissions import Role
from tests.app.web.browsing import Browser, Page
from tests.app.web.conftest import Desk, Enter

TEXT = (
    "In the intercept a soldier reports: “Six trucks left.” The commander replies at least three "
    "times: “Let them go.”\r\nThe minister Anna Lys said: “I know of no trucks.”\r\n"
    "The so-called “truck affair” goes on."
)
ACCEPT = "/accepted-proposals"


def accept(browser: Browser, page: Page, words: str, **typed: str) -> Page:
    """Send the form of the proposal with these words."""
    form = next(f for f in page.forms if f.action.endswith(ACCEPT) and words in f.fields["exact"])
    return browser.send(form, **typed)


def test_every_proposal_is_marked_in_the_text_and_told_with_its_reason(desk: Desk) -> None:
    page = desk.browser.open(f"/reports/{desk.report(TEXT)}")

    assert "None marked yet" in page.text
    for told in (
        "From a recording",
        "From a statement",
        "A name, or a word at a distance",
        "said by The minister Anna Lys",
        "claimed: replies at least three times",
        "In reply to: Six trucks left.",
        "has a name or an office",
    ):
        assert told in page.text
    marked = [given for tag, given in page.elements if tag == "mark"]
    assert [given.get("class") for given in marked] == ["proposed"] * 4
    names = [given["id"] for tag, given in page.elements if tag == "article"]
    anchors = {given.get("id", "") for _, given in page.elements}
    assert {f"in-{name}" for name in names} <= anchors


def test_a_proposal_is_accepted_as_it_is(desk: Desk) -> None:
    report = desk.report(TEXT)
    page = desk.browser.open(f"/reports/{report}")

    done = accept(desk.browser, page, "I know of no trucks")

    assert done.address == f"/reports/{report}"
    assert "of a statement, not of a recording" in done.text
    left = [f.fields["exact"] for f in done.forms if f.action.endswith(ACCEPT)]
    assert left == ["Six trucks left.", "Let them go.", "truck affair"]


def test_a_recording_is_named_and_an_answer_is_linked(desk: Desk) -> None:
    recording = desk.add("Trucks")
    report = desk.report(TEXT)
    page = desk.browser.open(f"/reports/{report}")
    page = accept(desk.browser, page, "Six trucks", target=f"recording:{recording}")
    form = next(
        f for f in page.forms if f.action.endswith(ACCEPT) and "Let them" in f.fields["exact"]
    )

    assert form.fields["target"] == f"recording:{recording}", "the one that it quotes already"
    done = desk.browser.send(form)
    assert done.status == 200
    quoted = desk.browser.open(f"/recordings/{recording}").text
    assert "claimed: replies at least three times" in quoted
    assert "Let them go." in quoted


def test_a_proposal_is_adjusted(desk: Desk) -> None:
    report = desk.report(TEXT)
    page = desk.browser.open(f"/reports/{report}")

    done = accept(
        desk.browser,
        page,
        "Let them go",
        exact="Let them",
        target="statement",
        speaker_as_described="somebody",
        form="partial",
    )

    assert "said by somebody" in done.text
    assert done.status == 200


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"target": ""}, "Choose what it quotes"),
        ({"target": "gossip"}, "Target has no such choice"),
        ({"target": "recording:"}, "recording"),
        ({"target": "recording:nowhere"}, "identifier"),
        ({"exact": "words nobody printed", "target": "statement"}, "passage"),
        ({"exact": "", "target": "statement"}, "empty"),
        ({"language": "klingon", "target": "statement"}, "klingon"),
    ],
)
def test_what_cannot_be_accepted_comes_back_at_its_proposal(
    desk: Desk, typed: dict[str, str], named: str
) -> None:
    page = desk.browser.open(f"/reports/{desk.report(TEXT)}")

    refused = accept(
        desk.browser, page, "truck affair", **{"speaker_as_described": "a voice", **typed}
    )

    assert refused.status == 422
    assert named in refused.text
    kept = [f.fields for f in refused.forms if f.action.endswith(ACCEPT)]
    assert [f for f in kept if f["speaker_as_described"] == "a voice"]


def test_a_proposal_is_not_taken_twice(desk: Desk) -> None:
    page = desk.browser.open(f"/reports/{desk.report(TEXT)}")
    accept(desk.browser, page, "I know of no trucks")

    again = accept(desk.browser, page, "I know of no trucks")

    assert again.status == 409


def test_who_may_only_read_sees_proposals_and_no_form(desk: Desk, enter: Enter) -> None:
    report = desk.report(TEXT)
    page = enter(Role.AUDITOR).open(f"/reports/{report}")

    assert "From a statement" in page.text
    assert not page.has_form(ACCEPT)


def test_a_report_without_quotes_or_text_says_so(desk: Desk) -> None:
    page = desk.browser.open(f"/reports/{desk.report('Rain fell.')}")

    assert "The rules read no quote in this text" in page.text
    assert "Proposed quotes" not in desk.browser.open(f"/reports/{desk.report('')}").text


def test_text_from_outside_stays_text(desk: Desk) -> None:
    hostile = "He said: “<script>alert(1)</script> & \u202e<b>bold</b>”."
    page = desk.browser.open(f"/reports/{desk.report(hostile)}")

    assert "<script>alert" not in page.html
    assert "<b>bold" not in page.html
