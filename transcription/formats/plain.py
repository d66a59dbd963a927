"""
Plain text: one segment per line that is not blank, without times.

A transcript typed by a person starts like this; its words have no times until they are
placed on the audio, and none are invented here.
"""

from transcription.language import primary
from transcription.transcript import Segment, Transcript


def read(content: str, *, language: str | None) -> Transcript:
    """Read lines as untimed segments; an empty file is an empty transcript."""
    lines = (" ".join(line.split()) for line in content.replace("\x00", " ").split("\n"))
    return Transcript(primary(language), tuple(Segment(line) for line in lines if line))


def write(transcript: Transcript) -> str:
    """Write one line per segment."""
    return "".join(" ".join(segment.text.split()) + "\n" for segment in transcript.segments)
