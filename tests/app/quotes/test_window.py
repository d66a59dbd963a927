"""What is heard around a place tells neither where in it the place is nor how long it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quotes.listening.window import LENGTHS_MS, LONGEST_MS, MARGIN_MS, window
from transcription.span import Span

HOUR_MS = 3_600_000


@st.composite
def places(draw: st.DrawFn) -> tuple[Span, int]:
    """A place that can be listened to, and how long its recording lasts."""
    length = draw(st.integers(1, LONGEST_MS))
    start = draw(st.integers(0, HOUR_MS))
    return Span(start, start + length), start + length + draw(st.integers(0, HOUR_MS))


@given(places(), st.text(max_size=36))
def test_the_place_lies_within_with_a_margin_wherever_there_is_sound_for_one(
    drawn: tuple[Span, int], quote: str
) -> None:
    place, lasts = drawn

    heard = window(place, duration_ms=lasts, drawn_from=quote)

    assert heard.start_ms <= max(0, place.start_ms - MARGIN_MS)
    assert heard.end_ms >= min(lasts, place.end_ms + MARGIN_MS)
    assert heard.end_ms <= lasts
    assert heard.duration_ms in {*LENGTHS_MS, lasts}


@given(places(), st.text(max_size=36))
def test_everybody_hears_the_same_window(drawn: tuple[Span, int], quote: str) -> None:
    place, lasts = drawn

    first, second = (window(place, duration_ms=lasts, drawn_from=quote) for _ in range(2))

    assert first == second


def test_quotes_of_many_lengths_are_heard_in_windows_of_one() -> None:
    lengths = range(100, LENGTHS_MS[0] - 2 * MARGIN_MS, 100)

    found = {
        window(Span(60_000, 60_000 + length), duration_ms=HOUR_MS, drawn_from="q").duration_ms
        for length in lengths
    }

    assert found == {LENGTHS_MS[0]}


def test_the_place_is_not_always_at_the_same_distance_from_the_beginning() -> None:
    place = Span(60_000, 62_000)

    before = {
        place.start_ms - window(place, duration_ms=HOUR_MS, drawn_from=f"quote-{n}").start_ms
        for n in range(50)
    }

    assert len(before) > 40
    assert min(before) >= MARGIN_MS


@pytest.mark.parametrize(
    "place", [Span(5, 5), Span(0, LONGEST_MS + 1), Span(HOUR_MS - 5, HOUR_MS + 5)]
)
def test_a_place_that_nobody_could_listen_to_has_no_window(place: Span) -> None:
    with pytest.raises(ValueError, match="no window fits"):
        window(place, duration_ms=HOUR_MS, drawn_from="q")
