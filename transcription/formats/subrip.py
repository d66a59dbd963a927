"""
SubRip (.srt): numbered captions with commas in their clocks.

There is no standard; this follows what players agree on. The number is optional and ignored.
Formatting tags (`<i>`, `{...}`) are dropped. The format has no comments, so a machine-made
transcript cannot say so here: prefer WebVTT where that matters.
"""

import re

from transcription.errors import Malformed
from transcription.formats import cues, timing
from transcription.transcript import Segment, Transcript

_TAGS = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)


def read(content: str, *, language: str | None) -> Transcript:
    """Read numbered captions in order."""
    segments: list[tuple[Segment, int]] = []
    for block in cues.blocks(content):
        lines, line = block.lines, block.line
        if cues.ARROW not in lines[0]:
            if len(lines) == 1 or not lines[0].strip().isdigit():
                raise Malformed("neither a caption number nor a time", line=line)
            lines, line = lines[1:], line + 1
        start, arrow, end = lines[0].partition(cues.ARROW)
        if not arrow or not end.strip():
            raise Malformed("a caption has no times", line=line)
        text = _TAGS.sub("", " ".join(lines[1:]))
        segments.append(
            (
                Segment(
                    text=" ".join(text.split()),
                    start_ms=timing.clock_ms(start.strip(), line=line),
                    end_ms=timing.clock_ms(end.split()[0], line=line),
                ),
                line,
            )
        )
    return cues.transcript(segments, language=language)


def write(transcript: Transcript) -> str:
    """Write one caption per segment; segments without text are left out."""
    written = (
        f"{timing.clock(start, point=',')} {cues.ARROW} {timing.clock(end, point=',')}\n{text}\n"
        for segment, start, end in cues.timed(transcript.segments)
        if (text := _TAGS.sub("", cues.one_line(segment.text)))
    )
    return "\n".join(f"{number}\n{caption}" for number, caption in enumerate(written, start=1))
