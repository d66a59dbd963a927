"""
Transcripts as files: one reader and one writer per format, and one door to them.

Readers accept what engines and people really produce and refuse, with a line number, what
contradicts itself. Two liberties are taken, both the same in every format: a byte-order mark
and any line ending are accepted, and a segment may begin up to `timing.SLACK_MS` before the
one in front of it ends, because engines round the two ends apart. Times are never moved.

Machine-made transcripts say so in the file itself, where the format has a place for it.
"""

from enum import StrEnum

from transcription.errors import Malformed, TextTooLong, UnsupportedLanguage
from transcription.formats import native, plain, subrip, webvtt, whisper
from transcription.language import primary
from transcription.transcript import Transcript

MAX_BYTES = 64 * 1024 * 1024
"""No transcript file larger than this is read; a ten-hour one with word times is about 12 MB."""


class TranscriptFormat(StrEnum):
    """The formats that are read; all but `WHISPER` are written too."""

    NATIVE = "json"
    WHISPER = "whisper"
    VTT = "vtt"
    SRT = "srt"
    TEXT = "text"


def read(content: bytes, *, format: TranscriptFormat, language: str | None = None) -> Transcript:  # noqa: A002
    """
    Read a transcript file.

    `language` (BCP 47, only its primary subtag is kept) overrules what the file says; when
    neither says anything the transcript is in `und`. `Malformed` names the line at fault,
    `TextTooLong` a file past `MAX_BYTES`, `UnsupportedLanguage` what is no language tag.
    """
    if len(content) > MAX_BYTES:
        raise TextTooLong("transcript", unit="bytes", allowed=MAX_BYTES)
    text = _decoded(content)
    given = None if language is None else primary(language)
    try:
        return _read(text, format, given)
    except UnsupportedLanguage as error:
        raise Malformed(f"names a language that is none: {error.language!r}", line=1) from error


def _read(text: str, kind: TranscriptFormat, language: str | None) -> Transcript:
    match kind:
        case TranscriptFormat.NATIVE:
            return native.read(text, language=language)
        case TranscriptFormat.WHISPER:
            return whisper.read(text, language=language)
        case TranscriptFormat.VTT:
            return webvtt.read(text, language=language)
        case TranscriptFormat.SRT:
            return subrip.read(text, language=language)
        case TranscriptFormat.TEXT:
            return plain.read(text, language=language)


def write(
    transcript: Transcript,
    *,
    format: TranscriptFormat,  # noqa: A002
    machine: str | None = None,
) -> bytes:
    """
    Write a transcript file in UTF-8.

    `machine` names the engine that made the text; it is written into the file wherever the
    format can carry it (SubRip and plain text cannot). `ValueError` for a transcript without
    times in a format made of times, and for `WHISPER`, which only Whisper should write.
    """
    match format:
        case TranscriptFormat.NATIVE:
            text = native.write(transcript, machine=machine)
        case TranscriptFormat.VTT:
            text = webvtt.write(transcript, machine=machine)
        case TranscriptFormat.SRT:
            text = subrip.write(transcript)
        case TranscriptFormat.TEXT:
            text = plain.write(transcript)
        case TranscriptFormat.WHISPER:
            raise ValueError("Whisper's own JSON is read, never written")
    return text.encode("utf-8")


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Malformed("not UTF-8", line=line) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
