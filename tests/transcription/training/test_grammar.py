"""The phrases of the exercise: the same in three languages, some of them kept for the examination."""

import random

from transcription.training.grammar import HELD_OUT_OF, LANGUAGES, phrase


def test_every_phrase_is_complete_in_every_language() -> None:
    chance = random.Random(1)
    for _ in range(500):
        lines = phrase(chance).lines
        assert tuple(lines) == LANGUAGES
        for line in lines.values():
            assert line.text[0].isupper()
            assert line.text[-1] in ".?"
            assert "{" not in line.text


def test_the_same_slots_are_filled_in_every_language_and_say_where() -> None:
    chance = random.Random(2)
    for _ in range(500):
        lines = phrase(chance).lines
        assert len({tuple(sorted(line.slots)) for line in lines.values()}) == 1
        for line in lines.values():
            for start, end in line.slots.values():
                filled = line.text[start:end]
                assert filled == filled.strip() != ""


def test_a_phrase_is_kept_out_of_training_in_all_languages_or_in_none() -> None:
    chance = random.Random(3)
    phrases = [phrase(chance) for _ in range(4000)]
    kept = {p.lines["en"].text for p in phrases if p.held_out}
    used = {p.lines["en"].text for p in phrases if not p.held_out}
    assert kept
    assert not kept & used
    assert abs(len(kept) / len(kept | used) - 1 / HELD_OUT_OF) < 0.03
