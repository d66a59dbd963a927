"""Organisations are one by their words or an abbreviation of them, and never by a guess."""

import pytest

from app.agents.transliteration.bodies import compare


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (
            "Office of the Prosecutor General",
            "Prosecutor General's Office",
            "same_words_otherwise",
        ),
        ("SBU", "Служба безпеки України", "abbreviation"),
        ("СБУ", "Служба безпеки України", "abbreviation"),
        ("UN", "United Nations", "abbreviation"),
        ("Ministry of Defence", "Ministry of Defense", "same_words_otherwise"),
        ("Ministry of Defense of Ukraine", "Ministry of Defense", "a_word_more"),
    ],
)
def test_one_body_is_proposed_with_its_reason(one: str, other: str, reason: str) -> None:
    assert compare(one, other).is_proposed
    assert reason in compare(other, one).reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CNN", "UNN"),
        ("Ministry of Defense", "Ministry of Foreign Affairs"),
        ("Channel 5", "Channel 24"),
        ("", "CNN"),
        ("Main Intelligence Directorate", "Main Investigations Directorate"),
    ],
)
def test_two_bodies_are_two(one: str, other: str) -> None:
    assert not compare(one, other).is_proposed
