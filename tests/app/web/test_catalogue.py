"""The catalogue on a page: found, narrowed, paged, added to; never another case's."""

import pytest

from app.accounts.permissions import Role
from app.core.paging import DEFAULT_LIMIT
from app.recordings import service as recordings
from app.recordings.provenance import Particulars
from tests.app.conftest import People
from tests.app.web.conftest import WORKER, Desk, Enter


def test_filters_narrow_what_is_shown_and_stay_filled_in(desk: Desk) -> None:
    assert desk.browser.open("/recordings/new").form("/recordings").fields["kind"] == "unspecified"
    desk.add("Depot at night", kind="radio", languages="ru, uk", series="Three calls")
    desk.add("A call to a mother", kind="phone", languages="en")
    desk.upload(desk.add("Bridge in the morning", kind="radio"))

    everything = desk.browser.open("/")
    found = desk.browser.submit(everything, "/", q="depot")
    by_status = desk.browser.submit(everything, "/", status="held")
    nothing = desk.browser.open("/?kind=phone&language=uk")

    assert [word in everything.text for word in ("Depot", "mother", "Bridge")] == [True] * 3
    assert "Depot at night" in found.text
    assert "mother" not in found.text
    assert "Russian, Ukrainian" in found.text
    assert "Three calls" in found.text
    assert found.form("/").fields["q"] == "depot"
    assert "Bridge" in by_status.text
    assert "Depot" not in by_status.text
    assert by_status.form("/").fields["status"] == "held"
    assert "No recording fits these filters" in nothing.text
    assert desk.browser.open("/?status=no-such").status == 422


def test_pages_follow_one_another_without_gap_or_repeat(desk: Desk, case: str) -> None:
    count = DEFAULT_LIMIT + 3
    with desk.database.writing() as session:
        for number in range(count):
            recordings.catalogue(
                session,
                actor=WORKER,
                case_id=case,
                particulars=Particulars(title=f"Numbered {number:03d}."),
            )

    first = desk.browser.open("/?q=numbered")
    second = desk.browser.open(first.links["Next page"])

    shown = [f"Numbered {number:03d}." for number in range(count)]
    on_first = {title for title in shown if title in first.text}
    on_second = {title for title in shown if title in second.text}
    assert (len(on_first), len(on_second)) == (DEFAULT_LIMIT, 3)
    assert on_first | on_second == set(shown)
    assert "Next page" not in second.links


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"title": "   "}, "Title is empty"),
        ({"title": ""}, "Title is empty"),
        ({"title": "Good", "languages": "ru, klingon"}, "klingon"),
        ({"title": "Good", "note": "a\x00b"}, "NUL"),
    ],
)
def test_a_refused_entry_comes_back_with_what_was_typed(
    desk: Desk, typed: dict[str, str], named: str
) -> None:
    page = desk.browser.open("/recordings/new")
    typed = {"series": "Three calls", "kind": "phone", **typed}

    refused = desk.browser.submit(page, "/recordings", **typed)

    assert refused.status == 422
    assert named in refused.text
    kept = refused.form("/recordings").fields
    assert (kept["series"], kept["kind"]) == ("Three calls", "phone")
    assert kept["title"] == typed["title"]
    assert "No recordings yet" in desk.browser.open("/").text


def test_another_case_does_not_exist(desk: Desk, enter: Enter, people: People) -> None:
    recording = desk.held("Only ours")
    report = desk.report("Nothing.")
    stranger = enter(Role.INVESTIGATOR, Role.REVIEWER, within=people.case("Another"))

    assert "Only ours" not in stranger.open("/").text
    for address in (
        f"/recordings/{recording}",
        f"/recordings/{recording}/upload",
        f"/reports/{report}",
        "/recordings/no-such",
    ):
        missing = stranger.open(address)
        assert missing.status == 404
        assert "Only ours" not in missing.html
    token = stranger.open("/").form("/sign-out").fields["csrf"]
    for address in (
        f"/recordings/{recording}/transcriptions",
        f"/recordings/{recording}/transcripts",
        f"/recordings/{recording}/alignments",
        f"/reports/{report}/snapshots",
    ):
        answer = stranger.client.post(address, data={"csrf": token, "text": "x", "language": "en"})
        assert answer.status_code == 404, address
