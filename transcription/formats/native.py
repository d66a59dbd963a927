"""
Our own JSON: a transcript exactly, and nothing else.

The file is `{"format": "earwitness-transcript", "version": 1, "machine": …, …}` around the
data of `Transcript.as_data`: integers, strings, booleans and null only, so that it may be
hashed in RFC 8785 form. `machine` names the engine that made it, or is null.
"""

import json
from typing import Any

from transcription.errors import Malformed
from transcription.formats.draft import Draft
from transcription.formats.positions import Positions, parsed
from transcription.language import primary
from transcription.transcript import Transcript

NAME = "earwitness-transcript"
VERSION = 1


def read(content: str, *, language: str | None) -> Draft:
    """Read what `write` writes; `Malformed` for anything else."""
    data = parsed(content)
    positions = Positions(content)
    if not isinstance(data, dict) or data.get("format") != NAME:
        raise Malformed(f"not an {NAME} file", line=1)
    if data.get("version") != VERSION:
        raise Malformed("written by another version", line=positions.line("version"))
    machine = data.get("machine")
    if not isinstance(machine, str | None):
        raise Malformed("machine is neither text nor null", line=positions.line("machine"))
    transcript = _transcript(data.get("transcript"), positions)
    with positions.naming("transcript", "language"):
        if primary(transcript.language) != transcript.language:
            raise Malformed("the language is not spelled as a primary subtag")

    def line(segment: int, word: int | None = None) -> int:
        inside = () if word is None else ("words", word)
        return positions.line("transcript", "segments", segment, *inside)

    return Draft(language or transcript.language, transcript.segments, line, machine)


def write(transcript: Transcript, *, machine: str | None) -> str:
    """Write one indented document, keys in a fixed order."""
    document = {
        "format": NAME,
        "version": VERSION,
        "machine": machine,
        "transcript": transcript.as_data(),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _transcript(data: Any, positions: Positions) -> Transcript:  # whatever the file holds
    try:
        return Transcript.of_data(data)
    except Malformed as error:
        at = _first_bad(data)
        path = ("transcript",) if at is None else ("transcript", "segments", at)
        raise Malformed(str(error), line=positions.line(*path)) from error


def _first_bad(data: Any) -> int | None:
    """The number of the first segment that alone is refused, if it is a segment's fault."""
    segments = data.get("segments") if isinstance(data, dict) else None
    for at, segment in enumerate(segments if isinstance(segments, list) else ()):
        try:
            Transcript.of_data({"language": "und", "segments": [segment]})
        except Malformed:
            return at
    return None
