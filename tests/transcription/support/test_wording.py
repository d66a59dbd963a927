"""Words of a published wording, exchanged one at a time with everything else left as it is."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.support.wording import spellings, spliced, words, written

PUBLISHED = "Маяк, возьмите старшего; остальных — в тыл."


def test_every_word_keeps_its_punctuation_and_its_place() -> None:
    found = words(PUBLISHED)
    assert [word.core for word in found] == [
        "Маяк",
        "возьмите",
        "старшего",
        "остальных",
        "в",
        "тыл",
    ]
    assert [word.tail for word in found] == [",", "", ";", " —", "", "."]
    assert [PUBLISHED[word.start : word.end] for word in found] == [word.core for word in found]
    assert written(found) == PUBLISHED


@pytest.mark.parametrize(
    ("first", "last", "text", "changed"),
    [
        (2, 3, "водителя", "Маяк, возьмите водителя; остальных — в тыл."),
        (1, 2, "", "Маяк, старшего; остальных — в тыл."),
        (0, 1, "", "Возьмите старшего; остальных — в тыл."),
        (5, 6, "", "Маяк, возьмите старшего; остальных — в."),
        (1, 1, "не", "Маяк, не возьмите старшего; остальных — в тыл."),
        (0, 1, "сокол", "Сокол, возьмите старшего; остальных — в тыл."),
        (2, 4, "всех других", "Маяк, возьмите всех других — в тыл."),
        (4, 6, "домой", "Маяк, возьмите старшего; остальных — домой."),
    ],
)
def test_one_word_is_exchanged_and_the_rest_stays(
    first: int, last: int, text: str, changed: str
) -> None:
    assert written(spliced(words(PUBLISHED), first, last, text)) == changed


def test_what_is_no_word_is_none() -> None:
    assert words(" … — !? ") == ()


def test_a_wording_is_also_spelled_as_a_sentence() -> None:
    assert [written(one) for one in spellings(words("send the rest,"))] == [
        "send the rest,",
        "Send the rest.",
    ]
    assert [written(one) for one in spellings(words("Send the rest."))] == ["Send the rest."]


@given(st.text(alphabet=string.ascii_letters + " .,—–'\"?!\n\u00a0я’", max_size=60))
def test_any_text_is_written_again_with_single_blanks(text: str) -> None:
    found = words(text)
    if found:
        assert written(found).split() == text.split()
    for word in found:
        assert text[word.start : word.end] == word.core
    for at in range(len(found)):
        assert len(spliced(found, at, at + 1, "")) == len(found) - 1
        assert spliced(found, at, at + 1, found[at].core)[at].core == found[at].core
