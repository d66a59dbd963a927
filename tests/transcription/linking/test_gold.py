"""How well words are linked, against links drawn by hand; half of the pairs were held out."""

from itertools import pairwise

import pytest

from .gold import Sentence, count, sentences

BAR_PERMILLE = 800


def test_the_half_that_was_held_out_is_linked_as_well_as_promised() -> None:
    precision, recall, f1 = count(sentences()[1::2]).figures
    print(f"held-out pairs: precision {precision}, recall {recall}, F1 {f1} per mille")

    assert f1 >= BAR_PERMILLE, (precision, recall, f1)


@pytest.mark.parametrize("language", ["ru", "uk"])
def test_neither_language_is_linked_much_worse_than_the_other(language: str) -> None:
    held_out = [each for each in sentences()[1::2] if each.language == language]

    assert count(held_out).figures[2] >= BAR_PERMILLE - 50


def test_the_pairs_are_enough_and_many_turn_words_round() -> None:
    def crossed(sentence: Sentence) -> bool:
        drawn = sorted(sentence.gold(sentence.linked()))
        return any(one[1] > other[1] for one, other in pairwise(drawn))

    found = sentences()

    assert len(found) >= 60
    assert sum(crossed(each) for each in found) >= len(found) // 3
