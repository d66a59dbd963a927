"""
Plain text: one segment per line that is not blank, without times.

A transcript typed by a person starts like this; its words have no times until they are
placed on the audio, and none are invented here. A line may name who speaks: `[Anna]: go`. A
machine-made text begins with a line in brackets that says so (`origin`), read back as that.
"""

import re

from transcription.formats import origin
from transcription.formats.draft import Draft, Found, drafted
from transcription.formats.wording import bracketed, tidy
from transcription.language import primary
from transcription.marks import MarkKind, kind_of
from transcription.transcript import Segment, Transcript

_VOICE = re.compile(r"\[([^\[\]]{1,200})\]: (?=\S)")


def read(content: str, *, language: str | None) -> Draft:
    """Read lines as untimed segments; an empty file is an empty transcript."""
    found: list[Found] = []
    machine: str | None = None
    for number, line in enumerate(content.split("\n"), start=1):
        text = tidy(line)
        if text and not found and machine is None and (machine := origin.machine(text)):
            continue
        if text:
            speaker, text = voiced(bracketed(text))
            found.append(Found(Segment(text, speaker=speaker), number))
    return drafted(found, primary(language), machine=machine)


def write(transcript: Transcript, *, machine: str | None) -> str:
    """Write one line per segment."""
    said = [origin.bracketed(machine)] if machine is not None else []
    said += [with_voice(tidy(segment.text), segment.speaker) for segment in transcript.segments]
    return "".join(f"{line}\n" for line in said)


def voiced(text: str) -> tuple[str | None, str]:
    """Take the speaker off the front of a text, if one is named there and it is no mark."""
    found = _VOICE.match(text)
    if not found or kind_of(f"[{found[1]}]") not in {None, MarkKind.UNCERTAIN}:
        return None, text
    return found[1].strip() or None, text[found.end() :]


def with_voice(text: str, speaker: str | None) -> str:
    """Put the speaker in front of a text; square brackets in a name become round ones."""
    name = tidy((speaker or "").translate(str.maketrans("[]", "()")))
    return f"[{name}]: {text}" if name and text else text
