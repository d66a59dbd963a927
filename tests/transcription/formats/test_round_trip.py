"""What is written is read back, by us and by a reader that nobody here wrote."""

import io
import json
import re

import pytest
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from transcription import formats
from transcription.errors import Malformed, TextTooLong
from transcription.formats import TranscriptFormat
from transcription.transcript import Segment, Transcript, Word

ANY = st.from_type(Transcript)


def texts(transcript: Transcript) -> list[str]:
    return [segment.text for segment in transcript.segments]


@given(ANY, st.none() | st.just("whisper:small"))
def test_our_own_format_keeps_everything(transcript: Transcript, machine: str | None) -> None:
    content = formats.write(transcript, format=TranscriptFormat.NATIVE, machine=machine)
    assert formats.read(content, format=TranscriptFormat.NATIVE) == transcript
    assert json.loads(content)["machine"] == machine


@given(ANY)
def test_the_canonical_value_is_read_back_and_holds_no_float(transcript: Transcript) -> None:
    data = transcript.as_data()
    assert Transcript.of_data(data) == transcript
    assert json.loads(json.dumps(data), parse_float=pytest.fail) == data


@given(ANY)
def test_webvtt_keeps_times_speakers_text_and_language(transcript: Transcript) -> None:
    content = formats.write(transcript, format=TranscriptFormat.VTT)
    again = formats.read(content, format=TranscriptFormat.VTT)
    kept = [s for s in transcript.segments if s.text.replace("-->", "->")]
    assert again.language == transcript.language
    assert [(s.start_ms, s.end_ms) for s in again.segments] == [
        (s.start_ms, s.end_ms) for s in kept
    ]
    assert texts(again) == [s.text.replace("-->", "->") for s in kept]
    for ours, theirs in zip(kept, again.segments, strict=True):
        if ours.speaker is None or not re.search(r"[<>&]", ours.speaker):
            assert theirs.speaker == ours.speaker


@given(ANY)
def test_another_reader_finds_the_same_cues_in_our_webvtt(transcript: Transcript) -> None:
    content = formats.write(transcript, format=TranscriptFormat.VTT, machine="whisper:small")
    captions = webvtt.from_buffer(io.StringIO(content.decode())).captions
    starts = [formats.timing.clock_ms(c.start, line=0) for c in captions]
    ends = [formats.timing.clock_ms(c.end, line=0) for c in captions]
    assert starts == [s.start_ms for s in transcript.segments]
    assert ends == [s.end_ms for s in transcript.segments]


def test_another_reader_reads_the_words_of_our_webvtt() -> None:
    segments = (Segment("Bring the boxes & go.", 0, 1_500, speaker="Marta"),)
    content = formats.write(Transcript("en", segments), format=TranscriptFormat.VTT)
    (caption,) = webvtt.from_buffer(io.StringIO(content.decode())).captions
    assert caption.voice == "Marta"
    assert caption.text == "Bring the boxes &amp; go."


@given(ANY)
def test_subrip_keeps_times_and_text(transcript: Transcript) -> None:
    content = formats.write(transcript, format=TranscriptFormat.SRT)
    again = formats.read(content, format=TranscriptFormat.SRT, language=transcript.language)
    assert [(s.start_ms, s.end_ms) for s in again.segments] == [
        (s.start_ms, s.end_ms) for s in transcript.segments
    ]


@given(ANY)
def test_plain_text_keeps_the_lines_and_invents_no_times(transcript: Transcript) -> None:
    content = formats.write(transcript, format=TranscriptFormat.TEXT)
    again = formats.read(content, format=TranscriptFormat.TEXT)
    assert texts(again) == texts(transcript)
    assert all(s.start_ms is None and not s.words for s in again.segments)


def test_a_machine_made_file_says_so_in_itself() -> None:
    transcript = Transcript("en", (Segment("go", 0, 500),))
    content = formats.write(
        transcript, format=TranscriptFormat.VTT, machine="whisper:small\n\n00:01 --> 00:02"
    )
    assert b"made by a machine" in content
    assert b"whisper:small" in content
    assert formats.read(content, format=TranscriptFormat.VTT) == transcript


def test_a_caption_that_looks_like_a_time_stays_text() -> None:
    text = "say 00:00:01.000 --> 00:00:02.000 NOTE"
    for kind in (TranscriptFormat.VTT, TranscriptFormat.SRT):
        content = formats.write(Transcript("en", (Segment(text, 0, 500),)), format=kind)
        (segment,) = formats.read(content, format=kind).segments
        assert segment.text == text.replace("-->", "->")


@pytest.mark.parametrize("kind", [TranscriptFormat.VTT, TranscriptFormat.SRT])
def test_captions_are_not_written_without_times(kind: TranscriptFormat) -> None:
    with pytest.raises(ValueError, match="segment 1 has no times"):
        formats.write(Transcript("en", (Segment("go"),)), format=kind)


def test_whispers_format_is_left_to_whisper() -> None:
    with pytest.raises(ValueError, match="never written"):
        formats.write(Transcript("en", ()), format=TranscriptFormat.WHISPER)


@given(st.binary(max_size=300), st.sampled_from(TranscriptFormat))
def test_any_bytes_are_read_or_refused_by_name(content: bytes, kind: TranscriptFormat) -> None:
    try:
        transcript = formats.read(content, format=kind)
    except Malformed:
        return
    assert isinstance(transcript, Transcript)


@given(st.text(alphabet="WEBVT\n1203:.,-> x{}[]\"'segmnt", max_size=200))
def test_nearly_right_files_are_read_or_refused_by_name(body: str) -> None:
    heads = {TranscriptFormat.VTT: "WEBVTT\n\n", TranscriptFormat.SRT: "1\n"}
    for kind in TranscriptFormat:
        try:
            formats.read((heads.get(kind, "") + body).encode(), format=kind)
        except Malformed:
            continue


def test_a_mark_and_any_line_ending_are_accepted() -> None:
    for ending in ("\n", "\r\n", "\r"):
        content = ending.join(["WEBVTT", "", "00:00.000 --> 00:01.000", "go", ""])
        transcript = formats.read(b"\xef\xbb\xbf" + content.encode(), format=TranscriptFormat.VTT)
        assert texts(transcript) == ["go"]


def test_bytes_that_are_not_utf8_are_refused_with_their_line() -> None:
    with pytest.raises(Malformed, match="line 2: not UTF-8"):
        formats.read(b"one\ntwo \xff\n", format=TranscriptFormat.TEXT)


def test_a_file_past_the_limit_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 3)
    with pytest.raises(TextTooLong, match="3 bytes"):
        formats.read(b"four", format=TranscriptFormat.TEXT)


def test_a_language_given_overrules_the_files() -> None:
    content = formats.write(Transcript("en", ()), format=TranscriptFormat.NATIVE)
    assert formats.read(content, format=TranscriptFormat.NATIVE, language="ru-RU").language == "ru"


@pytest.mark.parametrize(
    "damage",
    [
        {"language": 1},
        {"segments": None},
        {"extra": True},
        {"segments": [{}]},
        {"segments": [3]},
    ],
)
def test_a_canonical_value_with_another_shape_is_refused(damage: dict[str, object]) -> None:
    data = Transcript("en", (Segment("go", 0, 5, (Word("go", 0, 5),)),)).as_data()
    with pytest.raises(Malformed):
        Transcript.of_data({**data, **damage})
    with pytest.raises(Malformed):
        Transcript.of_data([data])


def test_a_boolean_is_no_time_and_a_flag_must_be_known() -> None:
    data = Transcript("en", (Segment("go", 0, 5),)).as_data()
    data["segments"][0]["start_ms"] = False
    with pytest.raises(Malformed, match="segment 1: start_ms has the wrong type"):
        Transcript.of_data(data)
    data["segments"][0] |= {"start_ms": 0, "flags": ["loud"]}
    with pytest.raises(Malformed, match="flag"):
        Transcript.of_data(data)
