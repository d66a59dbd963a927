"""Words marked on a page are anchored where they stand in the frozen text."""

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from app.web.passages import passage

PIECES = ["a", "b", " ", "\n", "\r\n", "\r", "é", "🎧", "“"]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join)


def shown(text: str) -> str:
    """What a browser makes of line ends (HTML, 13.2.3.5)."""
    return re.sub(r"\r\n|\r", "\n", text)


@given(texts, st.data())
def test_words_marked_at_a_place_of_the_page_are_anchored_at_the_same_words(
    text: str, data: st.DataObject
) -> None:
    page = shown(text)
    start = data.draw(st.integers(0, len(page) - 1))
    end = data.draw(st.integers(start + 1, len(page)))
    assume(page[start:end].strip())

    anchor = passage(text, page[start:end], str(start)).locate(text)

    assert anchor.holds(text)
    assert shown(anchor.exact) == page[start:end]
    assert shown(text[: anchor.start]) == page[:start]


def test_words_that_recur_are_anchored_where_they_were_marked() -> None:
    assert passage("go and go", "go", "7").locate("go and go").start == 7


def test_words_that_are_not_at_the_place_are_looked_for_anywhere() -> None:
    for start in ("", "3", "-1", "x", "9" * 30, "²"):
        assert passage("go and go", "and", start).locate("go and go").start == 3


def test_words_pasted_over_a_line_end_are_found_whatever_its_kind() -> None:
    assert passage("one\r\ntwo", "one\r\ntwo").locate("one\r\ntwo").exact == "one\r\ntwo"
