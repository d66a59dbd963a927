"""
How two wordings of one assessment differ, on pairs that were invented for it.

`pairs.tsv` has 30 pairs that the rules were worked on with and 36 that were kept from that: written
before the rules were run on them, and not worked on since.
"""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.drift import Drift, Wording, compare

PAIRS = [
    line.split("\t")
    for line in (Path(__file__).parent / "pairs.tsv").read_text(encoding="utf-8").splitlines()
]
FEWEST_RIGHT_PER_MILLE = 900
FIRST = "a forensic expert who analyzed the audio files said they did not appear to be {}"
# One statement on its way: the first wording, and what later ones made of it.
CHAIN = [
    (FIRST.format("faked"), {"same"}),
    (
        "Forensic experts and intelligence officials say the footage and transmissions, while "
        "not independently verified, appear to be authentic",
        {"stronger", "plurality_changed", "scope_widened"},
    ),
    ("experts stated they are not fake", {"stronger", "hedge_lost", "plurality_changed"}),
    (
        "shows no signs of tampering and is consistent with genuine military communications",
        {"stronger", "attribution_lost"},
    ),
]


def drift(first: str, language: str, second: str, into: str) -> set[str]:
    compared = compare(Wording(text=first, language=language), Wording(text=second, language=into))
    return {str(each) for each in compared.drift}


@pytest.mark.parametrize(
    "pair", [pair for pair in PAIRS if pair[0] == "tuned"], ids=lambda p: p[5]
)
def test_pairs_that_the_rules_were_worked_on_with_are_told_whole(pair: list[str]) -> None:
    _, language, into, expected, first, second = pair

    assert drift(first, language, second, into) == set(expected.split())


def test_pairs_that_were_kept_from_the_work_are_told_nearly_as_well() -> None:
    expected, found = [], []
    for part, language, into, drifts, first, second in PAIRS:
        if part == "kept":
            expected += [(first, each) for each in drifts.split()]
            found += [(first, each) for each in drift(first, language, second, into)]

    right = len(set(expected) & set(found))
    assert len(PAIRS) >= 60
    assert right * 1000 >= FEWEST_RIGHT_PER_MILLE * len(found), "precision"
    assert right * 1000 >= FEWEST_RIGHT_PER_MILLE * len(expected), "recall"


@pytest.mark.parametrize(("again", "expected"), CHAIN, ids=[each[0][:30] for each in CHAIN])
def test_a_statement_is_followed_on_its_way(again: str, expected: set[str]) -> None:
    assert drift(FIRST.format("manipulated"), "en", again, "en") == expected


def test_every_axis_names_the_words_of_both() -> None:
    compared = compare(
        Wording(text=CHAIN[0][0], language="en"), Wording(text=CHAIN[1][0], language="en")
    )
    told = {each.axis: each.sentence for each in compared.findings}

    assert told["strength"] == (
        "“did not appear to be faked” reads “appear to be authentic” here: more firmly put"
    )
    assert "“expert” became “experts”, “officials”" in told["assessors"]
    assert "“audio files” (audio) there" in told["scope"]
    assert "“footage” (video) here" in told["scope"]


def test_what_agrees_with_something_is_compared_with_what_agrees_again() -> None:
    first = "An official said the calls are consistent with other cases."
    again = (
        "An official said the calls appear to be authentic and are consistent with other cases."
    )

    assert drift(first, "en", again, "en") == {"same"}


def test_what_cannot_be_compared_is_not_called_the_same() -> None:
    said = Wording(text="The tape is genuine.", language="en")
    for other in (
        Wording(text="Die Aufnahme ist echt.", language="de"),
        Wording(text="The tape lasts an hour.", language="en"),
    ):
        compared = compare(said, other)
        assert Drift.SAME not in compared.drift
        assert compared.note


@pytest.mark.parametrize("pair", PAIRS[::7], ids=lambda p: p[5])
def test_a_wording_is_the_same_as_itself(pair: list[str]) -> None:
    assert drift(pair[4], pair[1], pair[4], pair[1]) == {"same"}


@given(st.sampled_from(PAIRS), st.sampled_from(["  ", " \n "]))
def test_white_space_changes_nothing(pair: list[str], space: str) -> None:
    _, language, into, _, first, second = pair
    spaced = second.replace(" ", space) if "\n" not in space else second + space

    assert drift(first, language, spaced, into) == drift(first, language, second, into)
