"""Two persons' names are proposed as one with the reasons for it, and kept apart with theirs."""

import json
from pathlib import Path

import pytest

from app.agents.transliteration.names import compare

VARIANTS = json.loads((Path(__file__).parent / "variants.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "spellings",
    [
        ("Yuriy Bielousov", "Yuriy Belousov", "Yuri Belyausov"),
        ("Юрий Белоусов", "Юрій Білоусов", "Юрій Бєлоусов", "Yuriy Bielousov"),
        ("Georgy Tikhy", "Heorhii Tykhyi", "Георгий Тихий", "Георгій Тихий"),
    ],
)
def test_the_spellings_of_one_name_are_proposed_as_one_each_with_each(
    spellings: tuple[str, ...],
) -> None:
    for one in spellings:
        for other in spellings:
            assert compare(one, other).is_proposed, (one, other)


@pytest.mark.parametrize(
    ("one", "other", "contradiction"),
    [
        ("Ivanov", "Ivanova", "gender_forms"),
        ("О. Иванов", "О. Иванова", "gender_forms"),
        ("Oleh Petrov", "Oleh Petrenko", "surnames_differ"),
        ("Oleh Petrov", "Ihor Petrov", "given_names_differ"),
        ("I. P. Sidorov", "P. I. Sidorov", "given_names_differ"),
        ("Иван Петрович Сидоров", "Иван Иванович Сидоров", "patronymics_differ"),
        ("John Smith Sr.", "John Smith Jr.", "elder_and_younger"),
        ("Valentyn Kim", "Valentyna Kim", "given_names_differ"),
        ("…", "Petrov", "not_a_name"),
    ],
)
def test_what_makes_two_names_two_is_named(one: str, other: str, contradiction: str) -> None:
    found = compare(one, other)

    assert found.contradiction == contradiction
    assert not found.is_proposed


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Haidai", "Serhii Haidai", "surname_alone"),
        ("Ю. В. Белоусов", "Yuriy Belousov", "given: initial_fits"),
        ("Юрия Белоусова", "Yuriy Bielousov", "another_case"),
        ("Volodymyr Zelenskyy", "Владимир Зеленский", "given: variant"),
        ("Belousov, Yuri", "Yuri Belousov", "same_letters"),
        ("Gen. Kyrylo Budanov", "Kyrylo Budanov", "same_letters"),
        ("Иван Петрович", "Иван Петрович Сидоров", "surname_missing"),
    ],
)
def test_a_proposal_says_what_it_stands_on(one: str, other: str, reason: str) -> None:
    found = compare(one, other)

    assert found.is_proposed
    assert reason in found.reasons


def test_less_said_is_less_alike() -> None:
    whole = compare("Serhii Haidai", "Сергій Гайдай").score
    initial = compare("S. Haidai", "Сергій Гайдай").score
    alone = compare("Haidai", "Сергій Гайдай").score

    assert whole > initial > alone


@pytest.mark.parametrize(
    ("part", "wrongly_joined", "missed"),
    [("tuned", 0, 0), ("kept_out", 0, 0), ("fresh", 1, 1)],
)
def test_the_list_of_real_variants_is_told_apart(
    part: str, wrongly_joined: int, missed: int
) -> None:
    pairs = VARIANTS["persons"][part]

    joined = [pair for pair in pairs["two"] if compare(*pair).is_proposed]
    lost = [pair for pair in pairs["one"] if not compare(*pair).is_proposed]

    assert len(joined) <= wrongly_joined, joined
    assert len(lost) <= missed, lost


def test_a_comparison_has_no_direction() -> None:
    for part in VARIANTS["persons"].values():
        for one, other in part["one"][:20] + part["two"][:20]:
            assert compare(one, other).score == compare(other, one).score
