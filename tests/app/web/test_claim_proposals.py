"""Proposed claims on a page of their own: told with their reasons, accepted or rejected without a script."""

from app.accounts.permissions import Role
from tests.app.web.browsing import Form, Page
from tests.app.web.conftest import Desk, Enter

TEXT = (
    "The Harbour Service said that a radio intercept was recorded during an attack last November. "
    "The words were repeated at least six times. Drone footage of the same encounter shows <b>it</b>."
)
ACCEPT, REJECT = "/accepted-claim-proposals", "/rejected-claim-proposals"


def opened(desk: Desk) -> Page:
    report = desk.report(TEXT, published="2025-05-22")
    page = desk.browser.open(f"/reports/{report}")
    (address,) = {
        given["href"]
        for tag, given in page.elements
        if tag == "a" and given.get("href", "").endswith("/claim-proposals")
    }
    return desk.browser.open(address)


def form(page: Page, action: str, predicate: str) -> Form:
    return next(
        each
        for each in page.forms
        if each.action.endswith(action) and each.fields["predicate"] == predicate
    )


def test_every_proposal_is_told_with_its_words_and_reason(desk: Desk) -> None:
    page = opened(desk)

    for told in (
        "Date: 2024-11",
        "Count: at least 6 times said",
        "repeated at least six times",
        "said by The Harbour Service",
        "The latest one that was over at publication",
        "counted from 2025-05-22",
    ):
        assert told in page.text, told


def test_one_is_accepted_about_the_only_series_there_is(desk: Desk) -> None:
    desk.add("Ferry 1", series="Ferry band")
    page = opened(desk)
    sent = form(page, ACCEPT, "date")

    assert sent.fields["subject"] == "series:Ferry band"
    done = desk.browser.send(sent, modality="believed")
    assert done.status == 200, done.text
    assert "Date: 2024-11" not in done.text
    assert "1 decided" in done.text


def test_what_it_is_about_must_be_chosen(desk: Desk) -> None:
    page = opened(desk)
    refused = desk.browser.send(form(page, ACCEPT, "count"), subject="")

    assert refused.status == 422
    assert "choose what it is about" in refused.text.casefold()


def test_a_tie_to_an_event_asks_for_the_event(desk: Desk) -> None:
    desk.add("Ferry 1", series="Ferry band")
    page = opened(desk)
    refused = desk.browser.send(form(page, ACCEPT, "event_link"))

    assert refused.status == 422
    assert "name the event" in refused.text.casefold()


def test_one_is_rejected_with_its_reason(desk: Desk) -> None:
    page = opened(desk)
    done = desk.browser.send(form(page, REJECT, "count"), reason="It counts waves.")

    assert done.status == 200
    assert "at least 6 times said" not in done.text


def test_a_custodian_reads_and_is_offered_no_form(desk: Desk, enter: Enter) -> None:
    page = opened(desk)
    other = enter(Role.CUSTODIAN)
    read = other.open(page.address)

    assert read.status == 200
    assert not [each for each in read.forms if each.action.endswith((ACCEPT, REJECT))]
