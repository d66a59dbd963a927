"""What of a translation is laid beside what of the transcript."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment.speech import hear
from transcription.errors import Unlinkable
from transcription.linking.stretches import MAX_TOKENS, stretches
from transcription.transcript import Segment, Transcript


def speech(*segments: tuple[str, int | None, int | None]) -> Transcript:
    return Transcript("en", tuple(Segment(*segment) for segment in segments))


def cut(one: Transcript, other: Transcript) -> list[tuple[str, str]]:
    source, translation = hear(one), hear(other)
    return [
        (
            " ".join(source.tokens[at].text for at in each.source),
            " ".join(translation.tokens[at].text for at in each.translation),
        )
        for each in stretches(source, translation)
    ]


def test_what_overlaps_in_time_belongs_together_and_is_cut_where_nothing_does() -> None:
    one = speech(("a b", 0, 2000), ("c", 2100, 4000), ("d e", 9000, 9900))
    other = speech(("A", 0, 1000), ("B C", 1000, 4000), ("D", 9000, 9800))

    assert cut(one, other) == [("a b c", "A B C"), ("d e", "D")]


def test_speech_that_was_not_translated_stands_alone() -> None:
    one = speech(("a", 0, 1000), ("b", 5000, 6000), ("c", 9000, 9500))
    other = speech(("A", 0, 1000), ("C", 9000, 9500))

    assert cut(one, other) == [("a", "A"), ("b", ""), ("c", "C")]


def test_without_times_line_stands_beside_line() -> None:
    one = speech(("a b", None, None), ("c", None, None))
    other = speech(("A", 0, 1000), ("B C", 1000, 2000))

    assert cut(one, other) == [("a b", "A"), ("c", "B C")]


def test_a_long_run_is_cut_where_the_translation_is() -> None:
    words = " ".join(["w"] * (MAX_TOKENS - 1))
    one = speech((words, 0, 10_000), (words, 9_000, 20_000))
    other = speech((words, 0, 10_500), (words, 9_800, 20_000))

    found = stretches(hear(one), hear(other))

    assert [len(each.source) for each in found] == [MAX_TOKENS - 1] * 2


def test_what_does_not_correspond_at_all_is_refused() -> None:
    words = " ".join(["w"] * (MAX_TOKENS + 1))
    with pytest.raises(Unlinkable):
        cut(speech((words, None, None)), speech(("A", 0, 10), ("B", 10, 20)))


TIMES = st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 8_000)), max_size=12)


@given(TIMES, TIMES)
def test_every_word_of_both_is_in_exactly_one_stretch(
    ours: list[tuple[int, int]], theirs: list[tuple[int, int]]
) -> None:
    one, other = (
        hear(speech(*((f"w{at} x", start, start + length) for at, (start, length) in found)))
        for found in (enumerate(ours), enumerate(theirs))
    )

    found = stretches(one, other)

    assert [at for each in found for at in each.source] == list(range(len(one.tokens)))
    assert [at for each in found for at in each.translation] == list(range(len(other.tokens)))
