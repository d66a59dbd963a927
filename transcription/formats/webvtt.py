"""
WebVTT, after the W3C recommendation: the caption format that browsers play.

Read: the header (`Language:` is understood), `NOTE`, `STYLE` and `REGION` blocks (skipped, but
for a note that names the machine), cue names and settings (skipped), voices (`<v Name>`, kept as
the speaker), stamps inside a cue (`stamps`), all other tags (dropped) and character references.
Written: one cue per segment, the speaker as a voice, words stamped, and for a machine-made
transcript a NOTE that says so.
"""

import html
import re

from transcription.errors import Malformed
from transcription.formats import cues, origin, stamps, timing
from transcription.formats.draft import Draft, Found, drafted
from transcription.formats.wording import ARROW, bracketed, tidy
from transcription.language import primary
from transcription.transcript import Segment, Transcript

_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?\Z")
_LANGUAGE = re.compile(r"Language:\s*([A-Za-z0-9-]{2,35})\s*\Z", re.IGNORECASE)
_ENDS_KNOWN = "Words: timed"
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>]+)>")
_TAG = re.compile(r"<[^<>]*>")
_SKIPPED = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")


def read(content: str, *, language: str | None) -> Draft:
    """Read the cues in order; the language is the header's unless one is given."""
    if not _HEADER.match(content.split("\n", 1)[0]):
        raise Malformed("the file does not begin with WEBVTT", line=1)
    head, *bodies = cues.blocks(content)
    said = next((name[1] for line in head.lines[1:] if (name := _LANGUAGE.match(line))), None)
    if any(ARROW in line for line in head.lines):
        raise Malformed("a blank line must follow the header", line=2)
    ends_known = _ENDS_KNOWN in head.lines
    found: list[Found] = []
    machine: str | None = None
    for block in bodies:
        if not _SKIPPED.match(block.lines[0]):
            found.append(_cue(block, ends_known=ends_known))
        elif block.lines[0].startswith("NOTE") and machine is None:
            note = [block.lines[0].removeprefix("NOTE"), *block.lines[1:]]
            machine = next((by for line in note if (by := origin.machine(line))), None)
    return drafted(found, primary(language or said), machine=machine)


def write(transcript: Transcript, *, machine: str | None) -> str:
    """Write the cues; segments without text are left out."""
    parts = [f"WEBVTT\nLanguage: {transcript.language}\n{_ENDS_KNOWN}\n"]
    if machine is not None:
        parts.append(f"NOTE\n{origin.sentence(machine)}\n")
    for segment, start, end in cues.timed(transcript.segments):
        text = stamps.spelled(segment, start, end)
        if not text:
            continue
        name = html.escape(tidy(segment.speaker or ""), quote=False)
        if name:
            text = f"<v {name}>{text}</v>"
        parts.append(f"{timing.clock(start)} {ARROW} {timing.clock(end)}\n{text}\n")
    return "\n".join(parts)


def _cue(block: cues.Block, *, ends_known: bool) -> Found:
    lines, line = block.lines, block.line
    if ARROW not in lines[0] and len(lines) > 1:  # the cue has a name
        lines, line = lines[1:], line + 1
    start, arrow, end = lines[0].partition(ARROW)
    if not arrow or not end.strip():
        raise Malformed("a cue has no times", line=line)
    start_ms = timing.clock_ms(start.strip(), line=line)
    end_ms = timing.clock_ms(end.split()[0], line=line)
    body = bracketed(" ".join(lines[1:]))
    voices = {" ".join(html.unescape(name).split()) for name in _VOICE.findall(body)}
    words = stamps.words(body, start_ms, end_ms, ends_known=ends_known, line=line)
    segment = Segment(
        text=" ".join(html.unescape(_TAG.sub("", body)).split()),
        start_ms=start_ms,
        end_ms=end_ms,
        words=tuple(words),
        # Two voices in one cue are not one speaker.
        speaker=voices.pop() if len(voices) == 1 else None,
    )
    return Found(segment, line, (line + 1,) * len(words))
