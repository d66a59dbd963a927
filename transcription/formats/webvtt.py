"""
WebVTT, after the W3C recommendation: the caption format that browsers play.

Read: the header (`Language:` is understood), `NOTE`, `STYLE` and `REGION` blocks (skipped),
cue names and settings (skipped), voices (`<v Name>`, kept as the speaker), all other tags
(dropped) and character references. Written: one cue per segment, the speaker as a voice, and
for a machine-made transcript a NOTE that names the machine.
"""

import html
import re

from transcription.errors import Malformed
from transcription.formats import cues, timing
from transcription.transcript import Segment, Transcript

_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?\Z")
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z0-9-]{2,35})\s*\Z", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]+)>")
_TAG = re.compile(r"<[^<>]*>")
_SKIPPED = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")


def read(content: str, *, language: str | None) -> Transcript:
    """Read the cues in order; the language is the header's unless one is given."""
    if not _HEADER.match(content.split("\n", 1)[0]):
        raise Malformed("the file does not begin with WEBVTT", line=1)
    head, *bodies = cues.blocks(content)
    said = next((found[1] for line in head.lines[1:] if (found := _LANGUAGE.match(line))), None)
    if any(cues.ARROW in line for line in head.lines):
        raise Malformed("a blank line must follow the header", line=2)
    segments = [
        (_cue(block), block.line) for block in bodies if not _SKIPPED.match(block.lines[0])
    ]
    return cues.transcript(segments, language=language or said)


def write(transcript: Transcript, *, machine: str | None) -> str:
    """Write the cues; segments without text are left out."""
    parts = [f"WEBVTT\nLanguage: {transcript.language}\n"]
    if machine is not None:
        parts.append(
            "NOTE\nThis transcript was made by a machine and has not been checked by a person.\n"
            f"Machine: {cues.one_line(machine)}\n"
        )
    for segment, start, end in cues.timed(transcript.segments):
        text = html.escape(cues.one_line(segment.text), quote=False)
        if not text:
            continue
        if segment.speaker:
            name = re.sub(r"[<>&]", " ", cues.one_line(segment.speaker)).strip()
            text = f"<v {name}>{text}</v>" if name else text
        parts.append(f"{timing.clock(start)} {cues.ARROW} {timing.clock(end)}\n{text}\n")
    return "\n".join(parts)


def _cue(block: cues.Block) -> Segment:
    lines, line = block.lines, block.line
    if cues.ARROW not in lines[0] and len(lines) > 1:  # the cue has a name
        lines, line = lines[1:], line + 1
    start, arrow, end = lines[0].partition(cues.ARROW)
    if not arrow or not end.strip():
        raise Malformed("a cue has no times", line=line)
    body = " ".join(lines[1:])
    voices = {" ".join(html.unescape(name).split()) for name in _VOICE.findall(body)}
    return Segment(
        text=" ".join(html.unescape(_TAG.sub("", body)).split()),
        start_ms=timing.clock_ms(start.strip(), line=line),
        end_ms=timing.clock_ms(end.split()[0], line=line),
        # Two voices in one cue are not one speaker.
        speaker=voices.pop() if len(voices) == 1 else None,
    )
