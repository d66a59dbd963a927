"""Phrases with one wrong word: what is wrong in them, and that no phrase or voice serves twice."""

import pytest

from transcription.training.swaps import Part, Swapped, swapped


@pytest.fixture(scope="module")
def phrases() -> dict[Part, list[Swapped]]:
    return {part: list(swapped(5, 6, part)) for part in Part}


def test_each_wrong_wording_is_wrong_in_the_one_word_it_names(
    phrases: dict[Part, list[Swapped]],
) -> None:
    for one in [*phrases[Part.CALIBRATION], *phrases[Part.EXAMINATION]]:
        truth = one.truth.split()
        at, text = one.exchanged
        words = text.split()
        assert [n for n in range(len(truth)) if truth[n] != words[n]] == [at]
        at, text = one.added
        words = text.split()
        assert [*words[:at], *words[at + 1 :]] == truth
        at, text = one.lacking
        assert [*truth[:at], *truth[at + 1 :]] == text.split()


def test_what_is_said_lies_in_the_recording_and_after_its_context(
    phrases: dict[Part, list[Swapped]],
) -> None:
    for one in phrases[Part.CALIBRATION]:
        length_ms = len(one.samples) // 16
        assert 0 < one.span.start_ms < one.span.end_ms < length_ms
        ends = [word.end_ms for word in one.context if word.end_ms is not None]
        assert len(ends) == len(one.context)
        assert all(end <= one.span.start_ms for end in ends)


def test_no_phrase_and_no_voice_is_both_calibrated_and_examined_on(
    phrases: dict[Part, list[Swapped]],
) -> None:
    assert not set(Part.CALIBRATION.voices) & set(Part.EXAMINATION.voices)
    texts = [{one.truth for one in phrases[part]} for part in Part]
    assert not texts[0] & texts[1]


def test_the_same_seed_makes_the_same_phrases() -> None:
    (one,), (other,) = (list(swapped(5, 1, Part.CALIBRATION)) for _ in range(2))
    assert (one.truth, one.span) == (other.truth, other.span)
    assert (one.samples == other.samples).all()
