"""The word lists: the same lists in every language, and each entry can be found."""

import pytest

from transcription.errors import UnsupportedLanguage
from transcription.quotation import lexicon


@pytest.mark.parametrize("language", lexicon.LANGUAGES)
def test_every_language_has_the_same_lists(language: str) -> None:
    assert set(lexicon.load(language).data) == set(lexicon.load("en").data)


@pytest.mark.parametrize("language", lexicon.LANGUAGES)
def test_every_entry_is_found_where_it_stands_and_not_within_a_word(language: str) -> None:
    words = lexicon.load(language)
    for name, entries in words.data.items():
        if not isinstance(entries, list):
            continue
        for entry in entries:
            written = entry.replace("*", "ъъ" if entry[:1] > "z" else "zz")
            assert words.lists(written, name), (name, entry)
            found = words.pattern(name).search(f"так, {written}; so")
            assert found is not None, (name, entry)
            if written.isalpha():
                assert words.pattern(name).search(f"я{written}") is None, (name, entry)


@pytest.mark.parametrize("language", lexicon.LANGUAGES)
def test_a_form_to_be_careful_with_is_a_verb_of_the_lists(language: str) -> None:
    words = lexicon.load(language)
    verbs = words.words("speech", "writing", "command", "reply", "question", "naming")

    assert words.words("careful") <= verbs


@pytest.mark.parametrize("language", lexicon.LANGUAGES)
def test_no_form_is_two_manners_at_once(language: str) -> None:
    words = lexicon.load(language)
    seen: dict[str, str] = {}
    for manner in ("speech", "writing", "command", "reply", "question", "naming"):
        for word in words.words(manner):
            assert seen.setdefault(word, manner) == manner, word


def test_the_longest_entry_wins_and_apostrophes_are_alike() -> None:
    found = lexicon.load("en").pattern("recordings").search("a phone call was made")
    assert found is not None
    assert found[0] == "phone call"
    assert lexicon.load("uk").lists("пресконференції", "occasions")
    assert lexicon.load("uk").lists("інтерв’ю", "occasions")


def test_another_language_has_no_lists() -> None:
    with pytest.raises(UnsupportedLanguage):
        lexicon.load("de")
