"""Language tags: only the primary subtag counts, and nothing is guessed."""

import pytest

from transcription.errors import UnsupportedLanguage
from transcription.language import primary


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
