"""Anchors: a place in a frozen text holds, or it is refused; there is no third."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.core.errors import Invalid
from app.reports.anchor import CONTEXT, Anchor, Passage, anchor_at, locate

TEXT = "He said “go now” and again “go now”, then “stay”. Кінець."
PIECES = ["“", "”", '"', "go", " ", "\n", "\r\n", "e\u0301", "é", "🎧", "иди", "\u200b", "aa", "a"]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200
)


@st.composite
def slices(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    return text, start, end


@given(slices())
def test_any_passage_of_any_text_can_be_anchored_where_it_stands(
    given: tuple[str, int, int],
) -> None:
    text, start, end = given

    anchor = locate(text, text[start:end], start=start)

    assert anchor.holds(text)
    assert (anchor.start, anchor.end) == (start, end)
    assert text[anchor.start : anchor.end] == anchor.exact
    assert anchor == anchor_at(text, start, end)


@given(slices(), st.integers(-3, 3).filter(bool))
def test_an_anchor_beside_its_text_by_a_character_does_not_hold(
    given: tuple[str, int, int], by: int
) -> None:
    text, start, end = given
    shifted = start + by
    assume(text[shifted : shifted + end - start] != text[start:end] or shifted < 0)
    anchor = anchor_at(text, start, end)

    moved = Anchor(shifted, shifted + end - start, anchor.exact, anchor.prefix, anchor.suffix)

    assert not moved.holds(text)
    with pytest.raises(Invalid) as refused:
        locate(text, anchor.exact, start=shifted)
    assert refused.value.field == "start"
    assert text.startswith(anchor.exact, refused.value.facts["nearest_start"])


@given(slices(), st.data())
def test_a_passage_with_one_character_off_is_refused(
    given: tuple[str, int, int], data: st.DataObject
) -> None:
    text, start, end = given
    at = data.draw(st.integers(start, end - 1))
    wrong = text[start:at] + "\u2603" + text[at + 1 : end]
    assume("\u2603" not in text)

    with pytest.raises(Invalid) as refused:
        locate(text, wrong)

    assert refused.value.field == "exact"


@given(slices())
def test_what_a_selector_says_is_enough_to_find_the_passage_again(
    given: tuple[str, int, int],
) -> None:
    text, start, end = given
    quote, position = anchor_at(text, start, end).selectors()

    assert text[position["start"] : position["end"]] == quote["exact"]
    assert text[: position["start"]].endswith(quote["prefix"])
    assert text[position["end"] :].startswith(quote["suffix"])
    assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
    assert max(len(quote["prefix"]), len(quote["suffix"])) <= CONTEXT


class TestWordsThatRecur:
    def test_are_told_apart_by_counting(self) -> None:
        first, second = (locate(TEXT, "go now", occurrence=n).start for n in (0, 1))

        assert (first, second) == (TEXT.index("go now"), TEXT.rindex("go now"))

    def test_are_told_apart_by_what_stands_around_them(self) -> None:
        assert locate(TEXT, "go now", prefix="again “").start == TEXT.rindex("go now")
        assert locate(TEXT, "go now", suffix="” and").start == TEXT.index("go now")

    def test_are_counted_among_those_that_fit(self) -> None:
        with pytest.raises(Invalid) as refused:
            locate(TEXT, "go now", prefix="again “", occurrence=1)

        assert (refused.value.field, refused.value.facts["occurrences"]) == ("occurrence", 1)

    @pytest.mark.parametrize("occurrence", [-1, 2])
    def test_have_no_other_occurrence(self, occurrence: int) -> None:
        with pytest.raises(Invalid) as refused:
            locate(TEXT, "go now", occurrence=occurrence)

        assert (refused.value.field, refused.value.facts["occurrences"]) == ("occurrence", 2)

    def test_too_often_to_be_told_apart_need_a_start(self) -> None:
        text = "a" * 2_000_000

        with pytest.raises(Invalid) as refused:
            locate(text, "a" * 50_000, prefix="b")

        assert refused.value.field == "exact"
        assert locate(text, "aa", start=1_000_000).holds(text)

    def test_may_overlap(self) -> None:
        assert [locate("aaaa", "aa", occurrence=n).start for n in (0, 1, 2)] == [0, 1, 2]


class TestWordsThatAreNotThere:
    @pytest.mark.parametrize("nearly", ['"go now"', "and again", "said\n“go now”", "Кін\u200bець"])
    def test_but_would_be_with_other_marks_or_spaces_are_refused_and_told_so(
        self, nearly: str
    ) -> None:
        text = TEXT.replace("and again", "and\u00a0 again")

        with pytest.raises(Invalid) as refused:
            locate(text, nearly)

        assert refused.value.facts == {"field": "exact", "found_after_folding": True}
        assert "quotation marks" in refused.value.message

    @pytest.mark.parametrize("absent", ["go later", "Go now", "кінець."])
    def test_at_all_are_refused_and_told_so(self, absent: str) -> None:
        with pytest.raises(Invalid) as refused:
            locate(TEXT, absent)

        assert refused.value.facts == {"field": "exact", "found_after_folding": False}
        assert absent not in refused.value.message

    @pytest.mark.parametrize("empty", ["", " ", "\n\t"])
    def test_because_there_are_none_are_refused(self, empty: str) -> None:
        with pytest.raises(Invalid) as refused:
            locate(TEXT, empty)

        assert refused.value.field == "exact"


def test_a_passage_longer_than_any_quote_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        locate("a" * 200_000, "a" * 100_001, start=0)

    assert refused.value.field == "exact"


@pytest.mark.parametrize(("field", "words"), [("prefix", "again “"), ("suffix", "”, then")])
def test_other_surroundings_at_a_given_start_are_refused(field: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        locate(TEXT, "go now", start=TEXT.index("go now"), **{field: words})

    assert refused.value.field == field


def test_surroundings_that_fit_nowhere_are_refused_with_how_often_the_words_occur() -> None:
    with pytest.raises(Invalid) as refused:
        locate(TEXT, "go now", prefix="never ")

    assert (refused.value.field, refused.value.facts["occurrences"]) == ("prefix", 2)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 4), (0, 1_000)])
def test_a_place_outside_the_text_is_no_passage(start: int, end: int) -> None:
    with pytest.raises(Invalid):
        anchor_at(TEXT, start, end)


def test_a_passage_is_located_as_it_asks() -> None:
    passage = Passage(exact="go now", occurrence=1, suffix="”")

    assert passage.locate(TEXT) == locate(TEXT, "go now", occurrence=1)
