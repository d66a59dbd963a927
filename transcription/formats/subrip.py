"""
SubRip (.srt): numbered captions with commas in their clocks.

There is no standard; this follows what players agree on. The number is optional and ignored.
Formatting tags (`<i>`, `{...}`) are dropped; a speaker is written in brackets in front of the
text, as WhisperX does. The format has no comments, so a machine-made transcript begins with a
caption of one millisecond that says so (`origin`), which is read back as that.
"""

import re

from transcription.errors import Malformed
from transcription.formats import cues, origin, timing
from transcription.formats.draft import Draft, Found, drafted
from transcription.formats.plain import voiced, with_voice
from transcription.formats.wording import ARROW, bracketed, one_line, tidy
from transcription.language import primary
from transcription.transcript import Segment, Transcript

_TAGS = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>]*)?>|\{\\[^{}]*\}", re.IGNORECASE)


def read(content: str, *, language: str | None) -> Draft:
    """Read numbered captions in order."""
    found: list[Found] = []
    machine: str | None = None
    for block in cues.blocks(content):
        lines, line = block.lines, block.line
        if ARROW not in lines[0]:
            if len(lines) == 1 or not lines[0].strip().isdigit():
                raise Malformed("neither a caption number nor a time", line=line)
            lines, line = lines[1:], line + 1
        start, arrow, end = lines[0].partition(ARROW)
        if not arrow or not end.strip():
            raise Malformed("a caption has no times", line=line)
        times = (
            timing.clock_ms(start.strip(), line=line),
            timing.clock_ms(end.split()[0], line=line),
        )
        text = " ".join(_TAGS.sub("", " ".join(lines[1:])).split())
        if not found and machine is None and (machine := origin.machine(text)):
            continue
        speaker, text = voiced(bracketed(text))
        found.append(Found(Segment(text, *times, speaker=speaker), line))
    return drafted(found, primary(language), machine=machine)


def write(transcript: Transcript, *, machine: str | None) -> str:
    """Write one caption per segment; segments without text are left out."""
    said = [(0, 1, origin.bracketed(machine))] if machine is not None else []
    for segment, start, end in cues.timed(transcript.segments):
        text = _TAGS.sub("", tidy(segment.text)).strip()
        said.append((start, end, one_line(with_voice(text, segment.speaker))))
    captions = (
        f"{timing.clock(start, point=',')} {ARROW} {timing.clock(end, point=',')}\n{text}\n"
        for start, end, text in said
        if text
    )
    return "\n".join(f"{number}\n{caption}" for number, caption in enumerate(captions, start=1))
