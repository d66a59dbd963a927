"""Quotes put together from passages spoken apart: found, said, and never support."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment import Alignment, Verdict, align
from transcription.transcript import Segment, Transcript, Word

ONE, OTHER, THIRD = (
    "open the northern gate before dawn",
    "send seven barrels across the river",
    "repair every wagon near that station",
)


def filler(count: int) -> list[str]:
    return [f"w{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}rd" for at in range(count)]


def compare(quote: str, spoken: list[str]) -> Alignment:
    words = tuple(Word(w, 400 * at, 400 * at + 300) for at, w in enumerate(spoken))
    transcript = Transcript("en", (Segment(" ".join(spoken), words=words),))
    return align(quote, quote_language="en", transcript=transcript)


@given(
    st.permutations([ONE, OTHER, THIRD]), st.integers(2, 3), st.sampled_from([" ", " … ", " and "])
)
def test_a_quote_stitched_together_is_said_to_be(parts: list[str], count: int, mark: str) -> None:
    quoted = parts[:count]
    spoken = [*ONE.split(), *filler(650), *OTHER.split(), *filler(640), *THIRD.split()]
    found = compare(mark.join(quoted), spoken)
    assert found.features["stitched_parts"] == count
    order = [spoken.index(part.split()[0]) for part in quoted]
    assert found.features["stitched_in_order"] is (order == sorted(order))
    assert ("in another order" in found.reasons[0]) is (order != sorted(order))
    assert all(f"“{part}”" in found.reasons[0] for part in quoted)
    assert not found.verdict.supports


def test_how_far_the_parts_lie_apart_is_told_in_words_and_time() -> None:
    found = compare(f"{ONE} {OTHER}", [*ONE.split(), *filler(300), *OTHER.split()])
    assert found.verdict is Verdict.PARTIAL
    assert found.features["stitched_words_apart"] == 300
    assert found.features["stitched_ms_apart"] == 301 * 400 - 300
    assert "300 words and 120 s apart" in found.reasons[0]


def test_without_times_the_distance_is_told_in_words_alone() -> None:
    spoken = " ".join([*ONE.split(), *filler(50), *OTHER.split()])
    found = align(
        f"{ONE} {OTHER}", quote_language="en", transcript=Transcript("en", (Segment(spoken),))
    )
    assert "stitched_ms_apart" not in found.features
    assert "spoken 50 words apart" in found.reasons[0]


@pytest.mark.parametrize(
    "spoken",
    [
        [*ONE.split(), *filler(60), *ONE.split()],
        [*ONE.split(), *OTHER.split()],
        [*ONE.split(), *OTHER.split(), *filler(60), *ONE.split()],
        filler(60),
    ],
)
def test_what_was_spoken_together_or_in_part_is_not_stitched(spoken: list[str]) -> None:
    assert "stitched_parts" not in compare(f"{ONE} {OTHER}", spoken).features
