"""
The vectorised dynamic programme against a plain one, written from the definition.

The plain one walks every state of every cell; it is the oracle for scores, and paths are
checked by adding up what their steps cost.
"""

from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment.path import (
    DROP_BEGIN,
    DROP_EACH,
    GAP_BEGIN,
    GAP_EACH,
    HOLD_EACH,
    SKIP_BEGIN,
    SKIP_EACH,
    Pattern,
    Step,
    ends,
    trace,
)
from transcription.text import Kind

WORDS = {Kind.WORD, Kind.NUMBER}


@st.composite
def patterns(draw: st.DrawFn) -> tuple[Pattern, int]:
    rows, length = draw(st.integers(1, 7)), draw(st.integers(0, 9))
    kinds = draw(st.lists(st.sampled_from(list(Kind)), min_size=rows, max_size=rows))
    scores = tuple(
        np.array(
            draw(
                st.lists(
                    st.sampled_from([1000, 700, 300, 0, -600]), min_size=length, max_size=length
                )
            )
            if kind in {*WORDS, Kind.OPTIONAL}
            else [],
            dtype=np.int32,
        )
        for kind in kinds
    )
    weights = tuple(draw(st.sampled_from([1000, 500, 300])) for _ in kinds)
    reaches = tuple(draw(st.integers(1, 3)) if k is Kind.WILD else 0 for k in kinds)
    hiding = draw(st.lists(st.booleans(), min_size=length, max_size=length))
    return Pattern(tuple(kinds), scores, weights, reaches, np.array(hiding, dtype=bool)), length


def oracle(  # noqa: C901 - one inner function for each state of the definition
    pattern: Pattern, length: int, *, anchored: bool
) -> list[int | None]:
    """The best score of a path ending at each place, by plain recursion over states."""

    @cache
    def best(row: int, at: int) -> int | None:
        if row < 0:
            return 0 if not anchored or at == 0 else None
        gap = pattern.kinds[row] is Kind.GAP
        begin, each = (GAP_BEGIN, GAP_EACH) if gap else (SKIP_BEGIN, SKIP_EACH)
        options = [plain(row, at)]
        for source in range(at):
            value = plain(row, source)
            options.append(None if value is None else value - begin - each * (at - source))
        return top(options)

    @cache
    def plain(row: int, at: int) -> int | None:
        kind = pattern.kinds[row]
        if kind is Kind.GAP:
            return best(row - 1, at)
        if kind is Kind.WILD:
            return top([best(row - 1, at - k) for k in range(min(at, pattern.reaches[row]) + 1)])
        options = [best(row - 1, at) if kind is Kind.OPTIONAL else dropped(row, at)]
        options.append(paired(row, at))
        if kind in WORDS:
            options.append(held(row, at))
        return top(options)

    @cache
    def paired(row: int, at: int) -> int | None:
        before = best(row - 1, at - 1) if at else None
        return None if before is None else before + int(pattern.scores[row][at - 1])

    @cache
    def held(row: int, at: int) -> int | None:
        if not at or not pattern.hiding[at - 1]:
            return None
        further = held(row - 1, at) if row and pattern.kinds[row - 1] in WORDS else None
        return top([paired(row, at), None if further is None else further - HOLD_EACH])

    @cache
    def dropped(row: int, at: int) -> int | None:
        each = DROP_EACH * pattern.weights[row] // 1000
        alone = best(row - 1, at)
        options = [None if alone is None else alone - DROP_BEGIN - each]
        if row and pattern.kinds[row - 1] in WORDS:
            again = dropped(row - 1, at)
            options.append(None if again is None else again - each)
        return top(options)

    return [best(len(pattern.kinds) - 1, at) for at in range(length + 1)]


def top(options: list[int | None]) -> int | None:
    known = [option for option in options if option is not None]
    return max(known) if known else None


def cost(pattern: Pattern, steps: tuple[Step, ...]) -> int:
    """What a path scores, added up step by step."""
    total, dropping, skipping = 0, False, False
    for step in steps:
        taken = step.last - step.first
        if step.quoted is None:
            total -= SKIP_EACH * taken + (0 if skipping else SKIP_BEGIN)
            dropping, skipping = False, True
            continue
        kind = pattern.kinds[step.quoted]
        if step.held:
            assert not taken
            assert pattern.hiding[step.first - 1]
            total -= HOLD_EACH
            dropping, skipping = False, False
            continue
        drops = kind in WORDS and not taken
        if drops:
            total -= 0 if dropping else DROP_BEGIN
            total -= DROP_EACH * pattern.weights[step.quoted] // 1000
        elif kind is Kind.GAP:
            total -= GAP_BEGIN + GAP_EACH * taken if taken else 0
        elif taken and kind is not Kind.WILD:
            total += int(pattern.scores[step.quoted][step.first])
        dropping, skipping = drops, False
    return total


@given(patterns())
def test_the_sweep_scores_as_the_definition_does(drawn: tuple[Pattern, int]) -> None:
    pattern, length = drawn
    scores, began = ends(pattern, length)
    assert scores.tolist() == oracle(pattern, length, anchored=False)
    assert all(0 <= start <= end for end, start in enumerate(began))


@given(patterns())
def test_where_a_path_began_is_where_an_anchored_one_scores_the_same(
    drawn: tuple[Pattern, int],
) -> None:
    pattern, length = drawn
    scores, began = ends(pattern, length)
    for end in range(length + 1):
        start = int(began[end])
        anchored = oracle(pattern.within(start, end), end - start, anchored=True)
        assert anchored[-1] == scores[end]


@given(patterns())
def test_a_traced_path_is_whole_and_scores_what_was_promised(
    drawn: tuple[Pattern, int],
) -> None:
    pattern, length = drawn
    promised = oracle(pattern, length, anchored=True)[-1]
    steps = trace(pattern, length)
    assert [s.quoted for s in steps if s.quoted is not None] == list(range(len(pattern.kinds)))
    places = [place for step in steps for place in range(step.first, step.last)]
    assert places == list(range(length)) or promised is None
    assert cost(pattern, steps) == promised or promised is None


def test_ties_are_broken_in_one_fixed_order() -> None:
    row = np.array([1000, 1000], dtype=np.int32)
    pattern = Pattern((Kind.WORD,), (row,), (1000,), (0,), np.zeros(2, dtype=bool))
    scores, _ = ends(pattern, 2)
    assert int(np.argmax(scores)) == 1
    assert trace(pattern.within(0, 1), 1) == (Step(0, 0, 1),)
