"""The formats of transcript files, by the names that requests spell."""

from enum import StrEnum


class TranscriptFormat(StrEnum):
    """The formats that are read; all but `WHISPER` are written too."""

    NATIVE = "json"
    WHISPER = "whisper"
    WHISPERX = "whisperx"
    VTT = "vtt"
    SRT = "srt"
    TEXTGRID = "textgrid"
    EAF = "eaf"
    TEXT = "text"
