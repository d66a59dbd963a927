"""
A transcript as annotation tiers, for Praat and ELAN: the mirror of `tiers`.

Per speaker one tier of utterances and one of words. A tier holds no two labels at once and, in
Praat, none without length: what overlaps goes to a further tier (`words (2)`), what has no length to
one of points (`words, points`), and what was interpolated to one that says so
(`words, interpolated`). So every time is written as it is.
"""

from transcription.formats import cues, origin
from transcription.formats.tiers import INTERPOLATED, POINTS, Label, Role, Tier
from transcription.formats.wording import tidy
from transcription.transcript import Transcript

_Kind = tuple[str | None, Role, bool, bool]
"""Speaker, role, whether interpolated, whether without length."""


def tiers(transcript: Transcript, *, machine: str | None) -> list[Tier]:
    """The tiers of a transcript; `ValueError` for a segment without times."""
    lanes: dict[_Kind, list[list[Label]]] = {}
    last = 1
    for segment, start, end in cues.timed(transcript.segments):
        speaker = tidy(segment.speaker or "") or None
        last = max(last, end)
        _put(lanes, (speaker, Role.SEGMENTS, False, start == end), segment.text, start, end)
        for word in segment.words:
            if word.start_ms is None or word.end_ms is None:
                continue
            last = max(last, word.end_ms)
            kind = (speaker, Role.WORDS, word.interpolated, word.start_ms == word.end_ms)
            _put(lanes, kind, word.text, word.start_ms, word.end_ms)
    made = [
        Tier(_name(kind, number), 0, tuple(labels), kind[1], kind[0], kind[2])
        for kind, rows in sorted(lanes.items(), key=lambda item: _order(item[0]))
        for number, labels in enumerate(rows, start=1)
    ]
    if machine is not None:
        said = Label(origin.sentence(machine), 0, last, 0)
        made.insert(0, Tier(origin.TIER, 0, (said,), Role.OTHER))
    return made


def _put(
    lanes: dict[_Kind, list[list[Label]]], kind: _Kind, text: str, start: int, end: int
) -> None:
    """Add a label to the first row that is free at its time."""
    text = tidy(text)
    if not text:
        return
    label = Label(text, start, end, 0)
    rows = lanes.setdefault(kind, [])
    for row in rows:
        before = row[-1].end_ms
        if before is not None and (before < start or (before == start and start < end)):
            row.append(label)
            return
    rows.append([label])


def _order(kind: _Kind) -> tuple[str, bool, bool, bool]:
    speaker, role, interpolated, points = kind
    return speaker or "", role is Role.WORDS, interpolated, points


def _name(kind: _Kind, number: int) -> str:
    speaker, role, interpolated, points = kind
    what = f"{role}{INTERPOLATED if interpolated else ''}{POINTS if points else ''}"
    lane = f" ({number})" if number > 1 else ""
    return f"{speaker} - {what}{lane}" if speaker else f"{what}{lane}"
