"""Words as they are compared: what meets, what stays apart, and what still points home."""

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.errors import TextTooLong
from transcription.marks import MarkKind
from transcription.text import MAX_CHARACTERS, Boundary, Kind, fold, tokens


def keys(text: str, language: str = "en", *, quoted: bool = False) -> list[str]:
    return [t.key for t in tokens(text, language=language, quoted=quoted)]


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(t.kind, t.text) for t in tokens(text, language="en", quoted=True)]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ru", "Ёлка", "елка"),
        ("uk", "м'ять", "м’ять"),
        ("uk", "п`ять", "5"),
        ("en", "two-way radio", "Two way radio!"),
        ("en", "don't", "do not"),
        ("en", "can’t", "cannot"),
        ("en", "We're", "we are"),
        ("en", "ﬁre", "fire"),
        ("en", "ki\u200bll", "kill"),
        ("ru", "не\u0301т", "нет"),
        ("ru", "и\u0306од", "йод"),
        ("ru", "мoст", "мост"),
        ("en", "bridgе", "bridge"),
        ("en", "[T]he", "the"),
        ("en", "twenty-five", "25"),
        ("en", "1,000", "one thousand"),
        ("en", "B1", "b-1"),
        ("ru", "Т-72", "Т72"),
        ("en", "gate B one", "gate B1"),
        ("ru", "двадцать пять", "25"),
        ("uk", "сто двадцять", "120"),
        ("en", "the twenty-fifth", "the 25th"),
        ("ru", "двадцать пятого", "25-го"),
        ("uk", "двадцять п’ятого", "25-го"),
        ("ru", "5-ти", "пять"),
        ("ru", "cоpок", "40"),
        ("ru", "a", "а"),
        ("en", "\u0430", "a"),
        ("en", "ﬁve　hundred", "500"),
    ],
)
def test_two_spellings_meet(language: str, one: str, other: str) -> None:
    assert keys(one, language) == keys(other, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("25th", "25"),
        ("25th", "26th"),
        ("kill", "keep"),
        ("14", "40"),
        ("fifteen", "fifty"),
        ("B1", "B2"),
        ("do", "don't"),
    ],
)
def test_two_words_stay_apart(one: str, other: str) -> None:
    assert keys(one) != keys(other)


@pytest.mark.parametrize("mark", ["…", "...", "[...]", "[…]", "(…)", " - ", " — ", "—", "--"])
def test_a_marked_gap_is_a_gap_in_a_quote_and_punctuation_in_speech(mark: str) -> None:
    text = f"before{mark}after"
    quoted = tokens(text, language="en", quoted=True)
    assert [t.kind for t in quoted] == [Kind.WORD, Kind.GAP, Kind.WORD]
    spoken = tokens(text, language="en")
    assert [t.kind for t in spoken] == [Kind.WORD, Kind.WORD]


@pytest.mark.parametrize(
    "mark",
    [
        "[expletive]",
        "[unintelligible]",
        "[Garble]",
        "(inaudible)",
        "[нецензурно]",
        "[неразборчиво]",
        "[нерозбірливо]",
    ],
)
def test_a_mark_that_stands_for_words_is_a_wildcard_anywhere(mark: str) -> None:
    for quoted in (True, False):
        (token,) = tokens(mark, language="en", quoted=quoted)
        assert token.kind is Kind.WILD
        assert token.reach >= 3


@pytest.mark.parametrize("mark", ["[noise]", "[шум]", "(laughter)", "[пауза]"])
def test_a_sound_is_nothing_in_speech(mark: str) -> None:
    found = tokens(f"stop. {mark} load it", language="en")
    assert [(t.key, t.boundary) for t in found] == [
        ("stop", Boundary.SENTENCE),
        ("load", Boundary.SENTENCE),
        ("it", Boundary.NONE),
    ]


def test_a_word_heard_with_doubt_is_that_word_with_a_mark() -> None:
    found = tokens("load [twenty five trucks?] now", language="en")
    assert [(t.key, t.mark) for t in found] == [
        ("load", None),
        ("25", MarkKind.UNCERTAIN),
        ("trucks", MarkKind.UNCERTAIN),
        ("now", None),
    ]


def test_an_editors_words_are_optional_and_keep_their_place() -> None:
    text = "they left (the old truck) at [Marta's] gate"
    assert kinds(text) == [
        (Kind.WORD, "they"),
        (Kind.WORD, "left"),
        (Kind.OPTIONAL, "the"),
        (Kind.OPTIONAL, "old"),
        (Kind.OPTIONAL, "truck"),
        (Kind.WORD, "at"),
        (Kind.OPTIONAL, "Marta's"),
        (Kind.WORD, "gate"),
    ]


def test_a_hyphen_inside_a_word_is_no_gap() -> None:
    assert [kind for kind, _ in kinds("call-sign")] == [Kind.WORD, Kind.WORD]


def test_punctuation_between_words_is_remembered() -> None:
    found = tokens("Stop. Wait, then go", language="en")
    assert [t.boundary for t in found] == [
        Boundary.SENTENCE,
        Boundary.SENTENCE,
        Boundary.CLAUSE,
        Boundary.NONE,
    ]


def test_numbers_are_typed_and_joined_over_words() -> None:
    found = tokens("send twenty five trucks", language="en")
    assert [(t.kind, t.key, t.text) for t in found] == [
        (Kind.WORD, "send", "send"),
        (Kind.NUMBER, "25", "twenty five"),
        (Kind.WORD, "trucks", "trucks"),
    ]


def test_punctuation_keeps_numbers_apart() -> None:
    assert keys("twenty, five") == ["20", "5"]


@given(st.text(max_size=200), st.booleans(), st.sampled_from(["en", "ru", "uk", "und"]))
def test_every_token_points_at_its_own_characters(text: str, quoted: bool, language: str) -> None:
    found = tokens(text, language=language, quoted=quoted)
    for token in found:
        assert text[token.start : token.end] == token.text
        assert token.text
        assert token.key or token.kind in {Kind.GAP, Kind.WILD}
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="абвгёйїєі’'ab1", max_size=12))
def test_composed_and_decomposed_letters_meet(word: str) -> None:
    assert fold(unicodedata.normalize("NFD", word)) == fold(unicodedata.normalize("NFC", word))


def test_a_text_past_the_limit_is_refused_by_name() -> None:
    with pytest.raises(TextTooLong, match="4000000 characters"):
        tokens("a" * (MAX_CHARACTERS + 1), language="en")


def test_a_number_longer_than_any_is_only_compared_as_written() -> None:
    assert keys("9" * 5_000) == ["9" * 5_000]
    assert keys("007") == ["7"]
