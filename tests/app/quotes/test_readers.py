"""One listener who heard otherwise is enough; none who understood nothing, or elsewhere, is."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quotes.readers import Stance, contested, covers, stance
from transcription.alignment import Verdict
from transcription.span import Span

stances = st.lists(st.sampled_from(Stance), max_size=6)
verdicts = st.none() | st.sampled_from(Verdict)


@given(verdicts, stances)
def test_no_number_of_supporters_outvotes_a_dissent(
    verdict: Verdict | None, found: list[Stance]
) -> None:
    with_support = [*found, Stance.BEARS_OUT]

    assert contested(verdict, with_support) == (Stance.DIFFERS in found)


@given(verdicts, stances)
def test_adding_a_reading_never_settles_a_dispute(
    verdict: Verdict | None, found: list[Stance]
) -> None:
    before = contested(verdict, found)

    assert all(contested(verdict, [*found, more]) for more in Stance) or not before


def test_a_reading_against_a_supporting_verdict_contests_it() -> None:
    for verdict, against in itertools.product(Verdict, (True, False)):
        found = [Stance.DIFFERS] if against else [Stance.CANNOT_TELL]
        assert contested(verdict, found) == (against and verdict.supports)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_only_a_verdict_that_supports_bears_a_quote_out(verdict: Verdict) -> None:
    assert (stance(verdict) is Stance.BEARS_OUT) == verdict.supports
    assert (stance(verdict, hides_words=True) is Stance.BEARS_OUT) == verdict.supports


@pytest.mark.parametrize("verdict", [Verdict.REVERSED, Verdict.CONTRADICTS])
def test_not_understanding_all_excuses_no_contradiction(verdict: Verdict) -> None:
    assert stance(verdict, hides_words=True) is Stance.DIFFERS


@pytest.mark.parametrize(
    ("span", "has_a_say"),
    [
        (Span(0, 10_000), True),
        (Span(4_000, 6_000), True),
        (Span(4_199, 6_000), True),
        (Span(4_201, 6_000), False),
        (Span(0, 4_000), False),
        (Span(6_000, 9_000), False),
    ],
)
def test_a_reading_has_a_say_where_it_covers_nine_tenths_of_a_place(
    span: Span, has_a_say: bool
) -> None:
    assert covers(span, Span(4_000, 6_000)) == has_a_say
