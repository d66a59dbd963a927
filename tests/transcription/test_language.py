"""Language tags: only the primary subtag counts; letters tell a text's language if it must be."""

import pytest

from transcription.errors import UnsupportedLanguage
from transcription.language import by_letters, primary


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ru", "ru"),
        ("en-GB", "en"),
        ("UK_ua", "uk"),
        ("Russian", "ru"),
        (None, "und"),
        (" ", "und"),
    ],
)
def test_a_tag_is_brought_to_its_primary_subtag(tag: str | None, expected: str) -> None:
    assert primary(tag) == expected


@pytest.mark.parametrize("tag", ["e", "english!", "12", "ru-", "<ru>"])
def test_what_is_no_tag_is_refused(tag: str) -> None:
    with pytest.raises(UnsupportedLanguage):
        primary(tag)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We wait at the bridge.", "en"),
        ("Ждём у моста, Bravo", "ru"),
        ("Чекаємо біля мосту", "uk"),
        ("12:30 …", "und"),
        ("", "und"),
    ],
)
def test_the_letters_of_a_text_tell_which_of_three_languages_it_is_likeliest_in(
    text: str, expected: str
) -> None:
    assert by_letters(text) == expected
