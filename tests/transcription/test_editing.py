"""A correction keeps what is still true, and makes up no time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription import formats
from transcription.editing import Line, corrected, lines, relabelled, shown
from transcription.formats import TranscriptFormat
from transcription.marks import MarkKind
from transcription.transcript import Flag, Segment, Transcript, Word


def spoken(*texts: str, speaker: str | None = None, flags: tuple[Flag, ...] = ()) -> Transcript:
    """Segments a second apart, a word every 100 ms."""
    return Transcript(
        "en",
        tuple(
            Segment(
                text,
                1000 * at,
                1000 * at + 900,
                tuple(
                    Word(word, 1000 * at + 100 * n, 1000 * at + 100 * n + 80, 900)
                    for n, word in enumerate(text.split())
                ),
                speaker,
                flags,
            )
            for at, text in enumerate(texts)
        ),
    )


def typed(transcript: Transcript, number: int, text: str) -> Transcript:
    return corrected(transcript, {number: replace(lines(transcript)[number], text=text)})


TEXT = st.lists(st.sampled_from(["load", "it", "[нрзб]", "Load,", "x"]), max_size=5).map(" ".join)


@given(st.lists(TEXT, max_size=3))
def test_what_is_typed_back_as_it_was_changes_nothing(texts: list[str]) -> None:
    before = spoken(*texts)

    assert corrected(before, dict(enumerate(lines(before)))) == before


@given(st.lists(TEXT, min_size=1, max_size=3), st.lists(TEXT, min_size=1, max_size=3))
def test_whatever_is_typed_can_be_kept_and_says_what_was_typed(
    texts: list[str], given_lines: list[str]
) -> None:
    before = spoken(*texts)

    after = typed(before, 0, "\n".join(given_lines))

    file = formats.write(after, format=TranscriptFormat.NATIVE)
    assert formats.read(file, format=TranscriptFormat.NATIVE) == after
    assert " ".join(after.text.split()) == " ".join(" ".join([*given_lines, *texts[1:]]).split())
    for segment in after.segments:
        assert shown(segment) == " ".join(segment.text.split())


@given(TEXT, TEXT)
def test_a_time_that_was_not_measured_for_a_word_is_marked(text: str, other: str) -> None:
    before = spoken(text)
    measured = {(word.text.strip(",").casefold(), word.start_ms) for word in before.words()}

    for word in typed(before, 0, other).words():
        if word.start_ms is not None and not word.interpolated:
            assert (word.text.strip(",").casefold(), word.start_ms) in measured


def test_untouched_words_keep_everything_and_a_replaced_one_is_marked() -> None:
    after = typed(spoken("load the truck now"), 0, "Load the lorry now")

    assert after.segments[0].words == (
        Word("Load", 0, 80, None),
        Word("the", 100, 180, 900),
        Word("lorry", 200, 280, None, interpolated=True),
        Word("now", 300, 380, 900),
    )
    assert (after.segments[0].start_ms, after.segments[0].end_ms) == (0, 900)


def test_words_that_replace_another_number_of_words_have_no_times() -> None:
    after = typed(spoken("load the truck now"), 0, "load the two old lorries now")

    assert [word.start_ms for word in after.words()] == [0, 100, None, None, None, 300]


def test_a_mark_is_one_word_whatever_it_holds() -> None:
    (word,) = typed(spoken("load"), 0, "[overlapping speech]").words()

    assert (word.mark, word.interpolated) == (MarkKind.CROSSTALK, True)


def test_a_line_is_split_at_a_line_break_and_its_parts_keep_the_times_they_have() -> None:
    after = typed(spoken("load the truck now"), 0, "load the\ntruck now")

    assert [(s.text, s.start_ms, s.end_ms) for s in after.segments] == [
        ("load the", 0, 180),
        ("truck now", 200, 900),
    ]


def test_a_part_whose_words_have_no_time_has_none() -> None:
    captions = Transcript("en", (Segment("load the truck", 0, 900),))

    after = typed(captions, 0, "load it\nthe truck")

    assert [(s.start_ms, s.end_ms, s.words) for s in after.segments] == [(None, None, ())] * 2


def test_a_caption_that_is_corrected_keeps_its_time() -> None:
    captions = Transcript("en", (Segment("load the truck", 0, 900),))

    assert typed(captions, 0, "load it").segments == (Segment("load it", 0, 900),)


def test_an_emptied_line_is_gone() -> None:
    before = spoken("load it", "now")

    assert typed(before, 0, " \n ").segments == before.segments[1:]


def test_warnings_stand_until_a_person_takes_them_away() -> None:
    before = spoken("load it", flags=(Flag.REPETITION,))

    assert typed(before, 0, "open it").segments[0].flags == (Flag.REPETITION,)
    assert corrected(before, {0: Line("load it")}).segments[0].flags == ()


def test_a_line_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no line 3"):
        corrected(spoken("load it"), {2: Line("x")})


def test_a_voice_is_relabelled_everywhere_or_where_it_begins() -> None:
    before = spoken("one", "two", "three", speaker="A")

    assert [s.speaker for s in relabelled(before, old="A", new="B").segments] == ["B"] * 3
    within = relabelled(before, old="A", new=None, start_ms=1000, end_ms=2000)
    assert [s.speaker for s in within.segments] == ["A", None, "A"]
    assert relabelled(before, old="C", new="B") == before


def test_a_segment_without_a_time_lies_in_no_range() -> None:
    untimed = Transcript("en", (Segment("one", speaker="A"),))

    assert relabelled(untimed, old="A", new="B", start_ms=0) == untimed
