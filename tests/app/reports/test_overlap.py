"""What two texts have in common: copied, reworded, translated, or no more than chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reports.features import features, name_key
from app.reports.overlap import Likeness, overlap

FIRST = (
    "A convoy of 43 trucks was stopped near Velyka Lypa by the 118th brigade of Marko Dzyuba, and "
    "267 people were led away. They took 1,150 litres of fuel from the depot at Stara Hreblia."
)
REWORDED = (
    "Some 267 people were led off when Marko Dzyuba and his 118th brigade held up 43 lorries "
    "outside Velyka Lypa; fuel, 1,150 litres of it, went missing at Stara Hreblia."
)
TRANSLATED = (
    "Біля Великої Липи 118-та бригада Марка Дзюби зупинила колону з 43 машин, повели 267 людей, "
    "зі складу в Старій Греблі вивезли 1150 літрів пального."
)
OTHER = (
    "The bridge at Sula was closed for 90 days after cracks were found in 12 of its 31 beams, as "
    "engineer Olha Rudenko told the council of Pyriatyn."
)
WORDS = st.lists(st.sampled_from(f"{FIRST} {REWORDED} {OTHER}".split()), max_size=60).map(" ".join)


@pytest.mark.parametrize(
    ("other", "language", "likeness"),
    [
        (f"Again: {FIRST} So much for it.", "en", Likeness.REPRINT),
        (REWORDED, "en", Likeness.PARAPHRASE),
        (TRANSLATED, "uk", Likeness.TRANSLATION),
    ],
)
def test_what_comes_from_one_text_is_told_from_chance(
    other: str, language: str, likeness: Likeness
) -> None:
    common = overlap(features(FIRST, "en"), features(other, language))

    assert common.likeness is likeness
    assert not common.is_expected_among(5)


def test_texts_of_different_things_have_no_more_in_common_than_chance() -> None:
    common = overlap(features(FIRST, "en"), features(OTHER, "en"))

    assert common.once_in == 1
    assert common.is_expected_among(1)


def test_the_more_pairs_were_looked_at_the_rarer_a_likeness_must_be() -> None:
    common = overlap(features(FIRST, "en"), features(TRANSLATED, "uk"))

    assert not common.is_expected_among(common.once_in // 100)
    assert common.is_expected_among(common.once_in // 100 + 1)


@given(WORDS, WORDS)
def test_it_is_the_same_whichever_text_comes_first(one: str, other: str) -> None:
    first, second = features(one, "en"), features(other, "en")

    assert overlap(first, second) == overlap(second, first)


@given(WORDS)
def test_a_text_is_its_own_reprint_where_it_has_runs_of_words(text: str) -> None:
    found = features(text, "en")
    common = overlap(found, found)

    assert (common.likeness is Likeness.REPRINT) is bool(found.runs)
    assert common.once_in >= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bielousov", "Белоусова"),
        ("Belyausov", "Бєлоусов"),
        ("Zaporizhzhia", "Запорожской"),
        ("Zaporizhia", "Запорізькій"),
        ("Tidball", "Тідболл"),
        ("Popasna", "Попасной"),
    ],
)
def test_a_name_is_the_same_in_either_alphabet_and_in_its_cases(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_years_small_numbers_and_what_every_report_names_tell_nothing() -> None:
    found = features(
        "In 2024, 6 Russian soldiers in Ukraine told CNN on Wednesday about May.", "en"
    )

    assert (found.numbers, found.names) == (frozenset(), frozenset())
