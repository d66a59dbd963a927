"""
All places of a quote: the fast search against whole-corpus dynamic programming, and counting.

The oracle (`oracle`) looks at all of the speech again in every round, with what was taken closed;
the search sweeps only what can have changed.
"""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcription.alignment.oracle import best_paths
from transcription.alignment import locate, significance
from transcription.alignment.locate import Search
from transcription.alignment.speech import hear
from transcription.text import tokens
from transcription.transcript import Segment, Transcript

WORDS = ["truck", "bridge", "trucks", "load", "the", "not", "seven", "river", "[unintelligible]"]
MARKS = ["…", "[expletive]", "(old)"]


def search(quote: list[str], spoken: list[str]) -> Search:
    speech = hear(Transcript("en", (Segment(" ".join(spoken)),)))
    return locate.prepare(tokens(" ".join(quote), language="en", quoted=True), speech)


def slowly(made: Search) -> list[tuple[int, int, int]]:
    """Every good enough place, a round at a time, looking at everything each time."""
    least = significance.least(made.possible, speech=len(made.spoken))
    spoken = made.columns.tolist()
    taken: list[tuple[int, int, int]] = []
    while True:
        closed = frozenset(at for first, last, _ in taken for at in range(first, last))
        paths = best_paths(made.pattern, spoken, allowed=lambda _: True, closed=closed)
        found: list[tuple[int, int, int]] = []
        for last, path in sorted(enumerate(paths), key=lambda p: (-(p[1] or (0, 0))[0], p[0])):
            score, first = path or (0, 0)
            inside = any(a < last <= b for a, b, _ in taken)
            apart = all(last <= a or b <= first for a, b, _ in found)
            if score >= max(least, 1) and first < last and apart and not inside:
                found.append((first, last, score))
        if not found:
            return sorted(taken)
        taken += found


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS[:8] + MARKS), min_size=1, max_size=5).filter(
        lambda quote: any(word in WORDS[:8] for word in quote)
    ),
    st.lists(st.sampled_from(WORDS), max_size=14),
)
def test_the_search_finds_what_looking_at_everything_each_time_finds(
    quote: list[str], spoken: list[str]
) -> None:
    made = search(quote, spoken)
    slow = slowly(made)
    fast = [(p.first, p.last, p.score) for p in locate.places(made)]
    assert [place for place in fast if place in slow] == slow
    # What is left over are quotes with their words turned round, in no place that was taken.
    assert all(p[1] <= s[0] or s[1] <= p[0] for p in fast for s in slow if p not in slow)


@given(
    st.permutations(["open", "the", "gate", "of", "seven", "barrels", "quickly", "north"]),
    st.integers(1, 10),
    st.integers(0, 3),
    st.integers(4, 8),
)
def test_planted_repeats_are_counted_exactly(
    words: list[str], times: int, between: int, length: int
) -> None:
    quote = words[:length]
    spoken = ["lorry", *(quote + ["copy", "roger", "over"][:between]) * times, "river"]
    found = locate.places(search(quote, spoken))
    assert [(p.first, p.last) for p in found] == [
        (1 + at * (length + between), 1 + at * (length + between) + length) for at in range(times)
    ]


@given(st.sampled_from(["fire", "ogon"]), st.integers(1, 4), st.integers(1, 10))
def test_a_word_repeated_inside_a_quote_is_counted_in_whole_quotes(
    word: str, inside: int, times: int
) -> None:
    found = locate.places(search([word] * inside, [word] * inside * times))
    assert len(found) == times
    assert all(a.last <= b.first for a, b in itertools.pairwise(found))


@given(st.sampled_from([0, 3, 4, 5]), st.integers(18, 24))
def test_a_clipped_quote_is_found_by_the_part_that_was_spoken(start: int, length: int) -> None:
    quote = [f"w{chr(97 + at)}{chr(122 - at)}rd" for at in range(length)]
    part = quote[start : start + 10]
    spoken = ["lorry", "river", *part, "copy", "that"]
    (place,) = locate.places(search(quote, spoken))
    made = search(quote, spoken)
    assert (place.first, place.last) == (2, len(made.spoken) - 2)


def test_a_part_far_from_the_rest_is_a_place_of_its_own() -> None:
    one, other = "open the northern gate before dawn", "send seven barrels across the river"
    spoken = [*one.split(), *(f"filler{chr(97 + at % 26)}" for at in range(300)), *other.split()]
    found = locate.places(search([*one.split(), *other.split()], spoken))
    assert [(p.first, p.last) for p in found] == [(0, 6), (306, 312)]


def test_words_turned_round_are_found_and_not_called_absent() -> None:
    quote = "repair barrels wash ladder count wagon".split()
    (place,) = locate.places(search(quote, ["copy", *reversed(quote), "over"]))
    assert place.permille < 400


@pytest.mark.parametrize("spoken", [["go"] * 3_000, ["go", "stop"] * 1_500])
def test_no_more_places_than_the_limit_are_told(spoken: list[str]) -> None:
    assert len(locate.places(search(["go"], spoken))) == locate.MAX_OCCURRENCES
