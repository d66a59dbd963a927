"""
What format a transcript file is in, by its first characters.

Formats announce themselves; what announces nothing is plain text. Only the beginning is looked
at, so a broken file is refused by the reader of the format it claims, with the line at fault.
"""

import re

from transcription.formats.kinds import TranscriptFormat
from transcription.formats.native import NAME

_SUBRIP = re.compile(r"\s*(?:\d+[ \t]*\n)?\d{1,4}:\d\d:\d\d[.,]\d{3}[ \t]*-->")
_GRID = re.compile(r'\s*(?:File type = )?"ooTextFile')
_BEGINNING = 4096


def detected(content: str) -> TranscriptFormat:
    """The format of a file whose characters are decoded."""
    start = content[:_BEGINNING].lstrip()
    if start.startswith("WEBVTT"):
        return TranscriptFormat.VTT
    if _GRID.match(start):
        return TranscriptFormat.TEXTGRID
    if start.startswith("<") and ("<?xml" in start or "<ANNOTATION_DOCUMENT" in start):
        return TranscriptFormat.EAF
    if start.startswith("{"):
        if f'"{NAME}"' in start:
            return TranscriptFormat.NATIVE
        wide = '"word_segments"' in content or '"score"' in content
        return TranscriptFormat.WHISPERX if wide else TranscriptFormat.WHISPER
    return TranscriptFormat.SRT if _SUBRIP.match(start) else TranscriptFormat.TEXT
