"""What of an alignment can be asked of the audio."""

from typing import Any

from transcription.alignment import align
from transcription.span import Span
from transcription.support.pieces import Piece, pieces, whole
from transcription.transcript import Segment, Transcript, Word

SAID = "keep the senior man at the bridge and send all of the others to the rear now"
WORDS = tuple(Word(text, at * 400, at * 400 + 350) for at, text in enumerate(SAID.split()))


def occurrence(quote: str, words: tuple[Word, ...] = WORDS) -> Any:
    text = " ".join(word.text for word in words)
    spoken = Transcript("en", (Segment(text, 0, 7000, words),))
    (found,) = align(quote, quote_language="en", transcript=spoken).as_data()["occurrences"]
    return found


def parted(quote: str, *, longest_ms: int = 28_000) -> tuple[Piece, ...]:
    return pieces(quote, occurrence(quote)["operations"], WORDS, longest_ms=longest_ms)


def test_a_quote_without_marks_is_one_piece_with_what_was_heard_there() -> None:
    quote = "Keep the senior man at the bridge!"
    (piece,) = parted(quote)
    assert piece.text == quote
    assert (piece.heard, piece.first_word, piece.last_word) == (
        "keep the senior man at the bridge",
        0,
        6,
    )
    assert piece.span == Span(0, 2750)
    assert whole(quote, occurrence(quote)["operations"], WORDS) == piece


def test_a_mark_in_the_quote_parts_it() -> None:
    quote = "keep the senior man at the bridge … send all of the others to the rear"
    first, second = parted(quote)
    assert (first.text, second.text) == (
        "keep the senior man at the bridge",
        "send all of the others to the rear",
    )
    assert quote[second.start : second.end] == second.text
    assert whole(quote, occurrence(quote)["operations"], WORDS) is None


def test_what_is_longer_than_the_engine_hears_is_parted_between_words() -> None:
    found = parted("keep the senior man at the bridge and send all of the others", longest_ms=2500)
    assert len(found) > 1
    assert all(piece.span and piece.span.duration_ms <= 2100 for piece in found)
    assert " ".join(piece.heard for piece in found) == " ".join(SAID.split()[:13])


def test_words_that_the_quote_adds_are_asked_about_with_their_neighbours() -> None:
    (piece,) = parted("keep the senior man alive at the bridge")
    assert "alive" in piece.text
    assert "alive" not in piece.heard


def test_without_times_there_is_a_piece_and_no_span() -> None:
    untimed = tuple(Word(word.text) for word in WORDS)
    quote = "keep the senior man at the bridge"
    steps = occurrence(quote, untimed)["operations"]
    (piece,) = pieces(quote, steps, untimed, longest_ms=28_000)
    assert piece.span is None
    assert whole(quote, steps, untimed) is None
