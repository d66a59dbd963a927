"""
Our own JSON: a transcript exactly, and nothing else.

The file is `{"format": "earwitness-transcript", "version": 1, "machine": …, …}` around the
data of `Transcript.as_data`: integers, strings, booleans and null only, so that it may be
hashed in RFC 8785 form. `machine` names the engine that made it, or is null.
"""

import json
from typing import Any

from transcription.errors import Malformed
from transcription.formats import timing
from transcription.language import primary
from transcription.transcript import Transcript

NAME = "earwitness-transcript"
VERSION = 1


def read(content: str, *, language: str | None) -> Transcript:
    """Read what `write` writes; `Malformed` for anything else."""
    data = parsed(content)
    if not isinstance(data, dict) or data.get("format") != NAME:
        raise Malformed(f"not an {NAME} file", line=1)
    if data.get("version") != VERSION:
        raise Malformed("written by another version", line=1)
    transcript = Transcript.of_data(data.get("transcript"))
    timing.check(transcript.segments, lines=[0] * len(transcript.segments))
    if primary(transcript.language) != transcript.language:
        raise Malformed("the language is not spelled as a primary subtag", line=1)
    return Transcript(language or transcript.language, transcript.segments)


def write(transcript: Transcript, *, machine: str | None) -> str:
    """Write one indented document, keys in a fixed order."""
    document = {
        "format": NAME,
        "version": VERSION,
        "machine": machine,
        "transcript": transcript.as_data(),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def parsed(content: str) -> Any:
    """Parse JSON; syntax errors, and nesting too deep to be a transcript, become `Malformed`."""
    try:
        return json.loads(content)
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON: {error.msg}", line=error.lineno) from error
    except (RecursionError, ValueError) as error:  # nesting, or an integer of 5,000 digits
        raise Malformed("not JSON that a transcript would hold", line=1) from error
