"""From terms to windows, without a database: what is said word for word is never lost on the way."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from app.search import terms, wanted
from app.search.terms import MOST_PIECES, PIECE, STEP
from app.search.windows import windows
from transcription.alignment.speech import MAX_WORDS

from .conftest import timed

WORDS = "the a we of to truck bridge B-1 don't twenty five north-east 10,000 at [unintelligible] ok".split()
Speech = list[str]


def pieces_of(words: Speech) -> list[tuple[int, str]]:
    return [
        (MOST_PIECES + piece.ordinal, piece.text)
        for piece in terms.pieces(terms.entries(timed(" ".join(words))))
    ]


@st.composite
def speech_and_quote(draw: st.DrawFn) -> tuple[Speech, int, int]:
    """Some words said over and over, and a stretch of them that is quoted."""
    said = draw(st.lists(st.sampled_from(WORDS), min_size=3, max_size=40))
    words = (said * 40)[: draw(st.integers(3, 1_200))]
    first = draw(st.integers(0, len(words) - 3))
    return words, first, draw(st.integers(first + 3, min(len(words), first + 60)))


@given(speech_and_quote())
@example((["the"] * 600, 440, 460))
@example(("we of to " * 300).split() and (("we of to " * 300).split(), 500, 515))
def test_what_is_said_word_for_word_is_in_a_window(case: tuple[Speech, int, int]) -> None:
    words, first, last = case
    quote = " ".join(words[first:last])
    if not any(word != "[unintelligible]" for word in words[first:last]):
        return
    asked = wanted.read(quote, language="en")
    kept = [
        (number, text)
        for number, text in pieces_of(words)
        if terms.terms(text) & {*asked.pairs, *asked.words}
    ]

    found = windows(asked, kept)

    assert any(window.first <= first and last <= window.last for window in found), quote


@given(st.integers(1, 3 * PIECE))
def test_pieces_cover_every_word_and_share_some_with_the_next(count: int) -> None:
    found = pieces_of(["word"] * count)

    covered = {
        (number % MOST_PIECES) * STEP + at
        for number, text in found
        for at in range(len(text.split(" ")))
    }
    assert covered == set(range(count))
    assert all(len(text.split(" ")) <= PIECE for _, text in found)


def test_no_transcript_that_can_be_compared_has_more_pieces_than_numbers() -> None:
    assert MAX_WORDS // STEP + 1 < MOST_PIECES


def test_a_long_quote_is_asked_about_all_along_and_not_too_much() -> None:
    words = [f"{chr(97 + n % 26)}{chr(97 + n // 26)}word" for n in range(600)]

    asked = wanted.read(" ".join(words), language="en")

    places = sorted(asked.beginnings.index(pair.split("_")[0]) for pair in asked.pairs)
    assert len(places) == 600 // 19 + 1 == wanted.MOST_PAIRS
    assert max(after - before for before, after in pairwise(places)) < 2 * 19


def test_a_short_quote_is_asked_about_by_single_words_too() -> None:
    short = wanted.read("forty sacks of flour", language="en")
    longer = wanted.read("forty sacks of flour behind the old mill", language="en")

    assert set(short.words) == {"40", "sacks", "of", "flour"}
    assert longer.words == ()
