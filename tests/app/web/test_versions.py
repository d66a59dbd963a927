"""Versions on pages: corrected without scripts, compared, voices relabelled; nothing typed is lost."""

from app.accounts.permissions import Role
from app.transcripts import queries
from app.transcripts.models import Transcript
from app.web.versions import LINES_A_PAGE
from tests.app.conftest import People
from tests.app.web.browsing import Browser, Page
from tests.app.web.conftest import Desk, Enter

CUES = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v One>Load the [crosstalk] truck\n\n"
    "00:00:03.000 --> 00:00:04.000\nSay again\n"
)


def newest(desk: Desk, recording: str) -> Transcript:
    with desk.database.reading() as session:
        return queries.of(session, recording)[-1]


def brought_in(desk: Desk) -> tuple[str, Transcript]:
    recording = desk.held()
    assert desk.bring_in(recording, CUES, format="vtt").status == 200
    return recording, newest(desk, recording)


def save(browser: Browser, page: Page, **typed: str) -> Page:
    return browser.submit(
        page, "/edit", **{name.replace("_", "-"): t for name, t in typed.items()}
    )


def test_a_line_is_corrected_in_the_browser_and_the_new_version_says_who_changed_what(
    desk: Desk,
) -> None:
    recording, parent = brought_in(desk)
    page = desk.browser.open(f"/transcripts/{parent.id}/edit")
    assert page.form("/edit").fields["text-0"] == "Load the [crosstalk] truck"
    assert "Several voices speak at once" in page.text

    saved = save(desk.browser, page, text_0="Load the red truck", note="heard on headphones")

    child = newest(desk, recording)
    assert (child.parent_id, child.note) == (parent.id, "heard on headphones")
    assert saved.address == f"/recordings/{recording}"
    assert "Corrected by Somebody" in saved.text
    assert "1 word changed" in saved.text
    assert "heard on headphones" in saved.text
    assert saved.links["See what it changed"].endswith(f"difference?to={child.id}")


def test_a_correction_that_came_between_is_shown_and_what_was_typed_is_not_lost(
    desk: Desk, enter: Enter
) -> None:
    recording, parent = brought_in(desk)
    reviewer = enter(Role.REVIEWER)
    mine, theirs = (
        browser.open(f"/transcripts/{parent.id}/edit") for browser in (desk.browser, reviewer)
    )
    save(reviewer, theirs, text_1="Say it again")
    between = newest(desk, recording)

    refused = save(desk.browser, mine, text_0="Load the blue truck", note="mine")

    assert refused.status == 412
    assert newest(desk, recording).id == between.id, "nothing was kept"
    assert refused.form("/edit").fields["text-0"] == "Load the blue truck"
    assert refused.form("/edit").fields["note"] == "mine"
    assert f"/transcripts/{parent.id}/difference?to={between.id}" in refused.html
    again = desk.browser.submit(refused, "/edit")
    assert again.status == 200
    beside = newest(desk, recording)
    assert (beside.parent_id, beside.id != between.id) == (parent.id, True)


def test_what_changes_nothing_is_refused_beside_the_form(desk: Desk) -> None:
    _, parent = brought_in(desk)

    refused = desk.browser.submit(
        desk.browser.open(f"/transcripts/{parent.id}/edit"), "/edit", note="only a note"
    )

    assert refused.status == 422
    assert "Nothing is changed" in refused.text
    assert refused.form("/edit").fields["note"] == "only a note"


def test_a_long_version_is_corrected_page_by_page_and_the_rest_stays(desk: Desk) -> None:
    recording = desk.held()
    lines = [f"line number {at}" for at in range(LINES_A_PAGE + 2)]
    desk.bring_in(recording, "\n".join(lines))
    parent = newest(desk, recording)
    page = desk.browser.open(f"/transcripts/{parent.id}/edit?from={LINES_A_PAGE}")
    last = f"text-{LINES_A_PAGE + 1}"
    assert f"text-{LINES_A_PAGE - 1}" not in page.form("/edit").fields

    save(desk.browser, page, **{last: "the last line"})

    child = newest(desk, recording)
    with desk.database.reading() as session:
        kept = queries.value(session, child).text.split("\n")
    assert kept == [*lines[:-1], "the last line"]
    assert desk.browser.open(f"/transcripts/{parent.id}/edit?from=999").status == 404


def test_two_versions_stand_side_by_side_with_each_difference_cued(desk: Desk) -> None:
    recording, parent = brought_in(desk)
    page = desk.browser.open(f"/transcripts/{parent.id}/edit")
    save(desk.browser, page, text_0="Load the [crosstalk] lorry now", speaker_1="Two")
    child = newest(desk, recording)

    shown = desk.browser.open(f"/transcripts/{parent.id}/difference?to={child.id}")

    assert shown.status == 200
    assert "another word: truck" in shown.text
    assert "another word: lorry" in shown.text
    assert "only in B: now" in shown.text
    assert "voice or warnings differ" in shown.text
    back = desk.browser.open(f"/transcripts/{child.id}/difference?to={parent.id}")
    assert "only in A: now" in back.text
    same = desk.browser.open(f"/transcripts/{parent.id}/difference?to={parent.id}")
    assert "Nothing differs" in same.text


def test_a_voice_is_relabelled_and_a_label_is_said_to_identify_nobody(desk: Desk) -> None:
    recording, parent = brought_in(desk)
    page = desk.browser.open(f"/recordings/{recording}?transcript={parent.id}")
    assert "It identifies nobody" in page.text

    done = desk.browser.submit(page, "/speakers", old="One", new="the driver")

    assert "the driver" in done.text
    assert newest(desk, recording).parent_id == parent.id
    refused = desk.browser.submit(done, "/speakers", old="", new="x", start="7:77")
    assert (refused.status, "From is no time" in refused.text) == (422, True)


def test_who_may_only_read_compares_and_corrects_nothing(desk: Desk, enter: Enter) -> None:
    recording, parent = brought_in(desk)
    auditor = enter(Role.AUDITOR)

    page = auditor.open(f"/recordings/{recording}")
    assert not page.has_form("/speakers")
    assert "Correct this version" not in page.text
    assert auditor.open(f"/transcripts/{parent.id}/edit").status == 403
    assert auditor.open(f"/transcripts/{parent.id}/difference?to={parent.id}").status == 200


def test_a_foreign_case_does_not_exist(desk: Desk, enter: Enter, people: People) -> None:
    _, parent = brought_in(desk)
    stranger = enter(Role.INVESTIGATOR, within=people.case("Another"))

    assert stranger.open(f"/transcripts/{parent.id}/edit").status == 404
    assert stranger.open(f"/transcripts/{parent.id}/difference?to={parent.id}").status == 404
