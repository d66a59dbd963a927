"""Lines on transmissions: in order, by how long each takes, and nothing where they do not fit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.placing.turns import between, laid, transmissions
from transcription.span import Span

RATE = 16_000
PACE = 10.0  # letters a second, the space after a word counted
SHORT, LONG = ["abcd"] * 2, ["abcd"] * 6  # 1 s and 3 s


def sounding(
    *seconds: tuple[float, float], length_s: float = 12
) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    noise = np.random.default_rng(1).standard_normal(int(length_s * RATE)).astype(np.float32)
    loud = np.zeros(len(noise), np.float32)
    for start, end in seconds:
        loud[int(start * RATE) : int(end * RATE)] = 1
    return noise * (loud * 0.1 + 1e-4)


def test_transmissions_are_told_from_pauses_to_within_a_tenth_of_a_second() -> None:
    found = transmissions(sounding((1, 3), (3.1, 4), (6, 9)))  # a tenth of a second is no pause
    assert len(found) == 2
    for span, (start, end) in zip(found, ((1, 4), (6, 9)), strict=True):
        assert abs(span.start_ms - start * 1000) <= 100
        assert abs(span.end_ms - end * 1000) <= 100


def test_silence_and_no_sound_at_all_are_no_reason_to_fail() -> None:
    assert transmissions(np.zeros(0, np.float32)) == ()
    assert len(transmissions(np.zeros(RATE, np.float32))) <= 1


@pytest.mark.parametrize(
    ("turns", "spoken", "starts"),
    [
        pytest.param([SHORT, LONG], [(0, 1000), (2000, 5000)], [0, 2000], id="one each"),
        pytest.param([LONG, SHORT], [(0, 3000), (4000, 5000)], [0, 4000], id="one each, reversed"),
        pytest.param(
            [SHORT, LONG], [(0, 1000), (2000, 3400), (3700, 5300)], [0, 2000], id="a turn in two"
        ),
        pytest.param(
            [SHORT, SHORT, LONG], [(0, 2000), (3000, 6000)], [0, 1000, 3000], id="two in one"
        ),
    ],
)
def test_a_turn_begins_where_a_transmission_of_its_length_does(
    turns: list[list[str]], spoken: list[tuple[int, int]], starts: list[int]
) -> None:
    spans = laid(turns, [Span(*at) for at in spoken], Span(0, 10_000), letters_a_second=PACE)
    firsts = np.cumsum([0, *(len(turn) for turn in turns[:-1])])
    assert [spans[first].start_ms for first in firsts] == starts


@pytest.mark.parametrize(
    ("turns", "spoken"),
    [
        pytest.param([], [(0, 1000)], id="no turn"),
        pytest.param([LONG], [], id="nobody transmits"),
        pytest.param([LONG], [(0, 100)], id="too little speech"),
        pytest.param([["a"]], [(0, 9000)], id="too much speech"),
        pytest.param([SHORT] * 500, [(n * 20, n * 20 + 20) for n in range(500)], id="too many"),
    ],
)
def test_what_does_not_fit_gets_no_place(
    turns: list[list[str]], spoken: list[tuple[int, int]]
) -> None:
    assert laid(turns, [Span(*at) for at in spoken], Span(0, 10_000), letters_a_second=PACE) == []


@given(
    turns=st.lists(
        st.lists(st.sampled_from(["a", "abcd", "abcdefghij"]), min_size=1, max_size=8),
        min_size=1,
        max_size=6,
    ),
    edges=st.lists(st.integers(0, 20_000), min_size=2, max_size=12, unique=True),
    within=st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)),
)
@settings(max_examples=200, deadline=None)
def test_words_follow_each_other_and_lie_where_somebody_transmits(
    turns: list[list[str]], edges: list[int], within: tuple[int, int]
) -> None:
    ordered = sorted(edges)
    spoken = [Span(*at) for at in zip(ordered[::2], ordered[1::2], strict=False)]
    inside = Span(within[0], within[0] + within[1])
    spans = laid(turns, spoken, inside, letters_a_second=PACE)
    assert len(spans) in (0, sum(map(len, turns)))
    assert [span.start_ms for span in spans] == sorted(span.start_ms for span in spans)
    for span in spans:
        assert any(one.start_ms <= span.start_ms < one.end_ms for one in spoken)
        assert inside.start_ms <= span.start_ms < inside.end_ms


def test_one_turn_is_all_there_is_however_often_it_pauses() -> None:
    spoken = [Span(1000 * n, 1000 * n + 700) for n in range(200)]
    spans = laid([["abcd"] * 280], spoken, Span(0, 200_000), letters_a_second=PACE)
    assert [spans[0].start_ms, spans[140].start_ms] == [0, 100_000]


@pytest.mark.parametrize(
    ("new", "over", "free"),
    [
        (False, False, (900, 3100)),
        (True, False, (1200, 3100)),
        (False, True, (900, 3000)),
        (True, True, (1200, 3000)),
    ],
)
def test_the_rest_of_a_transmission_belongs_to_the_turn_that_ends_or_begins_in_it(
    new: bool, over: bool, free: tuple[int, int]
) -> None:
    spoken = [Span(0, 1200), Span(1600, 2500), Span(3000, 5000)]
    assert between(spoken, 900, 3100, new=new, over=over) == Span(*free)


def test_a_long_rest_may_be_somebody_elses() -> None:
    spoken = [Span(0, 2000), Span(3000, 5000)]
    assert between(spoken, 900, 4000, new=True, over=True) == Span(900, 4000)
