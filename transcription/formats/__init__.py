"""
Transcripts as files: one reader and one writer per format, and one door to them.

Readers accept what engines and people really produce and refuse, with a line number, what
contradicts itself; which times are believed is the same for every format (`settling`), and so is
what may be repaired when that is asked for. A byte-order mark, UTF-16 with one, and any line ending
are accepted. Times are never moved but by a repair, and every repair is listed.

Machine-made transcripts say so in the file itself (`origin`), and the sentence that says so is never
read as something spoken. What each format holds of a transcript:

| | words' times | interpolated | speakers | per mille, flags |
|---|---|---|---|---|
| json, whisperx | yes | yes | yes | yes |
| vtt, textgrid, eaf | yes | yes | yes | no |
| srt | no | no | yes | no |
| text | no times at all | no | yes | no |
"""

import codecs
from typing import Protocol

from transcription.errors import Malformed, TextTooLong, UnsupportedLanguage
from transcription.formats import (
    eaf,
    native,
    plain,
    subrip,
    textgrid,
    webvtt,
    whisper,
)
from transcription.formats.detection import detected
from transcription.formats.draft import Draft, Reading, Repair
from transcription.formats.kinds import TranscriptFormat
from transcription.formats.origin import CORRECTED
from transcription.formats.settling import settled
from transcription.language import primary
from transcription.transcript import Transcript

__all__ = [
    "CORRECTED",
    "MAX_BYTES",
    "Reading",
    "Repair",
    "TranscriptFormat",
    "detect",
    "read",
    "reading",
    "write",
]

MAX_BYTES = 64 * 1024 * 1024
"""No transcript file larger than this is read; a ten-hour one with word times is about 12 MB."""


class _Reader(Protocol):
    def __call__(self, content: str, *, language: str | None) -> Draft: ...


_READERS: dict[TranscriptFormat, _Reader] = {
    TranscriptFormat.NATIVE: native.read,
    TranscriptFormat.WHISPER: whisper.read,
    TranscriptFormat.WHISPERX: whisper.read,
    TranscriptFormat.VTT: webvtt.read,
    TranscriptFormat.SRT: subrip.read,
    TranscriptFormat.TEXTGRID: textgrid.read,
    TranscriptFormat.EAF: eaf.read,
    TranscriptFormat.TEXT: plain.read,
}


def read(content: bytes, *, format: TranscriptFormat, language: str | None = None) -> Transcript:  # noqa: A002
    """Read a transcript file as `reading` does, and keep the transcript alone."""
    return reading(content, format=format, language=language).transcript


def reading(
    content: bytes,
    *,
    format: TranscriptFormat,  # noqa: A002
    language: str | None = None,
    duration_ms: int | None = None,
    repair: bool = False,
) -> Reading:
    """
    Read a transcript file.

    `language` (BCP 47, only its primary subtag is kept) overrules what the file says; when
    neither says anything the transcript is in `und`. `duration_ms` is how long the recording is,
    if that is known. `Malformed` names the line at fault, unless it is about times and `repair`
    is asked for; `TextTooLong` a file past `MAX_BYTES`, `UnsupportedLanguage` what is no language.
    """
    if len(content) > MAX_BYTES:
        raise TextTooLong("transcript", unit="bytes", allowed=MAX_BYTES)
    text = _decoded(content)
    given = None if language is None else primary(language)
    try:
        draft = _READERS[format](text, language=given)
    except UnsupportedLanguage as error:
        raise Malformed(f"names a language that is none: {error.language!r}", line=1) from error
    return settled(draft, duration_ms=duration_ms, repair=repair)


def detect(content: bytes) -> TranscriptFormat:
    """The format a file announces; `Malformed` for what is no text at all."""
    return detected(_decoded(content[:MAX_BYTES]))


def write(
    transcript: Transcript,
    *,
    format: TranscriptFormat,  # noqa: A002
    machine: str | None = None,
) -> bytes:
    """
    Write a transcript file in UTF-8.

    `machine` names the engine that made the text, and ends with `CORRECTED` where a person went over
    it; the file says so. `ValueError` for a
    transcript without times in a format made of times, and for `WHISPER`, which only Whisper
    should write (`whisper` says why).
    """
    match format:
        case TranscriptFormat.NATIVE:
            text = native.write(transcript, machine=machine)
        case TranscriptFormat.WHISPERX:
            text = whisper.write(transcript, machine=machine)
        case TranscriptFormat.VTT:
            text = webvtt.write(transcript, machine=machine)
        case TranscriptFormat.SRT:
            text = subrip.write(transcript, machine=machine)
        case TranscriptFormat.TEXTGRID:
            text = textgrid.write(transcript, machine=machine)
        case TranscriptFormat.EAF:
            text = eaf.write(transcript, machine=machine)
        case TranscriptFormat.TEXT:
            text = plain.write(transcript, machine=machine)
        case TranscriptFormat.WHISPER:
            raise ValueError("Whisper's own JSON is read, never written")
    return text.encode("utf-8")


def _decoded(content: bytes) -> str:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start].decode(encoding, "ignore")
        raise Malformed(
            "not UTF-8, nor UTF-16 with its mark", line=before.count("\n") + 1
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
