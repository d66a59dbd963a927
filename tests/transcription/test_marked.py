"""Marks are found in their words, however those were cut, with the times that the words have."""

from hypothesis import given
from hypothesis import strategies as st

from transcription.marked import marked
from transcription.marks import MarkKind
from transcription.span import Span
from transcription.transcript import Segment, Transcript, Word


def test_a_mark_over_several_words_is_one_mark() -> None:
    captions = Transcript("en", (Segment("load it"), Segment("over [signal lost] now [truck?]")))

    assert [(m.mark.kind, m.segment, m.first_word, m.last_word) for m in marked(captions)] == [
        (MarkKind.DROPOUT, 1, 3, 4),
        (MarkKind.UNCERTAIN, 1, 6, 6),
    ]


def test_a_mark_was_made_when_its_words_were_spoken() -> None:
    words = (Word("[нрзб]", 1_000, 1_400), Word("[шум]"))
    (heard, unknown) = marked(Transcript("ru", (Segment("[нрзб] [шум]", words=words),)))

    assert heard.span_ms == Span(1_000, 1_400)
    assert unknown.span_ms is None


@given(st.lists(st.sampled_from(["load", "[noise]", "[signal", "lost]", "[it?]", ""]), max_size=8))
def test_every_mark_is_the_words_it_says(texts: list[str]) -> None:
    transcript = Transcript("en", (Segment("load it"), Segment("", words=tuple(map(Word, texts)))))
    words = list(transcript.words())

    for each in marked(transcript):
        spoken = " ".join(w.text for w in words[each.first_word : each.last_word + 1])
        assert each.mark.text in spoken
