"""Marked text is the text."""

from hypothesis import given
from hypothesis import strategies as st

from app.web.marking import Piece, pieces

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from("abc")))


@given(st.text(max_size=50), spans)
def test_pieces_join_to_the_text(text: str, given_spans: list[tuple[int, int, str]]) -> None:
    assert "".join(piece.text for piece in pieces(text, given_spans)) == text


@given(st.text(min_size=1, max_size=50), spans)
def test_every_character_is_marked_by_exactly_the_spans_that_cover_it(
    text: str, given_spans: list[tuple[int, int, str]]
) -> None:
    marked = [piece.names for piece in pieces(text, given_spans) for _ in piece.text]

    assert marked == [
        tuple(name for start, end, name in given_spans if start <= place < end)
        for place in range(len(text))
    ]


@given(st.text(min_size=1, max_size=50), spans)
def test_a_span_begins_at_most_once_and_where_it_is_first_marked(
    text: str, given_spans: list[tuple[int, int, str]]
) -> None:
    named = [(start, end, f"{at}") for at, (start, end, _) in enumerate(given_spans)]
    cut = pieces(text, named)

    for start, end, name in named:
        begun = [at for at, piece in enumerate(cut) if name in piece.begins]
        marked = [at for at, piece in enumerate(cut) if name in piece.names]
        assert begun == marked[:1] == ([marked[0]] if start < min(end, len(text)) else [])


def test_nested_quotes_are_marked_twice() -> None:
    assert pieces("say it again", [(0, 12, "outer"), (4, 6, "inner")]) == [
        Piece("say ", ("outer",), begins=("outer",)),
        Piece("it", ("outer", "inner"), begins=("inner",)),
        Piece(" again", ("outer",)),
    ]
