"""
A transcript and its translation cut into stretches that say the same: by time, else by line.

A translation has the times of its segments and seldom of its words, and its segments do not
begin where those of the transcript do. What overlaps in time belongs together; where nothing
does, there is a cut. Without times the lines must correspond one to one, or be few enough to
be one stretch; anything else would be a guess (`Unlinkable`).
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcription.alignment.speech import Speech
from transcription.errors import Unlinkable
from transcription.transcript import Segment

MAX_TOKENS = 250
"""The longest stretch, on either side: more than a minute of speech."""
_TOUCHING_MS = 300
"""An overlap no longer than this is two segments that merely touch."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens of a transcript and the tokens of its translation for the same time."""

    source: range
    translation: range


def stretches(source: Speech, translation: Speech) -> tuple[Stretch, ...]:
    """Cut both sides; every token of both is in exactly one stretch, in order."""
    ours, theirs = _segments(source), _segments(translation)
    if not ours or not theirs:
        found = [Stretch(range(len(source.tokens)), range(len(translation.tokens)))]
    elif all(_timed(segment) for segment, _ in (*ours, *theirs)):
        found = list(_by_time(ours, theirs))
    elif len(ours) == len(theirs):
        pairs = zip(ours, theirs, strict=True)
        found = [Stretch(one, other) for (_, one), (_, other) in pairs]
    else:
        found = [Stretch(range(len(source.tokens)), range(len(translation.tokens)))]
    if any(max(len(one.source), len(one.translation)) > MAX_TOKENS for one in found):
        raise Unlinkable(
            "the transcript and its translation have neither times nor lines that correspond"
            f" in stretches of at most {MAX_TOKENS} words"
        )
    return tuple(found)


_Piece = tuple[Segment, range]


def _segments(speech: Speech) -> list[_Piece]:
    """Each segment that has tokens, with their range."""
    found: list[_Piece] = []
    for at, first in enumerate(speech.first):
        segment = speech.segments[first]
        if found and found[-1][0] is segment:
            found[-1] = (segment, range(found[-1][1].start, at + 1))
        else:
            found.append((segment, range(at, at + 1)))
    return found


def _timed(segment: Segment) -> bool:
    return segment.start_ms is not None and segment.end_ms is not None


def _by_time(ours: Sequence[_Piece], theirs: Sequence[_Piece]) -> Iterator[Stretch]:
    """Runs of segments that overlap, a run that grew too long cut where the translation is."""
    cuts = _cuts([segment for segment, _ in (*ours, *theirs)])
    mine, yours = _at_cuts(ours, cuts), _at_cuts(theirs, cuts)
    for one, other in zip(mine, yours, strict=True):
        run = Stretch(_tokens(one), _tokens(other))
        if max(len(run.source), len(run.translation)) <= MAX_TOKENS:
            yield run
        else:
            yield from _divided(one, other)


def _cuts(segments: Sequence[Segment]) -> list[int]:
    """The moments that no segment reaches across."""
    cuts: list[int] = []
    reached = 0
    for segment in sorted(segments, key=_start):
        if cuts and _start(segment) >= reached - _TOUCHING_MS:
            cuts.append(_start(segment))
        elif not cuts:
            cuts.append(0)
        reached = max(reached, _end(segment))
    return cuts


def _at_cuts(pieces: Sequence[_Piece], cuts: Sequence[int]) -> list[list[_Piece]]:
    """The pieces between cuts; one that starts out of order stays with those before it."""
    found: list[list[_Piece]] = [[] for _ in cuts]
    last = 0
    for segment, tokens in pieces:
        at = bisect_left(cuts, _start(segment) + 1) - 1
        last = max(last, at)
        found[last].append((segment, tokens))
    position = 0
    for group in found:
        if group:
            position = group[-1][1].stop
        else:
            group.append((Segment(""), range(position, position)))
    return found


def _divided(ours: Sequence[_Piece], theirs: Sequence[_Piece]) -> Iterator[Stretch]:
    """Each translated segment with the segments of the transcript whose middle lies before its end."""
    taken = ours[0][1].start
    for number, (segment, tokens) in enumerate(theirs):
        ends = [
            piece.stop
            for own, piece in ours
            if number == len(theirs) - 1 or (_start(own) + _end(own)) // 2 < _end(segment)
        ]
        stop = max([taken, *ends])
        yield Stretch(range(taken, stop), tokens)
        taken = stop


def _tokens(pieces: Sequence[_Piece]) -> range:
    return range(pieces[0][1].start, pieces[-1][1].stop)


def _start(segment: Segment) -> int:
    return segment.start_ms or 0


def _end(segment: Segment) -> int:
    return segment.end_ms or 0
