"""Views of a place: more and less of what surrounds it, and no word cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.errors import TextTooLong
from transcription.span import Span
from transcription.support.views import views
from transcription.transcript import Word

PLACE = Span(5000, 7000)


def test_a_word_in_the_margin_is_context_and_one_that_would_be_cut_ends_the_margin() -> None:
    context = [Word("Маяк", 3800, 4200), Word("приём", 4400, 4800), Word("понял", 7500, 8100)]
    near, mid, far = views(PLACE, context, length_ms=20_000, longest_ms=10_000)
    assert (near.span, near.before, near.after) == (Span(4800, 7400), "", "")
    assert (mid.span, mid.before, mid.after) == (Span(4300, 7500), "приём", "")
    assert (far.span, far.before, far.after) == (Span(4200, 7500), "приём", "")


def test_the_words_of_the_place_itself_and_words_without_times_are_no_context() -> None:
    context = [Word("до", None, None), Word("утра", 5100, 5600)]
    for view in views(PLACE, context, length_ms=20_000, longest_ms=10_000):
        assert (view.before, view.after) == ("", "")


def test_margins_stay_in_the_recording_and_in_what_is_heard_at_once() -> None:
    found = views(Span(100, 2900), [], length_ms=3000, longest_ms=3000)
    assert [view.span for view in found] == [Span(0, 3000)] * 3


@pytest.mark.parametrize("place", [Span(0, 11_000), Span(19_000, 21_000), Span(3000, 3000)])
def test_a_place_that_cannot_be_heard_at_once_is_refused(place: Span) -> None:
    with pytest.raises(TextTooLong, match="place"):
        views(place, [], length_ms=20_000, longest_ms=10_000)


@given(st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 900)), max_size=12))
def test_no_view_cuts_into_the_place_or_leaves_a_word_of_context_outside(
    times: list[tuple[int, int]],
) -> None:
    context = [
        Word(f"w{number}", at, at + long) for number, (at, long) in enumerate(sorted(times))
    ]
    for view in views(PLACE, context, length_ms=15_000, longest_ms=10_000):
        assert view.span.start_ms <= PLACE.start_ms < PLACE.end_ms <= view.span.end_ms
        inside = {word.text: word for word in context}
        for text in (*view.before.split(), *view.after.split()):
            word = inside[text]
            assert word.start_ms is not None
            assert word.end_ms is not None
            assert view.span.start_ms <= word.start_ms
            assert word.end_ms <= view.span.end_ms
