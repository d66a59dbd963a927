"""Times that contradict themselves: refused at their line, or repaired and listed when asked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcription import formats
from transcription.errors import Malformed
from transcription.formats import Repair, TranscriptFormat
from transcription.formats.settling import MAX_REPAIRS
from transcription.transcript import Segment, Transcript, Word


def vtt(*cues: str) -> bytes:
    return "\n\n".join(["WEBVTT", *cues]).encode()


def whisperx(*segments: object) -> bytes:
    return json.dumps({"segments": segments}, indent=1).encode()


def repaired(
    content: bytes, kind: TranscriptFormat = TranscriptFormat.VTT, duration_ms: int | None = None
) -> tuple[tuple[Segment, ...], tuple[Repair, ...]]:
    with pytest.raises(Malformed) as refusal:
        formats.reading(content, format=kind, duration_ms=duration_ms)
    found = formats.reading(content, format=kind, duration_ms=duration_ms, repair=True)
    assert refusal.value.line > 0
    return found.transcript.segments, found.repairs


def test_reversed_times_are_exchanged() -> None:
    segments, repairs = repaired(vtt("00:03.000 --> 00:01.000\ngo"))
    assert segments == (Segment("go", 1_000, 3_000),)
    assert repairs == (
        Repair(
            3,
            "segment at 00:00:03.000 to 00:00:01.000",
            "00:00:01.000 to 00:00:03.000, the two exchanged",
        ),
    )


def test_a_time_past_the_end_of_the_recording_is_cut_to_it() -> None:
    content = vtt("00:01.000 --> 00:09.000\ngo", "00:10.000 --> 00:11.000\nwait")
    segments, repairs = repaired(content, duration_ms=5_000)
    assert segments == (Segment("go", 1_000, 5_000), Segment("wait"))
    assert [(one.line, one.made) for one in repairs] == [
        (3, "00:00:01.000 to 00:00:05.000"),
        (6, "times unknown"),
    ]
    with pytest.raises(Malformed, match=r"line 3: .* the recording ends at 00:00:05\.000"):
        formats.reading(content, format=TranscriptFormat.VTT, duration_ms=5_000)


def test_decoders_may_differ_about_the_end_of_a_recording() -> None:
    content = vtt("00:01.000 --> 00:05.250\ngo")
    reading = formats.reading(content, format=TranscriptFormat.VTT, duration_ms=5_000)
    assert reading.transcript.segments == (Segment("go", 1_000, 5_250),)
    with pytest.raises(Malformed, match="out of range"):
        formats.reading(content, format=TranscriptFormat.VTT, duration_ms=4_999)


def test_of_two_that_overlap_the_earlier_ends_where_the_later_starts() -> None:
    segments, repairs = repaired(vtt("00:01.000 --> 00:04.000\na", "00:03.000 --> 00:05.000\nb"))
    assert segments == (Segment("a", 1_000, 3_000), Segment("b", 3_000, 5_000))
    (repair,) = repairs
    assert repair.line == 3, "where the one stands that was changed"
    assert "00:00:01.000 to 00:00:04.000" in repair.found
    assert repair.made == "00:00:01.000 to 00:00:03.000"


def test_what_is_out_of_order_moves_to_its_place_in_time() -> None:
    segments, repairs = repaired(
        vtt(
            "00:04.000 --> 00:05.000\nb",
            "00:01.000 --> 00:02.000\na",
            "00:06.000 --> 00:07.000\nc",
        )
    )
    assert [segment.text for segment in segments] == ["a", "b", "c"]
    assert [(one.line, one.made) for one in repairs] == [(6, "moved to its place in time")]


def test_two_voices_that_are_named_may_overlap_and_one_may_not() -> None:
    cues = ["00:01.000 --> 00:04.000\n<v Ann>a", "00:02.000 --> 00:03.000\n<v Ben>b"]
    reading = formats.reading(vtt(*cues), format=TranscriptFormat.VTT)
    assert [s.speaker for s in reading.transcript.segments] == ["Ann", "Ben"]
    for third in ("<v Ann>c", "c"):
        with pytest.raises(Malformed, match="overlaps") as refusal:
            formats.reading(
                vtt(*cues, f"00:03.500 --> 00:05.000\n{third}"), format=TranscriptFormat.VTT
            )
        assert refusal.value.line == 9


def test_words_are_repaired_and_marked() -> None:
    words = [
        {"word": "half", "start": 1.0},
        {"word": "turned", "start": 1.4, "end": 1.2},
        {"word": "long", "start": 1.5, "end": 1.9},
        {"word": "late", "start": 1.7, "end": 2.0},
        {"word": "early", "start": 1.1, "end": 1.15},
        {"word": "fine", "start": 2.5, "end": 2.9},
    ]
    content = whisperx({"start": 1.0, "end": 3.0, "text": "x", "words": words})
    (segment,), repairs = repaired(content, TranscriptFormat.WHISPERX)
    assert segment.words == (
        Word("half"),
        Word("turned", 1_200, 1_400, interpolated=True),
        Word("long", 1_500, 1_700, interpolated=True),
        Word("late", 1_700, 2_000),
        Word("early"),
        Word("fine", 2_500, 2_900),
    )
    lines = content.decode().split("\n")
    named = ['"half"', '"turned"', '"long"', '"early"']
    assert len(repairs) == len(named)
    for repair, word in zip(repairs, named, strict=True):
        assert word in lines[repair.line], "the line of the word's object"


def test_a_word_outside_its_cue_is_cut_to_it_or_loses_its_times() -> None:
    body = "<00:00.500>go <00:02.000>on <00:09.000>home"
    segments, repairs = repaired(vtt(f"00:01.000 --> 00:03.000\n{body}"))
    assert segments[0].words == (
        Word("go", 1_000, 2_000, interpolated=True),
        Word("on", 2_000, 3_000, interpolated=True),
        Word("home"),
    )
    assert {repair.line for repair in repairs} == {4}


def test_more_repairs_than_a_transcript_could_need_are_refused() -> None:
    cues = [
        f"00:{n // 60:02d}:{n % 60:02d}.900 --> 00:{n // 60:02d}:{n % 60:02d}.100\nx"
        for n in range(MAX_REPAIRS + 1)
    ]
    with pytest.raises(Malformed, match="more than 500 times"):
        formats.reading(vtt(*cues), format=TranscriptFormat.VTT, repair=True)


def test_repairing_does_not_help_what_is_no_time_at_all() -> None:
    with pytest.raises(Malformed, match="line 3: not a time"):
        formats.reading(
            vtt("00:61.000 --> 01:03.000\nx"), format=TranscriptFormat.VTT, repair=True
        )


TIMES = st.tuples(st.integers(-500, 4_000), st.integers(-500, 4_000))


@given(
    st.lists(
        st.tuples(TIMES, st.lists(TIMES, max_size=4), st.sampled_from([None, "A", "B"])),
        max_size=6,
    )
)
def test_whatever_is_repaired_makes_sense_keeps_every_word_and_moves_nothing_unlisted(
    stated: list[tuple[tuple[int, int], list[tuple[int, int]], str | None]],
) -> None:
    segments = tuple(
        Segment(
            f"s{at}",
            *times,
            tuple(Word(f"s{at}w{n}", *word) for n, word in enumerate(words)),
            speaker,
        )
        for at, (times, words, speaker) in enumerate(stated)
    )
    content = formats.write(Transcript("en", segments), format=TranscriptFormat.NATIVE)
    reading = formats.reading(
        content, format=TranscriptFormat.NATIVE, duration_ms=3_000, repair=True
    )
    made = reading.transcript
    again = formats.write(made, format=TranscriptFormat.NATIVE)
    assert (
        formats.reading(again, format=TranscriptFormat.NATIVE, duration_ms=3_000).transcript
        == made
    )
    before = {word.text: word for segment in segments for word in segment.words}
    after = {word.text: word for word in made.words() if word.text in before}
    assert before.keys() == after.keys()
    for text, word in after.items():
        moved = (word.start_ms, word.end_ms) != (before[text].start_ms, before[text].end_ms)
        assert moved == (word != before[text])
        assert not moved or word.start_ms is None or word.interpolated
        assert not moved or reading.repairs
    if not reading.repairs:
        assert made.segments == segments
