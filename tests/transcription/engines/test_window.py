"""A window's two clocks: what was heard, and the recording; silence comes back to the millisecond."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.engines import Window
from transcription.span import Span


@st.composite
def windows(draw: st.DrawFn) -> Window:
    steps = draw(st.lists(st.integers(1, 5000), min_size=2, max_size=12))
    edges = np.cumsum(steps).tolist()
    pairs = zip(edges[::2], edges[1::2], strict=False)
    islands = tuple(Span(start, end) for start, end in pairs)
    return Window(Span(0, edges[-1] + 100), islands)


def moments(window: Window) -> list[int]:
    """Of each millisecond that is heard, which one of the recording it is."""
    return [ms for island in window.islands for ms in range(island.start_ms, island.end_ms)]


@given(window=windows(), data=st.data())
def test_what_was_heard_at_a_moment_is_found_at_that_moment(
    window: Window, data: st.DataObject
) -> None:
    heard = moments(window)
    start = data.draw(st.integers(0, len(heard) - 1))
    end = data.draw(st.integers(start + 1, len(heard)))
    span = window.original(start, end)
    assert span == Span(heard[start], heard[end - 1] + 1)


@given(window=windows(), start=st.integers(-50, 40_000), length=st.integers(0, 9000))
def test_a_word_never_reaches_over_silence(window: Window, start: int, length: int) -> None:
    span = window.within_one(start, start + length)
    assert any(
        island.start_ms <= span.start_ms <= span.end_ms <= island.end_ms
        for island in window.islands
    )


@given(window=windows())
def test_the_samples_are_those_of_its_islands_in_order(window: Window) -> None:
    recording = np.repeat(np.arange(window.span.end_ms), 16).astype(np.float32)
    assert window.heard(recording)[::16].tolist() == moments(window)
    assert window.duration_ms == len(moments(window))


@pytest.mark.parametrize(
    "islands", [(), (Span(0, 5), Span(4, 9)), (Span(5, 6), Span(1, 2)), (Span(0, 101),)]
)
def test_islands_out_of_order_or_of_bounds_are_no_window(islands: tuple[Span, ...]) -> None:
    with pytest.raises(ValueError, match="not a window"):
        Window(Span(0, 100), islands)
