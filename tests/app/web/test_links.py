"""Proposed links and the drawing of who repeats whom, on pages without a script."""

import re

import pytest

from app.accounts.permissions import Role
from tests.app.web.browsing import Browser, Page
from tests.app.web.conftest import Desk, Enter

FIRST = (
    "The convoy of 43 trucks was stopped near Velyka Lypa by the 118th brigade of Colonel Marko "
    "Dzyuba, and 267 people were led away, CNN reported.\r\n"
    "CNN said that 1,150 litres of fuel were taken from the depot at Stara Hreblia."
)
SECOND = (
    "According to CNN, 267 people were led away when 43 trucks were stopped near Velyka "
    "Lypa. The 118th brigade of Marko Dzyuba took 1,150 litres of fuel from the depot at Stara "
    "Hreblia, the mayor told CNN."
)
ACCEPT, REJECT = "/accepted-link-proposals", "/rejected-link-proposals"


def forms(page: Page, action: str) -> list[str]:
    return [form.fields["key"] for form in page.forms if form.action.endswith(action)]


def send(browser: Browser, page: Page, action: str, key: str, **typed: str) -> Page:
    form = next(
        f
        for f in page.forms
        if f.action.endswith(action) and f.fields["key"] == key and set(typed) <= set(f.fields)
    )
    return browser.send(form, **typed)


def accept_all(desk: Desk, report: str) -> Page:
    page = desk.browser.open(f"/reports/{report}")
    while keys := forms(page, ACCEPT):
        page = send(desk.browser, page, ACCEPT, keys[0])
    return page


def test_a_proposed_link_is_told_with_the_words_it_stands_on_and_its_reason(desk: Desk) -> None:
    page = desk.browser.open(f"/reports/{desk.report(FIRST)}")

    for told in (
        "This report cites CNN (not registered yet",
        "“CNN reported”: named among its first paragraphs",
        "no report of this publisher is registered in the case",
    ):
        assert told in page.text


def test_accepting_a_link_draws_it_with_its_root(desk: Desk) -> None:
    page = accept_all(desk, desk.report(FIRST, title="Convoy stopped"))

    assert "One report, one independent source" not in page.text
    assert "1 report, one independent source." in page.text
    assert "cites CNN (claimed: “CNN reported”)" in page.text
    assert re.search(r"CNN cited, not held ◆root", page.text)
    drawn = [given.get("class") for tag, given in page.elements if tag in {"rect", "path"}]
    assert drawn.count("box absent root") == 1
    assert drawn.count("box asked") == 1
    assert drawn.count("arc") == 1


def test_two_reports_of_one_recording_are_drawn_with_one_root_on_its_page(desk: Desk) -> None:
    recording = desk.add("Convoy")
    for title, text in (("The one", FIRST), ("The other", SECOND)):
        report = desk.report(text, title=title)
        desk.mark(report, "267 people were led away", recording_id=recording)
        accept_all(desk, report)

    page = desk.browser.open(f"/recordings/{recording}")

    assert "2 reports, one independent source." in page.text
    drawn = [given.get("class") for tag, given in page.elements if tag == "rect"]
    assert sorted(drawn) == ["box absent root", "box asked", "box asked"]


def test_a_rejected_link_leaves_the_page_and_a_refusal_stays_on_it(desk: Desk) -> None:
    report = desk.report(FIRST)
    page = desk.browser.open(f"/reports/{report}")
    (key,) = forms(page, REJECT)

    refused = send(desk.browser, page, REJECT, key, reason=" ")
    done = send(desk.browser, refused, REJECT, key, reason="It is another CNN.")

    assert refused.status == 422
    assert "No link is proposed" in done.text
    assert "Rejected, 1" in done.text
    assert "It is another CNN." in done.text
    assert "No link to another report is recorded" in done.text


def test_an_inferred_link_is_drawn_dashed(desk: Desk) -> None:
    desk.report(FIRST.replace("CNN", "the mayor"), title="The one")
    report = desk.report(SECOND.replace("CNN", "the mayor"), title="The other")

    page = accept_all(desk, report)

    assert "shares text The one" in page.text
    assert "arc inferred" in [given.get("class") for tag, given in page.elements if tag == "path"]


@pytest.mark.parametrize("role", [Role.REVIEWER])
def test_who_may_not_write_sees_what_is_proposed_and_gets_no_form(
    desk: Desk, enter: Enter, role: Role
) -> None:
    report = desk.report(FIRST)

    page = enter(role).open(f"/reports/{report}")

    assert "This report cites CNN" in page.text
    assert forms(page, ACCEPT) == []
