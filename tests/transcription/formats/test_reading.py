"""Files as others write them: what is understood, and what is refused at which line."""

import json
from pathlib import Path

import pytest

from transcription import formats
from transcription.errors import Malformed
from transcription.formats import TranscriptFormat
from transcription.transcript import Segment, Transcript, Word


def vtt(*cues: str, head: str = "WEBVTT") -> bytes:
    return "\n\n".join([head, *cues]).encode()


def whisper(*segments: object, **fields: object) -> bytes:
    return json.dumps({"text": "", "segments": segments, **fields}, indent=1).encode()


def read_vtt(content: bytes) -> Transcript:
    return formats.read(content, format=TranscriptFormat.VTT)


def read_whisper(content: bytes) -> Transcript:
    return formats.read(content, format=TranscriptFormat.WHISPER)


def test_webvtt_notes_styles_names_settings_voices_and_tags_are_understood() -> None:
    transcript = read_vtt(
        vtt(
            "STYLE\n::cue { color: red }",
            "NOTE made elsewhere",
            "first\n00:01.000 --> 00:02.500 align:start line:0\n<v.loud Marta><b>Go</b> &amp; wait",
            "01:00:03.000 --> 01:00:04.000\ntwo\nlines",
            "01:00:05.000 --> 01:00:06.000\n<v Ann>a</v> <v Ben>b</v>",
            head="WEBVTT - title\nKind: captions\nLanguage: uk-UA",
        )
    )
    assert transcript == Transcript(
        "uk",
        (
            Segment("Go & wait", 1_000, 2_500, speaker="Marta"),
            Segment("two lines", 3_603_000, 3_604_000),
            Segment("a b", 3_605_000, 3_606_000),
        ),
    )


def test_subrip_numbers_are_optional_and_tags_are_dropped() -> None:
    content = (
        b"7\n00:00:01,000 --> 00:00:02,000\n<i>Go</i> {\\an8}now\n\n"
        b"00:00:02,500 --> 00:00:03,000\nwait\n"
    )
    transcript = formats.read(content, format=TranscriptFormat.SRT, language="en")
    assert transcript == Transcript(
        "en", (Segment("Go now", 1_000, 2_000), Segment("wait", 2_500, 3_000))
    )


@pytest.mark.parametrize(
    ("second", "line", "message"),
    [
        ("00:00.500 --> 00:03.000\nx", 6, "starts before"),
        ("00:01.900 --> 00:03.000\nx", 6, "overlaps"),
        ("00:04.000 --> 00:03.000\nx", 6, "ends before it starts"),
        ("00:61.000 --> 01:03.000\nx", 6, "not a time"),
        ("name\n00:04.000 -->\nx", 7, "no times"),
        ("only text", 6, "no times"),
    ],
)
def test_contradictory_times_are_refused_with_their_line(
    second: str, line: int, message: str
) -> None:
    with pytest.raises(Malformed, match=message) as refusal:
        read_vtt(vtt("00:01.000 --> 00:02.000\ngo", second))
    assert refusal.value.line == line


def test_segments_may_overlap_as_far_as_engines_round_them() -> None:
    transcript = read_vtt(vtt("00:01.000 --> 00:02.000\na", "00:01.980 --> 00:03.000\nb"))
    assert [s.start_ms for s in transcript.segments] == [1_000, 1_980]
    with pytest.raises(Malformed, match="overlaps"):
        read_vtt(vtt("00:01.000 --> 00:02.000\na", "00:01.979 --> 00:03.000\nb"))


@pytest.mark.parametrize(
    ("content", "kind", "line"),
    [
        (b"", TranscriptFormat.VTT, 1),
        (b"WEBVTTX\n", TranscriptFormat.VTT, 1),
        (b"WEBVTT\n00:01.000 --> 00:02.000\nx\n", TranscriptFormat.VTT, 2),
        (b"1\n00:00:01,000 -> 00:00:02,000\nx\n", TranscriptFormat.SRT, 2),
        (b"hello\nworld\n", TranscriptFormat.SRT, 1),
        (b'{"segments": [\n1,\n}', TranscriptFormat.WHISPER, 3),
        (b"[1]", TranscriptFormat.WHISPER, 1),
        (b'{"format": "other"}', TranscriptFormat.NATIVE, 1),
        (b"[" * 100_000, TranscriptFormat.NATIVE, 1),
        (b'{"segments": [{"text": "a", "start": 1' + b"0" * 5000 + b"}]}", "whisper", 1),
    ],
)
def test_what_is_not_the_format_is_refused_with_a_line(
    content: bytes, kind: TranscriptFormat, line: int
) -> None:
    with pytest.raises(Malformed) as refusal:
        formats.read(content, format=TranscriptFormat(kind))
    assert refusal.value.line == line


def test_three_dialects_of_whisper_are_one_transcript() -> None:
    openai = {"word": " go", "start": 0.5, "end": 0.9, "probability": 0.8764}
    stamped = {"text": "go", "start": 0.5, "end": 0.9, "confidence": 0.8764}
    whisperx = {"word": "go", "start": 0.5, "end": 0.9, "score": 0.8764}
    read = [
        read_whisper(
            whisper({"start": 0.5, "end": 0.9, "text": " go", "words": [word]}, language="en")
        )
        for word in (openai, stamped, whisperx)
    ]
    assert read[0] == read[1] == read[2]
    assert read[0] == Transcript("en", (Segment("go", 500, 900, (Word("go", 500, 900, 876),)),))


def test_a_word_that_could_not_be_placed_stays_untimed() -> None:
    segment = {"start": 0, "end": 1, "text": "go 12", "words": [{"word": "12"}]}
    (read,) = read_whisper(whisper(segment)).segments
    assert read.words == (Word("12"),)


def test_words_that_reach_past_their_segment_carry_it_along() -> None:
    words = [{"word": "go", "start": 0.1, "end": 1.4}]
    (read,) = read_whisper(
        whisper({"start": 0.5, "end": 1.0, "text": "go", "words": words})
    ).segments
    assert (read.start_ms, read.end_ms) == (100, 1_400)


def test_a_language_by_its_name_is_understood() -> None:
    assert read_whisper(whisper(language="Ukrainian")).language == "uk"
    assert read_whisper(whisper()).language == "und"
    with pytest.raises(Malformed, match="language"):
        read_whisper(whisper(language="!!"))


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ({"word": "a", "start": 0.5}, "only one of its two times"),
        ({"word": "a", "start": 0.9, "end": 0.1}, "ends before"),
        ({"word": "a", "start": -1, "end": 0.1}, "out of range"),
        ({"word": "a", "start": "0", "end": 1}, "not a number"),
        ({"word": "a", "start": True, "end": 1}, "not a number"),
        ({"word": "a", "probability": 1.5}, "between 0 and 1"),
        ({"word": "a", "probability": "high"}, "not a number"),
        ({"start": 0}, "no text"),
        ("a", "not an object"),
    ],
)
def test_a_word_that_makes_no_sense_is_refused(word: object, message: str) -> None:
    segment = {"start": 0, "end": 1, "text": "a", "words": [word]}
    with pytest.raises(Malformed, match=message):
        read_whisper(whisper(segment))


def test_the_line_of_a_segment_at_fault_is_named() -> None:
    good = {"id": 0, "start": 0, "end": 1, "text": "a"}
    content = whisper(good, {**good, "id": 1, "end": -1})
    with pytest.raises(Malformed) as refusal:
        read_whisper(content)
    lines = content.decode().split("\n")
    assert '"id": 1' in "".join(lines[refusal.value.line - 1 :][:2])


def test_real_outputs_are_read_whole(shared: Path) -> None:
    for path in sorted((shared / "audio/whisper_outputs").glob("*.json")):
        content = path.read_bytes()
        data = json.loads(content)
        transcript = read_whisper(content)
        assert transcript.language == data["language"]
        assert len(transcript.segments) == len(data["segments"])
        words = [word for segment in data["segments"] for word in segment.get("words", ())]
        assert [w.text for w in transcript.words()] == [w["text"].strip() for w in words]
        assert all(w.permille is not None and w.start_ms is not None for w in transcript.words())
