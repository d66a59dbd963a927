"""How surely a place is one: a number where it was calibrated, a reason where it was not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.alignment import align
from transcription.alignment.calibration import calibration
from transcription.alignment.confidence import NOT_CALIBRATED, confidence_in
from transcription.transcript import Segment, Transcript

TALK = " ".join(f"w{chr(97 + at % 26)}{chr(97 + at // 26)}rd" for at in range(200))
SAID = "open the northern gate before dawn and send seven barrels"


@given(
    st.integers(1, 60_000),
    st.integers(1, 1000),
    st.sampled_from(["en", "ru", "uk", "ko", "und"]),
    st.integers(1, 2_000),
    st.integers(1, 300_000),
)
def test_it_is_whole_per_mille_or_none_and_says_on_what(
    score: int, share: int, language: str, quote: int, speech: int
) -> None:
    given_ = confidence_in(score, share, language=language, quote=quote, speech=speech)
    if given_.permille is None:
        assert given_.basis.startswith(NOT_CALIBRATED)
    else:
        assert 0 <= given_.permille <= 995
        assert given_.basis.startswith(f"{calibration()['name']}: ")


@given(st.integers(1, 30_000), st.integers(1, 999), st.sampled_from(["en", "ru", "uk"]))
def test_more_found_is_never_less_sure(score: int, share: int, language: str) -> None:
    def sure(score: int, share: int) -> int:
        found = confidence_in(score, share, language=language, quote=20, speech=5_000)
        assert found.permille is not None
        return found.permille

    assert sure(score, share) <= sure(score + 500, share)
    assert sure(score, share) <= sure(score, share + 1)


def test_a_place_carries_it_and_so_does_what_is_stored() -> None:
    transcript = Transcript("en", (Segment(f"{TALK} {SAID} {TALK}"),))
    (place,) = align(SAID, quote_language="en", transcript=transcript).occurrences
    assert place.confidence.permille is not None
    assert place.confidence.permille > 900
    data = place.as_data()
    assert data["confidence_permille"] == place.confidence.permille
    assert data["confidence_basis"] == place.confidence.basis


@pytest.mark.parametrize(
    ("language", "quote", "talk", "why"),
    [
        ("en", "open it", TALK, "for a quote of fewer than 4 words"),
        ("en", SAID, "", "for a transcript of fewer than 60 words"),
        ("de", SAID, TALK, "for this language"),
    ],
)
def test_outside_of_what_was_calibrated_there_is_no_number(
    language: str, quote: str, talk: str, why: str
) -> None:
    transcript = Transcript(language, (Segment(f"{talk} {quote}"),))
    found = align(quote, quote_language=language, transcript=transcript).occurrences
    assert {(place.confidence.permille, place.confidence.basis) for place in found} == {
        (None, f"{NOT_CALIBRATED}: {why}")
    }


def test_the_calibration_says_how_to_make_it_again_and_rises_with_what_is_found() -> None:
    known = calibration()
    assert known["made_by"] == "python -m bench.fitting"
    assert set(known["confidence"]) == {"en", "ru", "uk"}
    for rule in known["confidence"].values():
        assert rule["above"] > 0
        assert rule["share"] > 0
