"""Two texts of a report on one page."""

from hypothesis import given
from hypothesis import strategies as st

from app.reports.revision.words import compare
from app.web.revisions import groups
from tests.app.web.conftest import Desk

TEXT = "Six trucks left at noon.\n\nThe station said so.\n\nNobody was hurt."
texts = st.lists(st.sampled_from(["a", "b", "B", " ", "\n", "c.", "\n\n"]), max_size=30).map(
    "".join
)


@given(texts, texts)
def test_every_word_of_both_texts_is_in_the_rows_in_order(older: str, newer: str) -> None:
    rows = [row for group in groups(compare(older, newer), older, newer) for row in group.rows]

    assert " ".join(one.text for row in rows for one in row.older).split() == older.split()
    assert " ".join(one.text for row in rows for one in row.newer).split() == newer.split()


def test_a_change_without_a_word_about_it_is_shown_with_what_fell(desk: Desk) -> None:
    report = desk.report(TEXT)
    desk.mark(report, "trucks left at noon")
    page = desk.browser.open(f"/reports/{report}")
    newer = desk.browser.submit(page, "/snapshots", text=TEXT.replace("noon", "dusk"))

    changed = desk.browser.open(newer.links["what was changed"])

    assert changed.status == 200
    assert "Changed without a word about it" in changed.text
    assert "no longer stands" in changed.text
    assert "1 words replaced" in changed.text
    assert (
        desk.browser.open(newer.links["what was changed"].split("?")[0] + "?to=none").status == 404
    )


def test_a_text_frozen_twice_differs_in_nothing(desk: Desk) -> None:
    report = desk.report(TEXT)
    page = desk.browser.open(f"/reports/{report}")
    again = desk.browser.submit(page, "/snapshots", text=TEXT)

    assert "character for character" in desk.browser.open(again.links["what was changed"]).text
