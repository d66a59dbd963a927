"""Rows of two versions: every word of both once, in order, beside its like, with its voice."""

from hypothesis import given
from hypothesis import strategies as st

from app.web import comparing
from app.web.comparing import Group, Row
from transcription.difference import ChangeKind, compare
from transcription.transcript import Flag, Segment, Transcript, Word


@st.composite
def versions(draw: st.DrawFn) -> Transcript:
    text = st.lists(st.sampled_from(["load", "the", "truck", "now"]), max_size=4).map(" ".join)
    segments = draw(st.lists(text, max_size=4))
    return Transcript("en", tuple(Segment(each) for each in segments))


def laid(one: Transcript, other: Transcript) -> list[Group]:
    return comparing.rows(one, other, compare(one, other))


def rows(one: Transcript, other: Transcript) -> list[Row]:
    return [row for group in laid(one, other) for row in group.rows]


@given(versions(), versions())
def test_every_word_of_both_versions_is_in_one_row_in_order(
    one: Transcript, other: Transcript
) -> None:
    found = rows(one, other)

    for side, version in (("one", one), ("other", other)):
        cells = [cell.text for row in found for cell in getattr(row, side).cells]
        assert cells == [word.text for word in version.words()]


@given(versions())
def test_a_version_beside_itself_has_a_row_for_each_segment_and_nothing_differs(
    one: Transcript,
) -> None:
    spoken = [segment for segment in one.segments if segment.text]

    assert len(rows(one, one)) == len(spoken)
    assert [group.differs for group in laid(one, one)] == ([False] if spoken else [])


def test_a_row_is_cued_to_when_it_is_spoken_and_says_whose_voice_and_which_warnings_differ() -> (
    None
):
    words = (Word("load", 1_000, 1_200), Word("it", 1_300, 1_400))
    one = Transcript("en", (Segment("load it", words=words, speaker="A"),))
    later = (Word("load", 1_000, 1_200), Word("it", 1_600, 1_700))
    other = Transcript(
        "en", (Segment("load it", words=later, speaker="A", flags=(Flag.CLIPPED,)),)
    )

    (row,) = rows(one, other)

    assert row.place is not None
    assert row.place.fragment() == "t=1,1.7"
    assert (row.voice_differs, row.differs) == (True, True)
    moved = row.one.cells[1]
    assert (moved.kind, [aspect.value for aspect in moved.aspects]) == (ChangeKind.SAME, ["moved"])
    assert moved.other == "1600–1700 ms"


def test_rows_that_differ_and_rows_that_do_not_are_grouped() -> None:
    one = Transcript("en", tuple(Segment(text) for text in ("one", "two", "three", "four")))
    other = Transcript("en", tuple(Segment(text) for text in ("one", "two", "tree", "four")))

    assert [(group.differs, len(group.rows)) for group in laid(one, other)] == [
        (False, 2),
        (True, 1),
        (False, 1),
    ]
    (first, *_) = rows(one, other)
    assert first.place is None, "without times there is nothing to cue"
