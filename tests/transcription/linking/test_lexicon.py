"""What every row of the lexicon must keep to."""

import json
from importlib import resources

import pytest

from transcription.alignment import lexicon as rules
from transcription.linking import lexicon

FILES = ("grammar", "radio", "military", "logistics", "everyday")
ROWS = [
    (name, row)
    for name in FILES
    for row in json.loads(
        resources.files(lexicon).joinpath(f"{name}.json").read_text(encoding="utf-8")
    )
]


def test_a_row_says_one_sense_in_each_language() -> None:
    for _, row in ROWS:
        assert len(row) == 3, row
        assert all(side.strip() for side in row), row
        stems = [word for side in row for word in side.split() if "*" in word]
        assert all(word.endswith("*") and word.count("*") == 1 for word in stems), row
        assert all(len(word) > 3 for word in stems), f"begins too many words: {row}"
        assert not any("*" in word for word in row[2].split()), f"English has no stems: {row}"


def test_no_row_lists_opposites_for_then_either_could_stand_for_the_other() -> None:
    """A difference within a row is called a choice of translation."""
    english = rules.load("en")
    for name, row in ROWS:
        words = [word for word in row[2].split() if "_" not in word and name != "grammar"]
        for one in words:
            for other in words:
                assert not english.opposed(english.concept(one), english.concept(other)), row
                assert english.exclusion(one, other) is None, row
        assert len({word in english.negators for word in words}) <= 1, f"one denies: {row}"


@pytest.mark.parametrize(
    ("language", "word", "english"),
    [
        ("ru", "командирами", "commander"),
        ("ru", "нашёл", "find"),
        ("ru", "вывезли", "evacuate"),
        ("uk", "поранених", "wounded"),
        ("uk", "зв'язку", "contact"),
        ("uk", "вантажівки", "truck"),
    ],
)
def test_every_form_of_a_word_is_found_by_its_stem(language: str, word: str, english: str) -> None:
    from transcription.text import fold

    dictionary = lexicon.load(language, "en")
    assert dictionary
    assert dictionary.source.of(fold(word)) & dictionary.target.of(english)


@pytest.mark.parametrize("word", ["горизонтальный", "картошка", "вертикаль", "сольфеджио"])
def test_a_word_that_merely_begins_like_another_is_not_taken_for_it(word: str) -> None:
    dictionary = lexicon.load("ru", "en")
    assert dictionary
    english = dictionary.target
    assert not dictionary.source.of(word) & (
        english.of("burn") | english.of("map") | english.of("believe") | english.of("salt")
    )


def test_the_dictionary_reads_either_way_and_says_where_there_is_none() -> None:
    there, back = lexicon.load("ru", "en"), lexicon.load("en", "ru")
    assert there
    assert back
    assert there.source.of("мост") == back.target.of("мост") != frozenset()
    assert lexicon.load("ru", "uk")
    assert lexicon.load("ru", "ru") is None
    assert lexicon.load("de", "en") is None
