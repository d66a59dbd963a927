"""Spans of a recording: what is one, and how it is spelled for machines and for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.span import Span, spanning, timecode

moments = st.integers(0, 10**9)


@pytest.mark.parametrize(("start", "end"), [(-1, 0), (5, 4)])
def test_a_span_is_never_negative_or_reversed(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(start, end)


@given(moments, moments)
def test_a_media_fragment_says_the_very_milliseconds(one: int, other: int) -> None:
    span = Span(min(one, other), max(one, other))

    start, end = span.fragment().removeprefix("t=").split(",")

    assert [round(float(start) * 1000), round(float(end) * 1000)] == [span.start_ms, span.end_ms]


def test_a_fragment_has_no_digit_too_many() -> None:
    assert Span(12_500, 17_000).fragment() == "t=12.5,17"
    assert Span(0, 1).fragment() == "t=0,0.001"


def test_timecodes_read_as_clocks_do() -> None:
    assert timecode(62_540) == "1:02.5"
    assert timecode(3_602_500) == "1:00:02.5"
    assert timecode(0) == "0:00.0"


def test_a_span_with_an_end_that_is_not_known_is_none() -> None:
    assert spanning(5, 9) == Span(5, 9)
    assert (spanning(None, 9), spanning(5, None), spanning(9, 5)) == (None, None, None)
