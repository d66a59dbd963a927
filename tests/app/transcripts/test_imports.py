"""Transcript files as they come: what is wrong is named by field and line."""

import json

import pytest

from app.core.errors import Invalid, TooLarge
from app.transcripts import imports
from app.transcripts.imports import TranscriptFile
from app.transcripts.models import TranscriptKind
from transcription import formats
from transcription.formats import TranscriptFormat


def of_text(text: str) -> bytes:
    """A file in our own format with one segment."""
    segment = {
        "text": text,
        "start_ms": 0,
        "end_ms": 5,
        "words": [],
        "speaker": None,
        "flags": [],
    }
    transcript = {"language": "en", "segments": [segment]}
    return json.dumps(
        {"format": "earwitness-transcript", "version": 1, "transcript": transcript}
    ).encode()


@pytest.mark.parametrize(
    ("content", "format_", "language", "field"),
    [
        (b"words", TranscriptFormat.TEXT, "xx", "language"),
        (b"words", TranscriptFormat.TEXT, "", "language"),
        (b"WEBVTT\nLanguage: qqq\n\n00:00.000 --> 00:01.000\na\n", "vtt", None, "language"),
        (b"", TranscriptFormat.TEXT, "en", "content"),
        (b"half \xff", TranscriptFormat.TEXT, "en", "content"),
        (of_text("nul \x00"), TranscriptFormat.NATIVE, None, "content"),
        (of_text("half \ud800"), TranscriptFormat.NATIVE, None, "content"),
        (of_text("  "), TranscriptFormat.NATIVE, None, "content"),
        (b"{}", TranscriptFormat.WHISPER, None, "content"),
    ],
)
def test_a_bad_file_names_the_field_at_fault(
    content: bytes, format_: str, language: str | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        imports.read(TranscriptFile(content, TranscriptFormat(format_), language))

    assert refused.value.field == field


def test_our_own_format_is_read() -> None:
    found = imports.read(TranscriptFile(of_text("three trucks"), TranscriptFormat.NATIVE))

    assert found.content.text == "three trucks"
    assert (found.machine, found.liberties) == (None, {})


def test_a_format_that_is_not_named_is_recognised() -> None:
    assert imports.read(TranscriptFile(of_text("go"))).format is TranscriptFormat.NATIVE
    assert imports.read(TranscriptFile(b"go", language="en")).format is TranscriptFormat.TEXT
    with pytest.raises(Invalid) as refused:
        imports.read(TranscriptFile(b"go \xff"))
    assert refused.value.field == "content"


def test_times_past_the_end_of_the_recording_are_refused_or_repaired_and_listed() -> None:
    content = b"WEBVTT\n\n00:01.000 --> 00:09.000\ngo\n"
    with pytest.raises(Invalid, match=r"the recording ends at 00:00:05\.000") as refused:
        imports.read(TranscriptFile(content, language="en"), duration_ms=5_000)
    assert refused.value.facts["line"] == 3

    found = imports.read(TranscriptFile(content, language="en", repair=True), duration_ms=5_000)

    assert found.content.segments[0].end_ms == 5_000
    assert found.liberties == {
        "repairs": [
            {
                "line": 3,
                "found": "segment at 00:00:01.000 to 00:00:09.000",
                "made": "00:00:01.000 to 00:00:05.000",
            }
        ]
    }


def test_a_malformed_file_is_refused_at_its_line() -> None:
    broken = b"WEBVTT\n\n00:00:01.000 --> 00:00:03.500\nfine\n\n00:00:09.000 --> 00:00:01\nno\n"
    with pytest.raises(Invalid) as refused:
        imports.read(TranscriptFile(broken, TranscriptFormat.VTT, "en"))

    assert refused.value.field == "content"
    assert refused.value.facts["line"] == 6


def test_a_file_past_the_limit_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "MAX_BYTES", 10)
    with pytest.raises(TooLarge) as refused:
        imports.read(TranscriptFile(b"more than ten", TranscriptFormat.TEXT, "en"))

    assert refused.value.facts["allowed"] == 10


@pytest.mark.parametrize(
    ("kind", "model", "field"),
    [
        (TranscriptKind.ASR, None, "model"),
        (TranscriptKind.ASR, " ", "model"),
        (TranscriptKind.ASR, "a\x00b", "model"),
        (TranscriptKind.ASR, "two\nlines", "model"),
        (TranscriptKind.HUMAN, "whisper", "model"),
        (TranscriptKind.PUBLISHED, "whisper", "model"),
        (TranscriptKind.CORRECTION, None, "kind"),
    ],
)
def test_machine_output_names_its_machine_and_nothing_else_does(
    kind: TranscriptKind, model: str | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        imports.model_of(kind, model)

    assert refused.value.field == field


def test_a_translation_may_be_a_machines_or_a_persons() -> None:
    assert imports.model_of(TranscriptKind.TRANSLATION, None) is None
    assert imports.model_of(TranscriptKind.TRANSLATION, " NLLB 3 ") == "NLLB 3"


@pytest.mark.parametrize("kind", [TranscriptKind.HUMAN, TranscriptKind.PUBLISHED])
def test_what_says_that_a_machine_made_it_is_no_persons_work(kind: TranscriptKind) -> None:
    with pytest.raises(Invalid, match="says that a machine made it") as refused:
        imports.model_of(kind, None, said="whisper:small")

    assert refused.value.field == "content"


def test_the_machine_that_a_file_names_counts_where_none_is_stated() -> None:
    assert imports.model_of(TranscriptKind.ASR, None, said="whisper:small") == "whisper:small"
    assert imports.model_of(TranscriptKind.ASR, "other 2", said="whisper:small") == "other 2"
    assert imports.model_of(TranscriptKind.TRANSLATION, None, said="nllb") == "nllb"
