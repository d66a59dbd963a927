"""Reports on a page: frozen text, quotes marked in it, links."""

import pytest

from tests.app.web.conftest import Desk

TEXT = "He said: “leave the commander, take the rest to the rear”. Then he left.\r\nNo comment."
OUTER = "leave the commander, take the rest to the rear"
INNER = "take the rest"
ACROSS = "to the rear”. Then he left.\nNo comment"


def test_the_text_is_shown_as_it_was_and_every_quote_marked(desk: Desk) -> None:
    report = desk.report(TEXT)
    for exact in (OUTER, INNER, ACROSS):
        marked = desk.mark(report, exact)
        assert marked.address == f"/reports/{report}"

    page = desk.browser.open(f"/reports/{report}")

    shown = " ".join(TEXT.split())
    assert shown in page.text, "marks leave the text as it is"
    anchors = [given["id"] for _, given in page.elements if given.get("id", "").startswith("in-")]
    assert len(anchors) == len(set(anchors)) == 3, "each quote has one place to link to"
    names = [name.removeprefix("in-") for name in anchors]
    assert all(any(given.get("id") == name for _, given in page.elements) for name in names)
    assert sum(given.get("class") == "deep" for tag, given in page.elements if tag == "mark") == 2


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ({"exact": "words nobody printed"}, "passage"),
        ({"exact": "leave the commander", "language": "klingon"}, "klingon"),
        ({"exact": ""}, "empty"),
    ],
)
def test_a_quote_that_cannot_be_marked_comes_back_on_the_report(
    desk: Desk, typed: dict[str, str], named: str
) -> None:
    report = desk.report(TEXT)

    refused = desk.mark(report, **{"speaker_as_described": "a voice", **typed})

    assert refused.status == 422
    assert named in refused.text
    kept = refused.form("/quotes").fields
    assert kept["speaker_as_described"] == "a voice"
    assert kept["exact"] == typed["exact"]
    assert "None marked yet" in refused.text
    assert "He said" in refused.text


def test_a_report_without_text_is_only_cited_until_its_text_is_frozen(desk: Desk) -> None:
    report = desk.report("")
    cited = desk.browser.open(f"/reports/{report}")
    assert "Only cited: no text is held" in cited.text
    assert not cited.has_form("/quotes")

    blank = desk.browser.submit(cited, "/snapshots", text="  ")
    assert blank.status == 422
    frozen = desk.browser.submit(blank, "/snapshots", text=TEXT)
    desk.mark(report, INNER)
    newer = desk.browser.submit(frozen, "/snapshots", text="All of it was corrected.")

    assert "version 2 of 2" in newer.text
    assert "in an earlier version of the text" in newer.text


def test_a_report_that_is_refused_comes_back_with_its_text(desk: Desk) -> None:
    page = desk.browser.open("/reports/new")

    refused = desk.browser.submit(
        page, "/reports", title="A title", language="en", published="yesterday", text=TEXT
    )

    assert refused.status == 422
    assert "published" in refused.text.lower()
    kept = refused.form("/reports").fields
    assert kept["title"] == "A title"
    assert kept["text"].split() == TEXT.split()
    assert "No reports yet" in desk.browser.open("/reports").text


def test_a_report_says_whom_it_repeats(desk: Desk) -> None:
    first = desk.report(TEXT, title="The first")
    second = desk.report(TEXT, title="The second")
    page = desk.browser.open(f"/reports/{second}")

    linked = desk.browser.submit(page, "/links", to_report_id=first, relation="reprints")
    twice = desk.browser.submit(linked, "/links", to_report_id=second, relation="reprints")

    assert "reprints The first" in linked.text
    assert "reprints The first" in desk.browser.open(f"/reports/{first}").text
    assert twice.status in {409, 422}, "no report repeats itself"
    assert "reprints The first" in twice.text


def test_a_passage_is_cited_at_the_place_where_it_was_marked(desk: Desk) -> None:
    recording = desk.add()
    report = desk.report("go now and go now\r\nand go now")
    page = desk.browser.open(f"/reports/{report}")

    done = desk.browser.submit(
        page, "/citations", exact="go now\nand go", start="11", recording_id=recording
    )

    assert done.address == f"/reports/{report}"
    assert "citation" in done.text
    assert "1 anchor looked up again" in done.text
    assert "1 stands (100 %)" in done.text


def test_a_citation_that_cannot_be_entered_comes_back_on_the_report(desk: Desk) -> None:
    recording = desk.add()
    page = desk.browser.open(f"/reports/{desk.report(TEXT)}")

    absent = desk.browser.submit(page, "/citations", exact="never printed", recording_id=recording)
    nothing = desk.browser.submit(page, "/citations", exact=INNER)

    assert absent.status == nothing.status == 422
    assert absent.form("/citations").fields["exact"] == "never printed"
    assert "choose the recording" in nothing.text.lower()


def test_every_kind_of_thing_is_marked_and_listed_overlapping_ones_too(desk: Desk) -> None:
    recording = desk.add()
    report = desk.report(TEXT)
    desk.mark(report, OUTER)
    page = desk.browser.open(f"/reports/{report}")
    done = desk.browser.submit(page, "/citations", exact=INNER, recording_id=recording)

    ids = [given["id"] for _, given in done.elements if "id" in given]
    targets = [
        given["href"][1:]
        for tag, given in done.elements
        if tag == "a" and given.get("href", "").startswith("#")
    ]
    assert set(targets) - {"content"} <= set(ids), "every mark leads to an entry"
    assert sum(name.startswith("in-") for name in ids) == 2
    signs = [given for _, given in done.elements if given.get("class") == "also"]
    assert len(signs) == 1, "an overlapping mark has a way to its own entry"
    assert TEXT.split("\r\n", maxsplit=1)[0] in done.text, "and no character is added to the text"


def test_an_earlier_text_is_shown_with_what_stands_on_it(desk: Desk) -> None:
    report = desk.report(TEXT)
    desk.mark(report, INNER)
    page = desk.browser.open(f"/reports/{report}")
    newer = desk.browser.submit(page, "/snapshots", text="All of it was corrected.")
    (address,) = [link for link in newer.links.values() if f"/reports/{report}?snapshot=" in link]

    older = desk.browser.open(address)

    assert "version 1 of 2" in older.text
    assert "leave the commander" in older.text
    assert sum(given.get("id", "").startswith("in-") for _, given in older.elements) >= 1
    assert desk.browser.open(f"/reports/{report}?snapshot=none").status == 404
