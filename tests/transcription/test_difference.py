"""What is said to differ between two versions is all that differs, and can be undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription.difference import (
    MAX_WORDS,
    Aspect,
    Change,
    ChangeKind,
    Difference,
    apply,
    compare,
    heard,
)
from transcription.errors import TextTooLong
from transcription.transcript import Flag, Segment, Transcript, Word

TEXTS = [
    "load",
    "Load,",
    "the",
    "truck",
    "truck?",
    "trucks",
    "[нрзб]",
    "[неразб.]",
    "[truck?]",
    "—",
]


@st.composite
def words(draw: st.DrawFn) -> Word:
    start = draw(st.none() | st.integers(0, 2_000))
    return Word(
        draw(st.sampled_from(TEXTS)),
        start,
        None if start is None else start + draw(st.integers(0, 400)),
        draw(st.none() | st.integers(0, 1_000)),
        draw(st.booleans()),
    )


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    segments = [
        Segment(
            " ".join(word.text for word in inside),
            words=tuple(inside),
            speaker=draw(st.sampled_from([None, "A", "B"])),
            flags=tuple(draw(st.sets(st.sampled_from(Flag), max_size=2))),
        )
        for inside in draw(st.lists(st.lists(words(), min_size=1, max_size=4), max_size=3))
    ]
    return Transcript("en", tuple(segments))


def said(text: str, *, speaker: str | None = None, start_ms: int | None = 0) -> Transcript:
    spoken = tuple(
        Word(word, start_ms + 400 * at, start_ms + 400 * at + 300)
        if start_ms is not None
        else Word(word)
        for at, word in enumerate(text.split())
    )
    return Transcript("en", (Segment(text, words=spoken, speaker=speaker),))


def told(difference: Difference) -> list[tuple[ChangeKind, str | None, str | None]]:
    return [
        (c.kind, c.before.text if c.before else None, c.after.text if c.after else None)
        for c in difference.changes
    ]


@given(transcripts())
def test_a_version_does_not_differ_from_itself(one: Transcript) -> None:
    assert compare(one, one).is_empty
    assert set(compare(one, one).counts().values()) == {0}


@given(transcripts(), transcripts())
def test_what_differs_makes_one_version_into_the_other(one: Transcript, other: Transcript) -> None:
    difference = compare(one, other, moved_ms=0)

    assert apply(heard(one), difference) == heard(other)


@given(transcripts(), transcripts(), st.integers(0, 500))
def test_tolerance_forgives_times_and_nothing_else(
    one: Transcript, other: Transcript, moved_ms: int
) -> None:
    made = apply(heard(one), compare(one, other, moved_ms=moved_ms))

    for got, wanted in zip(made, heard(other), strict=True):
        for mine, theirs in ((got.start_ms, wanted.start_ms), (got.end_ms, wanted.end_ms)):
            assert (mine is None) is (theirs is None)
            assert mine is None or theirs is None or abs(mine - theirs) <= moved_ms
        assert (got.text, got.speaker, got.flags, got.permille, got.interpolated) == (
            wanted.text,
            wanted.speaker,
            wanted.flags,
            wanted.permille,
            wanted.interpolated,
        )


@given(transcripts(), transcripts(), st.integers(0, 500))
def test_turning_the_question_round_turns_the_answer_round(
    one: Transcript, other: Transcript, moved_ms: int
) -> None:
    there, back = (
        compare(one, other, moved_ms=moved_ms),
        compare(other, one, moved_ms=moved_ms),
    )

    assert back.changes == tuple(change.reversed() for change in there.changes)
    assert there.counts()["added"] == back.counts()["removed"]
    assert there.counts()["timed"] == back.counts()["untimed"]
    assert {n: c for n, c in there.counts().items() if n in {"changed", "respelled", "moved"}} == {
        n: c for n, c in back.counts().items() if n in {"changed", "respelled", "moved"}
    }


@given(transcripts(), transcripts())
def test_no_more_words_change_than_there_are(one: Transcript, other: Transcript) -> None:
    difference = compare(one, other)
    counts = difference.counts()

    assert counts["words_changed"] <= sum(difference.words)
    assert difference.words[0] - counts["removed"] == difference.words[1] - counts["added"]


def test_each_way_of_differing_has_its_name() -> None:
    one = said("load the truck now please", speaker="A")
    other = said("Load, the lorry quickly now", speaker="B")

    difference = compare(one, other)

    assert told(difference) == [
        (ChangeKind.RESPELLED, "load", "Load,"),
        (ChangeKind.SAME, "the", "the"),
        (ChangeKind.CHANGED, "truck", "lorry"),
        (ChangeKind.ADDED, None, "quickly"),
        (ChangeKind.SAME, "now", "now"),
        (ChangeKind.REMOVED, "please", None),
    ]
    assert difference.counts() == {
        "words_changed": 4,
        "respelled": 1,
        "changed": 1,
        "added": 1,
        "removed": 1,
        "moved": 1,
        "timed": 0,
        "untimed": 0,
        "reckoned": 0,
        "speaker": 4,
        "flags": 0,
        "confidence": 0,
    }


@pytest.mark.parametrize(("by_ms", "moved"), [(100, 0), (101, 3)])
def test_a_word_has_moved_when_it_is_further_than_was_allowed(by_ms: int, moved: int) -> None:
    difference = compare(said("load the truck"), said("load the truck", start_ms=by_ms))

    assert difference.counts()["moved"] == moved
    assert difference.counts()["words_changed"] == 0


def test_losing_times_is_not_moving() -> None:
    difference = compare(said("load it"), said("load it", start_ms=None))

    assert [change.aspects for change in difference.changes] == [{Aspect.UNTIMED}] * 2


def test_two_spellings_of_a_mark_are_one_mark() -> None:
    difference = compare(said("load [нрзб] now"), said("load [неразб.] now"))

    assert told(difference) == [(ChangeKind.RESPELLED, "[нрзб]", "[неразб.]")]


def test_a_word_that_became_doubtful_has_changed() -> None:
    difference = compare(said("the truck"), said("the [truck?]"))

    assert told(difference) == [(ChangeKind.CHANGED, "truck", "[truck?]")]


def test_other_segments_with_the_same_words_are_said_and_are_no_change_of_words() -> None:
    whole = Transcript("en", (Segment("load it"), Segment("now")))
    split = Transcript("en", (Segment("load"), Segment("it now")))

    difference = compare(whole, split)

    assert (difference.changes, difference.regrouped, difference.is_empty) == ((), True, False)


def test_a_difference_fits_only_the_words_it_was_taken_from() -> None:
    difference = compare(said("load it"), said("open it"))

    with pytest.raises(ValueError, match="not the words"):
        apply(heard(said("load")), difference)
    with pytest.raises(ValueError, match="word 0"):
        apply(heard(said("send it")), difference)


def test_a_transcript_past_the_limit_is_refused_by_name() -> None:
    endless = Transcript("en", (Segment("go " * (MAX_WORDS + 1)),))

    with pytest.raises(TextTooLong, match=f"{MAX_WORDS} words"):
        compare(endless, said("go"))


def test_a_tolerance_is_not_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        compare(said("go"), said("go"), moved_ms=-1)


def test_a_change_turned_round_twice_is_itself() -> None:
    for change in compare(said("load it"), said("it loaded", start_ms=None)).changes:
        assert isinstance(change, Change)
        assert change.reversed().reversed() == change
