"""What is written is read back, by us and by a reader that nobody here wrote."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from transcription import formats
from transcription.errors import Malformed, TextTooLong
from transcription.formats import Reading, TranscriptFormat
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


def without(
    transcript: Transcript, *, permille: bool = False, interpolated: bool = False
) -> Transcript:
    """What is left of a transcript in a format without a place for some of it."""
    return Transcript(
        transcript.language,
        tuple(
            replace(
                segment,
                flags=(),
                words=tuple(
                    replace(
                        word,
                        permille=word.permille if permille else None,
                        interpolated=word.interpolated and interpolated,
                    )
                    for word in segment.words
                ),
            )
            for segment in transcript.segments
        ),
    )


def ordered(transcript: Transcript) -> bool:
    """Whether no two things of no length share a moment: on tiers those have no order."""
    for things in (transcript.segments, list(transcript.words())):
        times = [(one.start_ms, one.end_ms) for one in things]
        if len(set(times)) < len(times):
            return False
    return True


@given(ANY, st.none() | st.just("whisper:small"))
def test_whisperx_keeps_everything(transcript: Transcript, machine: str | None) -> None:
    content = formats.write(transcript, format=TranscriptFormat.WHISPERX, machine=machine)
    assert formats.reading(content, format=TranscriptFormat.WHISPERX) == Reading(
        transcript, machine
    )
    assert formats.read(content, format=TranscriptFormat.WHISPER) == transcript


@pytest.mark.parametrize(
    "kind", [TranscriptFormat.VTT, TranscriptFormat.TEXTGRID, TranscriptFormat.EAF]
)
@given(transcript=ANY, machine=st.none() | st.just("whisper:small"))
def test_timed_formats_keep_text_speakers_and_every_time_of_every_word(
    kind: TranscriptFormat, transcript: Transcript, machine: str | None
) -> None:
    assume(kind is TranscriptFormat.VTT or ordered(transcript))
    content = formats.write(transcript, format=kind, machine=machine)
    again = formats.reading(content, format=kind, language=transcript.language)
    assert again == Reading(without(transcript, interpolated=True), machine)


@given(ANY, st.none() | st.just("whisper:small"))
def test_subrip_keeps_times_speakers_and_text(transcript: Transcript, machine: str | None) -> None:
    content = formats.write(transcript, format=TranscriptFormat.SRT, machine=machine)
    again = formats.reading(content, format=TranscriptFormat.SRT)
    assert again.machine == machine
    assert [(s.start_ms, s.end_ms, s.text) for s in again.transcript.segments] == [
        (s.start_ms, s.end_ms, s.text.replace("-->", "->")) for s in transcript.segments
    ]
    for ours, theirs in zip(transcript.segments, again.transcript.segments, strict=True):
        if ours.speaker is None or not re.search(r"[\[\]]", ours.speaker):
            assert theirs.speaker == ours.speaker


@given(ANY)
def test_plain_text_keeps_the_lines_and_invents_no_times(transcript: Transcript) -> None:
    content = formats.write(transcript, format=TranscriptFormat.TEXT, machine="whisper:small")
    again = formats.read(content, format=TranscriptFormat.TEXT)
    assert texts(again) == texts(transcript)
    assert all(s.start_ms is None and not s.words for s in again.segments)


MACHINE = "whisper:small. Exercise model. Not for casework."


@pytest.mark.parametrize("kind", sorted(set(TranscriptFormat) - {TranscriptFormat.WHISPER}))
def test_a_machine_made_file_says_so_in_itself_and_it_is_not_read_as_spoken(
    kind: TranscriptFormat,
) -> None:
    transcript = Transcript("en", (Segment("go", 0, 500),))
    content = formats.write(transcript, format=kind, machine=MACHINE)
    assert MACHINE in content.decode()
    again = formats.reading(content, format=kind, language="en")
    assert again.machine == MACHINE
    assert again.transcript.text == "go"
    corrected = formats.write(transcript, format=kind, machine=MACHINE + formats.CORRECTED)
    assert b"corrected by a person" in corrected
    assert b"not checked" not in corrected
    assert formats.reading(corrected, format=kind).machine == MACHINE + formats.CORRECTED
    silent = formats.write(transcript, format=kind)
    assert formats.reading(silent, format=kind).machine is None
    hostile = formats.write(transcript, format=kind, machine='x"\n\n00:01 --> 00:02\n<a>]]>')
    assert formats.read(hostile, format=kind).text == "go"


def test_a_caption_that_looks_like_a_time_stays_text() -> None:
    text = "say 00:00:01.000 --> 00:00:02.000 NOTE"
    for kind, read in (
        (TranscriptFormat.VTT, text),
        (TranscriptFormat.SRT, text.replace("-->", "->")),
    ):
        content = formats.write(Transcript("en", (Segment(text, 0, 500),)), format=kind)
        (segment,) = formats.read(content, format=kind).segments
        assert segment.text == read


@pytest.mark.parametrize("kind", sorted(set(TranscriptFormat) - {TranscriptFormat.WHISPER}))
def test_every_format_is_recognised(kind: TranscriptFormat) -> None:
    content = formats.write(Transcript("en", (Segment("go", 0, 500),)), format=kind)
    assert formats.detect(content) is kind


@pytest.mark.parametrize(
    "kind",
    [
        TranscriptFormat.VTT,
        TranscriptFormat.SRT,
        TranscriptFormat.WHISPERX,
        TranscriptFormat.TEXTGRID,
        TranscriptFormat.EAF,
    ],
)
def test_captions_are_not_written_without_times(kind: TranscriptFormat) -> None:
    with pytest.raises(ValueError, match="segment 1 has no times"):
        formats.write(Transcript("en", (Segment("go"),)), format=kind)


def test_whispers_format_is_left_to_whisper() -> None:
    with pytest.raises(ValueError, match="never written"):
        formats.write(Transcript("en", ()), format=TranscriptFormat.WHISPER)


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


@pytest.mark.parametrize(
    "kind", [TranscriptFormat.VTT, TranscriptFormat.TEXTGRID, TranscriptFormat.EAF]
)
@given(first=ANY, second=ANY)
def test_two_voices_that_speak_at_once_stay_apart(
    kind: TranscriptFormat, first: Transcript, second: Transcript
) -> None:
    segments = [replace(segment, speaker="Ann") for segment in first.segments]
    segments += [replace(segment, speaker="Ben") for segment in second.segments]
    both = Transcript("en", tuple(sorted(segments, key=lambda one: one.start_ms or 0)))
    assume(ordered(replace(first, language="en")) and ordered(second))
    again = formats.read(formats.write(both, format=kind), format=kind, language="en")
    for speaker in ("Ann", "Ben"):
        mine, theirs = (
            [segment for segment in one.segments if segment.speaker == speaker]
            for one in (without(both, interpolated=True), again)
        )
        assert mine == theirs


MARKED = Transcript(
    "ru",
    (
        Segment(
            "[нрзб] мешки [обрыв связи] [двадцать?]",
            0,
            4_000,
            (
                Word("[нрзб]", 0, 900),
                Word("мешки", 900, 1_500),
                Word("[обрыв связи]", 1_500, 3_000),
                Word("[двадцать?]", 3_000, 4_000),
            ),
        ),
        Segment("[expletive]: [inaudible]", 4_500, 5_000),
    ),
)


@pytest.mark.parametrize("kind", sorted(set(TranscriptFormat) - {TranscriptFormat.WHISPER}))
def test_marks_are_carried_as_they_are_written(kind: TranscriptFormat) -> None:
    again = formats.read(formats.write(MARKED, format=kind), format=kind, language="ru")
    assert texts(again) == texts(MARKED)
    assert all(segment.speaker is None for segment in again.segments), "a mark is no speaker"
    if kind not in {TranscriptFormat.SRT, TranscriptFormat.TEXT}:
        assert again.segments[0].words == MARKED.segments[0].words


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (TranscriptFormat.VTT, "WEBVTT\n\n00:00.000 --> 00:01.000\n<noise> go {laughter}\n"),
        (TranscriptFormat.SRT, "1\n00:00:00,000 --> 00:00:01,000\n<noise> go {laughter}\n"),
        (TranscriptFormat.TEXT, "<noise> go {laughter}\n"),
    ],
)
def test_marks_in_the_brackets_of_others_are_read_as_marks(
    kind: TranscriptFormat, content: str
) -> None:
    assert texts(formats.read(content.encode(), format=kind)) == ["[noise] go [laughter]"]
