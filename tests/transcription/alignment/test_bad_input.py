"""Whatever is asked for gets an answer or an error that names what is wrong with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcription.alignment import Alignment, Verdict, align, hear, locate
from transcription.alignment.speech import MAX_WORDS
from transcription.errors import NothingToAlign, TextTooLong
from transcription.transcript import Segment, Transcript

WORDS = [f"w{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}rd" for at in range(600)]


def compare(quote: str, spoken: str, language: str = "en") -> Alignment:
    return align(
        quote, quote_language=language, transcript=Transcript(language, (Segment(spoken),))
    )


@pytest.mark.parametrize("quote", ["", " ", "…", "[unintelligible]", "🙂🙃", "\u200b\u200d", "؟!"])
def test_a_quote_without_a_word_is_refused(quote: str) -> None:
    with pytest.raises(NothingToAlign):
        compare(quote, "open the gate")


def test_one_word_is_found_wherever_it_was_said() -> None:
    found = compare("Roger.", " ".join(["roger", *WORDS, "roger", *WORDS, "roger"]))
    assert [o.first_word for o in found.occurrences] == [0, 601, 1202]


def test_ten_thousand_words_are_refused_by_name() -> None:
    with pytest.raises(TextTooLong, match=f"quote is longer than {locate.MAX_QUOTE_WORDS} words"):
        compare("go " * 10_000, "go")


def test_the_longest_transcript_is_searched_and_one_word_more_is_refused() -> None:
    said = "open the northern gate before dawn"
    words = [*(WORDS * (MAX_WORDS // len(WORDS) + 1))[: MAX_WORDS - 6], *said.split()]
    found = compare(said, " ".join(words))
    assert [(o.first_word, o.last_word) for o in found.occurrences] == [
        (MAX_WORDS - 6, MAX_WORDS - 1)
    ]
    with pytest.raises(TextTooLong, match=f"transcript is longer than {MAX_WORDS} words"):
        hear(Transcript("en", (Segment(" ".join([*words, "over"])),)))


def test_a_long_quote_of_one_word_repeated_is_found_in_as_many_repetitions() -> None:
    found = compare("go " * 50, "go " * 150)
    assert [(o.first_word, o.last_word) for o in found.occurrences] == [
        (0, 49),
        (50, 99),
        (100, 149),
    ]


def test_words_of_many_pieces_do_not_run_out_of_places() -> None:
    spoken = f"{'a1' * 1 + '-b2' * 40_000} open the northern gate before dawn"
    found = compare("open the northern gate before dawn", spoken)
    assert found.verdict is Verdict.VERBATIM


@pytest.mark.parametrize(
    ("language", "quote", "spoken"),
    [
        ("ar", "افتح البوابة الشمالية", "قال افتح البوابة الشمالية الآن"),
        ("he", "פתח את השער", "פתח את השער"),
        ("ru", "Oткройте вopoта", "откройте ворота"),
        ("ru", "от\u200bкройте во\u00adрота", "откройте ворота"),
        ("en", "ｏｐｅｎ the ｇａｔｅ", "open the gate"),
        ("en", "open 🙂 the 🚪 gate", "open the gate"),
        ("en", "\u202eopen the gate\u202c", "open the gate"),
        ("uk", "м\u02bcять його", "м'ять його"),
    ],
)
def test_what_is_written_otherwise_is_the_same_words(
    language: str, quote: str, spoken: str
) -> None:
    found = compare(quote, spoken, language)
    assert found.best is not None
    assert {o.kind.value for o in found.best.operations} == {"same"}


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["go", "стоп", "🙂", "\u200b", "…", "[?]", "25-го", "c", "קדימה", "ﬁre", "-"]
        ),
        max_size=40,
    ),
    st.lists(st.sampled_from(["go", "стоп", "🙂", "25го", "с", "קדימה", "fire"]), max_size=60),
    st.sampled_from(["en", "ru", "uk", "he"]),
)
def test_any_mixture_gets_an_answer(quote: list[str], spoken: list[str], language: str) -> None:
    try:
        found = compare(" ".join(quote), " ".join(spoken), language)
    except NothingToAlign:
        return
    ends = [(o.first_word, o.last_word) for o in found.occurrences]
    assert ends == sorted(ends)
    assert len(ends) <= locate.MAX_OCCURRENCES
