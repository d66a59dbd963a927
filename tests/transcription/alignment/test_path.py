"""
The vectorised dynamic programme against a plain one, written from the definition.

The plain one walks every state of every cell; it is the oracle for scores, and paths are
checked by adding up what their steps cost.
"""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.transcription.alignment.oracle import best_scores
from transcription.alignment.path import Step, traces
from transcription.alignment.sweep import (
    CLIP,
    DROP_BEGIN,
    DROP_EACH,
    GAP_BEGIN,
    GAP_EACH,
    HOLD_EACH,
    SKIP_BEGIN,
    SKIP_EACH,
    WORDS,
    Pattern,
    ends,
)
from transcription.text import Kind

SCORES = [1000, 700, 300, 0, -400]


@st.composite
def patterns(draw: st.DrawFn) -> tuple[Pattern, list[int]]:
    """A quote, and the column of each spoken token."""
    rows, columns = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    kinds = draw(st.lists(st.sampled_from(list(Kind)), min_size=rows, max_size=rows))
    line = st.lists(st.sampled_from(SCORES), min_size=columns, max_size=columns)
    scores = [[*draw(line), -400] for _ in kinds]
    weights = tuple(draw(st.sampled_from([1400, 1000, 300])) for _ in kinds)
    reaches = tuple(draw(st.integers(1, 3)) if k is Kind.WILD else 0 for k in kinds)
    hiding = draw(st.lists(st.booleans(), min_size=columns, max_size=columns))
    spoken = draw(st.lists(st.integers(0, columns - 1), max_size=9))
    pattern = Pattern(
        kinds=tuple(kinds),
        rows=tuple(range(rows)),
        scores=np.array(scores, dtype=np.int32),
        weights=weights,
        reaches=reaches,
        hiding=np.array([*hiding, False], dtype=bool),
    )
    return pattern, spoken


def cost(pattern: Pattern, spoken: list[int], steps: tuple[Step, ...]) -> int:
    """What a path scores, added up step by step; what lies before and after is never dearer."""
    taken = [at for at, step in enumerate(steps) if step.last > step.first or step.held]
    if not taken:
        return max(-CLIP, _cost(pattern, spoken, steps))
    before, after = steps[: taken[0]], steps[taken[-1] + 1 :]
    within = _cost(pattern, spoken, steps[taken[0] : taken[-1] + 1])
    ends = [max(-CLIP, _cost(pattern, spoken, part)) for part in (before, after)]
    return within + sum(ends)


def _cost(pattern: Pattern, spoken: list[int], steps: tuple[Step, ...]) -> int:
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
            assert pattern.hiding[spoken[step.first - 1]]
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
            total += int(pattern.scores[step.quoted, spoken[step.first]])
        dropping, skipping = drops, False
    return total


@given(patterns())
def test_the_sweep_scores_as_the_definition_does(drawn: tuple[Pattern, list[int]]) -> None:
    pattern, spoken = drawn
    scores, began = ends(pattern, np.array(spoken, dtype=np.int64))
    assert scores.tolist() == best_scores(pattern, spoken, anchored=False)
    assert all(0 <= start <= end for end, start in enumerate(began))


@given(patterns())
def test_where_a_path_began_is_where_an_anchored_one_scores_the_same(
    drawn: tuple[Pattern, list[int]],
) -> None:
    pattern, spoken = drawn
    scores, began = ends(pattern, np.array(spoken, dtype=np.int64))
    for end in range(len(spoken) + 1):
        anchored = best_scores(pattern, spoken[began[end] : end], anchored=True)
        assert anchored[-1] == scores[end]


@given(st.lists(patterns(), min_size=2, max_size=4))
def test_stretches_swept_together_score_as_each_alone(
    drawn: list[tuple[Pattern, list[int]]],
) -> None:
    pattern = drawn[0][0]
    nothing = pattern.scores.shape[1] - 1
    stretches = [[min(c, nothing) for c in spoken] for _, spoken in drawn]
    width = max(map(len, stretches))
    lines = [[*stretch, *[nothing] * (width - len(stretch))] for stretch in stretches]
    together, _ = ends(pattern, np.array(lines, dtype=np.int64))
    for stretch, scores in zip(stretches, together, strict=True):
        alone, _ = ends(pattern, np.array(stretch, dtype=np.int64))
        assert scores[: len(stretch) + 1].tolist() == alone.tolist()


@given(patterns())
def test_a_traced_path_is_whole_and_scores_what_was_promised(
    drawn: tuple[Pattern, list[int]],
) -> None:
    pattern, spoken = drawn
    promised = best_scores(pattern, spoken, anchored=True)[-1]
    (steps,) = traces(pattern, np.array([spoken], dtype=np.int64), [(0, len(spoken))])
    if promised is None:
        return
    assert [s.quoted for s in steps if s.quoted is not None] == list(range(len(pattern.kinds)))
    places = [place for step in steps for place in range(step.first, step.last)]
    assert places == list(range(len(spoken)))
    assert all(a.last <= b.first for a, b in itertools.pairwise(steps) if b.last > b.first)
    assert cost(pattern, spoken, steps) == promised
    (later,) = traces(pattern, np.array([spoken], dtype=np.int64), [(7, 7 + len(spoken))])
    assert [(s.quoted, s.first - 7, s.last - 7, s.held) for s in later] == list(steps)


def test_ties_are_broken_in_one_fixed_order() -> None:
    pattern = Pattern(
        kinds=(Kind.WORD,),
        rows=(0,),
        scores=np.array([[1000, -400]], dtype=np.int32),
        weights=(1000,),
        reaches=(0,),
        hiding=np.zeros(2, dtype=bool),
    )
    scores, began = ends(pattern, np.array([0, 0], dtype=np.int64))
    assert (scores.tolist(), began.tolist()) == ([-600, 1000, 1000], [0, 0, 1])
    assert next(traces(pattern, np.array([[0]], dtype=np.int64), [(0, 1)])) == (Step(0, 0, 1),)
