"""A unit is its number, its echelon and its arm, in whatever words; a bad translation is seen."""

import json
from pathlib import Path

import pytest

from app.agents.transliteration.designations import MISTRANSLATION, compare, read

VARIANTS = json.loads((Path(__file__).parent / "variants.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "name",
    [
        "394th Motorized Rifle Regiment",
        "394 мсп",
        "394-й мотострелковый полк",
        "the Russian 394th Guards Motor Rifle Regiment",
        "394-го мотострілецького полку",
        "394th MRR",
    ],
)
def test_a_designation_is_read_in_any_spelling(name: str) -> None:
    found = read(name)

    assert found is not None
    assert (found.number, found.echelon, found.arms) == (394, "regiment", {"motor_rifle"})


def test_what_a_unit_belongs_to_is_read_upwards() -> None:
    found = read(
        "“Storm unit” of the 394th Regiment, part of the 127th Division under the 5th Army"
    )

    assert found is not None
    chain = []
    while found is not None:
        chain.append((found.number, found.echelon))
        found = found.superior
    assert chain == [(None, "unit"), (394, "regiment"), (127, "division"), (5, "army")]


def test_an_arm_in_words_that_are_none_is_a_probable_mistranslation() -> None:
    found = compare("127th Automated Rifle Division", "127th Motorized Rifle Division")

    assert found.is_proposed
    assert MISTRANSLATION in found.reasons
    assert MISTRANSLATION not in compare("127th MRD", "127 мсд").reasons


def test_the_list_of_real_designations_is_told_apart() -> None:
    pairs = VARIANTS["units"]["fresh"]

    assert [pair for pair in pairs["two"] if compare(*pair).is_proposed] == []
    assert [pair for pair in pairs["one"] if not compare(*pair).is_proposed] == []


@pytest.mark.parametrize("name", ["", "Russian army", "the unit", "0" * 5000, "127"])
def test_what_names_no_unit_is_no_unit(name: str) -> None:
    assert not compare(name, "127th Motorized Rifle Division").is_proposed
