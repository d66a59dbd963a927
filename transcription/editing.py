"""
A person's corrections, line by line, laid over the version they correct.

A line is a segment as it is typed: a voice and words. Words that were not touched keep
everything, also the engine's confidence in them. A word in another spelling (case, punctuation)
keeps its times. Words put in the place of equally many take the times of those, marked as
interpolated; every other new word has none. So no time is made up, and none is kept without
a word about it for a word that it was not measured for.

A line may be split by a line break, and is removed by emptying it. Parts of a split line
keep only the times that their words or the outer ends of the line give them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from transcription.difference import key, stretches
from transcription.transcript import Flag, Segment, Transcript, Word

_WORD = re.compile(r"(?:\[[^\[\]\n]*\]|\S)+")


@dataclass(frozen=True, slots=True)
class Line:
    """One segment as typed: words, the voice as labelled, the warnings left standing."""

    text: str
    speaker: str | None = None
    flags: tuple[Flag, ...] = ()


def lines(transcript: Transcript) -> tuple[Line, ...]:
    """A transcript as it is offered for correction."""
    return tuple(
        Line(shown(segment), segment.speaker, segment.flags) for segment in transcript.segments
    )


def shown(segment: Segment) -> str:
    """A segment's words on one line."""
    words = [word.text for word in segment.words] or [segment.text]
    return " ".join(" ".join(words).split())


def corrected(transcript: Transcript, typed: Mapping[int, Line]) -> Transcript:
    """
    The transcript with some of its segments (by number, from 0) as they were typed.

    Segments that are not named, or named as they are, stay exactly as they are. `ValueError`
    for a number that no segment has.
    """
    strange = [number for number in typed if not 0 <= number < len(transcript.segments)]
    if strange:
        raise ValueError(f"there is no line {strange[0] + 1}")
    made: list[Segment] = []
    for number, segment in enumerate(transcript.segments):
        line = typed.get(number)
        made.extend([segment] if line is None else _typed(segment, line))
    return replace(transcript, segments=tuple(made))


def relabelled(
    transcript: Transcript,
    *,
    old: str | None,
    new: str | None,
    start_ms: int | None = None,
    end_ms: int | None = None,
) -> Transcript:
    """
    Give a voice another label, over everything or in the segments that begin in `[start, end)`.

    `None` is a voice without a label. Nothing else is touched.
    """
    bounded = start_ms is not None or end_ms is not None

    def meant(segment: Segment) -> bool:
        if segment.speaker != old:
            return False
        if not bounded:
            return True
        begins = segment.start_ms
        return (
            begins is not None
            and (start_ms is None or start_ms <= begins)
            and (end_ms is None or begins < end_ms)
        )

    segments = (replace(s, speaker=new) if meant(s) else s for s in transcript.segments)
    return replace(transcript, segments=tuple(segments))


def _typed(segment: Segment, line: Line) -> list[Segment]:
    """What a line that was typed over a segment makes of it."""
    parts = [" ".join(part.split()) for part in line.text.splitlines()]
    parts = [part for part in parts if part]
    if parts == [shown(segment)] or (not parts and not shown(segment)):
        return [replace(segment, speaker=line.speaker, flags=line.flags)]
    texts = [_WORD.findall(part) for part in parts]
    new = iter(_words(segment.words, [text for part in texts for text in part]))
    made: list[Segment] = []
    for number, part in enumerate(parts):
        words = tuple(islice(new, len(texts[number])))
        last = number == len(parts) - 1
        start, end = _ends(segment, words, opens=number == 0, closes=last)
        kept = words if segment.words else ()  # captions carry no words of their own
        made.append(Segment(part, start, end, kept, line.speaker, line.flags))
    return made


def _words(old: tuple[Word, ...], typed: list[str]) -> tuple[Word, ...]:
    """The typed words, with what is still true of the words that they were typed over."""
    made: list[Word] = []
    for here, there in stretches([word.text for word in old], typed):
        if len(here) == len(there):
            made += [_put(old[at], typed[to]) for at, to in zip(here, there, strict=True)]
        else:
            made += [Word(typed[to]) for to in there]
    return tuple(made)


def _put(word: Word, text: str) -> Word:
    """A word typed in the place of another."""
    if text == word.text:
        return word
    if key(text) == key(word.text):
        return replace(word, text=text, permille=None)
    return Word(text, word.start_ms, word.end_ms, None, word.start_ms is not None)


def _ends(
    segment: Segment, words: tuple[Word, ...], *, opens: bool, closes: bool
) -> tuple[int | None, int | None]:
    """When a part of a split segment begins and ends; both are known, or neither is."""
    start = segment.start_ms if opens else words[0].start_ms
    end = segment.end_ms if closes else words[-1].end_ms
    return (start, end) if start is not None and end is not None else (None, None)
