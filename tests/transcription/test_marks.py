"""Marks are typed by how they are spelled, and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.marks import MarkKind, kind_of, marks, spell
from transcription.transcript import Segment, Transcript, Word


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("[unintelligible]", MarkKind.UNINTELLIGIBLE),
        ("[Garble.]", MarkKind.UNINTELLIGIBLE),
        ("[нрзб]", MarkKind.UNINTELLIGIBLE),
        ("[неразб.]", MarkKind.UNINTELLIGIBLE),
        ("[нерозб.]", MarkKind.UNINTELLIGIBLE),
        ("[?]", MarkKind.UNINTELLIGIBLE),
        ("[???]", MarkKind.UNINTELLIGIBLE),
        ("(inaudible)", MarkKind.INAUDIBLE),
        ("[ cross  talk ]", MarkKind.CROSSTALK),
        ("[нецензурная брань]", MarkKind.EXPLETIVE),
        ("[REDACTED]", MarkKind.REDACTED),
        ("[обрив зв’язку]", MarkKind.DROPOUT),
        ("[смеётся]", MarkKind.VOICE),
        ("[пауза]", MarkKind.PAUSE),
        ("[static]", MarkKind.NOISE),
        ("[truck?]", MarkKind.UNCERTAIN),
        ("[?truck]", MarkKind.UNCERTAIN),
        ("(возле моста?)", MarkKind.UNCERTAIN),
        ("[unintelligible?]", MarkKind.UNINTELLIGIBLE),
    ],
)
def test_the_usual_spellings_are_read(written: str, kind: MarkKind) -> None:
    assert kind_of(written) is kind


@pytest.mark.parametrize(
    "written",
    ["unintelligible", "[the truck]", "(?)", "[]", "[a] [b]", "x[noise]", "[unintelligible", ""],
)
def test_what_is_not_on_the_list_is_no_mark(written: str) -> None:
    assert kind_of(written) is None


@pytest.mark.parametrize("language", ["en", "ru", "uk", "de", "und"])
@pytest.mark.parametrize("kind", [kind for kind in MarkKind if kind is not MarkKind.UNCERTAIN])
def test_what_is_written_is_read_back(kind: MarkKind, language: str) -> None:
    assert kind_of(spell(kind, language=language)) is kind


@given(st.lists(st.text("abcабв", min_size=1), min_size=1, max_size=5))
def test_words_heard_with_doubt_are_read_back(words: list[str]) -> None:
    written = spell(MarkKind.UNCERTAIN, language="en", words=" ".join(words))
    (found,) = marks(f"before {written} after")

    assert (found.kind, found.words) == (MarkKind.UNCERTAIN, " ".join(words))


def test_only_doubt_holds_words() -> None:
    with pytest.raises(ValueError, match="uncertain"):
        spell(MarkKind.UNCERTAIN, language="en")
    with pytest.raises(ValueError, match="uncertain"):
        spell(MarkKind.NOISE, language="en", words="truck")


@pytest.mark.parametrize("kind", MarkKind)
def test_every_mark_says_when_to_use_it(kind: MarkKind) -> None:
    assert kind.definition.endswith(".")


def test_only_what_may_be_words_hides_words() -> None:
    assert {kind for kind in MarkKind if not kind.hides_words} == {
        MarkKind.NOISE,
        MarkKind.PAUSE,
        MarkKind.VOICE,
        MarkKind.UNCERTAIN,
    }


@given(st.text(alphabet="ab ?[]().", max_size=80))
def test_marks_stand_where_they_say(text: str) -> None:
    for mark in marks(text):
        assert text[mark.start : mark.end] == mark.text
        assert kind_of(mark.text) is mark.kind


def test_a_word_of_a_transcript_knows_that_it_is_a_mark_and_stores_nothing_more() -> None:
    word = Word("[нрзб]", 100, 300)
    stored = Transcript("ru", (Segment("[нрзб]", words=(word,)),)).as_data()

    assert word.mark is MarkKind.UNINTELLIGIBLE
    assert Word("нрзб").mark is None
    assert stored["segments"][0]["words"] == [
        {"text": "[нрзб]", "start_ms": 100, "end_ms": 300, "permille": None, "interpolated": False}
    ]
