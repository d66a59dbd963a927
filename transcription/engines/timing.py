"""
Times of words: pauses kept out of them, and computed ones marked.

Attention knows the order of words and about where each is; it does not know pauses, and gives them to
the word before or after. `placed` takes them out again. Words that were given no time of their
own share that of the next with one, by their letters, and are marked `interpolated`; as are all words of
engines that time none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from transcription.activity import SAMPLE_RATE_HZ, Samples, cut, levels, runs, voiced
from transcription.activity.levels import FRAME_MS
from transcription.engines.window import Window
from transcription.span import Span
from transcription.transcript import Word

_FAR_BELOW_DB = 35
_CONTEXT_MS = 5000
_PAUSE_FRAMES = 5
_SMEARED_FRAMES = 2  # levels are smoothed over five frames
_WITHIN_A_WORD_MS = 200


@dataclass(frozen=True, slots=True)
class Rough:
    """A word with times on the clock of what was heard, as attention gave them."""

    text: str
    start_ms: int
    end_ms: int
    permille: int


def placed(words: Sequence[Rough], pauses: Sequence[Span], window: Window) -> tuple[Word, ...]:
    """
    The words on the recording's clock, without the pauses that they had swallowed.

    `pauses` are those of what was heard in `window`, on its clock.
    """
    return tuple(word for group in _sharing(words) for word in _timed(group, pauses, window))


def _sharing(words: Sequence[Rough]) -> list[list[Rough]]:
    """Words without length, each with the next that has one; the last with those before them."""
    groups: list[list[Rough]] = [[]]
    for word in words:
        groups[-1].append(word)
        if word.end_ms > word.start_ms:
            groups.append([])
    rest = groups.pop()
    if rest and groups:
        groups[-1] += rest
    elif rest:
        groups.append(rest)
    return groups


def _timed(group: list[Rough], pauses: Sequence[Span], window: Window) -> list[Word]:
    start = min(word.start_ms for word in group)
    end = max(word.end_ms for word in group)
    span = window.within_one(*_without(pauses, start, end))
    if len(group) == 1:
        return [Word(group[0].text, span.start_ms, span.end_ms, group[0].permille)]
    spread = interpolated(" ".join(word.text for word in group), span)
    return [
        Word(at.text, at.start_ms, at.end_ms, word.permille, interpolated=True)
        for word, at in zip(group, spread, strict=True)
    ]


def _without(pauses: Sequence[Span], start_ms: int, end_ms: int) -> tuple[int, int]:
    """The longest part between pauses; a short pause may be part of a word, and all-pause is left."""
    parts: list[tuple[int, int]] = []
    at = start_ms
    for pause in pauses:
        if pause.end_ms <= at or pause.start_ms >= end_ms:
            continue
        touches_edge = pause.start_ms <= start_ms or pause.end_ms >= end_ms
        if not touches_edge and pause.duration_ms < _WITHIN_A_WORD_MS:
            continue
        if pause.start_ms > at:
            parts.append((at, pause.start_ms))
        at = max(at, pause.end_ms)
    if at < end_ms:
        parts.append((at, end_ms))
    return max(parts, key=lambda part: part[1] - part[0], default=(start_ms, end_ms))


def pauses(samples: Samples, window: Window) -> tuple[Span, ...]:
    """
    Where for 100 ms and more nobody can be speaking, on the clock of what is heard in `window`.

    Judged twice: by what is heard alone, and by each island with some seconds of the recording before
    and after, since a tone or noise that ends where somebody begins to speak is told from speech only
    by what it was before.
    """
    length_ms = len(samples) * 1000 // SAMPLE_RATE_HZ
    parts = []
    for island in window.islands:
        start, end = island.start_ms - _CONTEXT_MS, island.end_ms + _CONTEXT_MS
        around = Span(max(0, start), min(length_ms, end))
        first = (island.start_ms - around.start_ms) // FRAME_MS
        parts.append(_quiet(cut(samples, around))[first : first + island.duration_ms // FRAME_MS])
    by_context = np.concatenate(parts)
    quiet = _quiet(window.heard(samples))
    count = min(len(quiet), len(by_context))
    return tuple(
        Span(start * FRAME_MS, end * FRAME_MS)
        for start, end in _long_enough(quiet[:count] | by_context[:count])
    )


def _quiet(sound: Samples) -> NDArray[np.bool_]:
    measured = levels(sound)
    speaking = np.zeros(len(measured.whole), np.bool_)
    for first, last in voiced(measured):
        speaking[first:last] = True
    if not speaking.any():
        return ~speaking
    loud = np.percentile(measured.whole[speaking], 95)
    return ~speaking | (measured.whole < loud - _FAR_BELOW_DB)


def _long_enough(quiet: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of quiet frames, given back what smoothing took from them where they border on sound."""
    whole = [
        (max(0, first - _SMEARED_FRAMES) if first else 0, min(last + _SMEARED_FRAMES, len(quiet)))
        for first, last in runs(quiet)
    ]
    return [(first, last) for first, last in whole if last - first >= _PAUSE_FRAMES]


def inner(pauses: Sequence[Span], start_ms: int, end_ms: int) -> tuple[int, int]:
    """The part from the end of a pause that it begins with to the beginning of one that it ends with."""
    start, end = start_ms, end_ms
    for pause in pauses:
        if pause.start_ms <= start < pause.end_ms:
            start = pause.end_ms
        if pause.start_ms < end <= pause.end_ms:
            end = pause.start_ms
    return (start, end) if start < end else (start_ms, end_ms)


def around(words: Sequence[Word]) -> Span:
    """From the beginning of the first timed word to the end of the last."""
    return Span(
        min(word.start_ms for word in words if word.start_ms is not None),
        max(word.end_ms for word in words if word.end_ms is not None),
    )


def interpolated(text: str, span: Span) -> tuple[Word, ...]:
    """Spread the words of a segment over its span in proportion to their letters."""
    words = text.split()
    total = sum(len(word) + 1 for word in words)
    ends, passed = [span.start_ms], 0
    for word in words:
        passed += len(word) + 1
        ends.append(span.start_ms + span.duration_ms * passed // total)
    return tuple(
        Word(word, start, end, interpolated=True)
        for word, (start, end) in zip(words, pairwise(ends), strict=True)
    )
