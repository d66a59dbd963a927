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

from transcription.activity.islands import STANDS_OUT_DB
from transcription.activity.levels import FRAME_MS, levels
from transcription.activity.sound import SAMPLE_RATE_HZ, Samples, cut
from transcription.engines.window import Window
from transcription.span import Span
from transcription.transcript import Word

_FRAME = SAMPLE_RATE_HZ * FRAME_MS // 1000
_QUIETER = 10**2.5  # 25 dB
_FAR_BELOW_DB = 35
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


def pauses(sound: Samples) -> tuple[Span, ...]:
    """Where for 100 ms and more nothing stands out, on the clock of `sound` (a window's)."""
    found = levels(sound)
    if not len(found.whole):
        return ()
    quiet = (found.bands - found.floor()).max(axis=1) < STANDS_OUT_DB
    quiet |= found.whole < np.percentile(found.whole, 95) - _FAR_BELOW_DB
    edges = np.flatnonzero(np.diff(np.concatenate(([False], quiet, [False])).astype(np.int8)))
    spans = []
    for first, last in edges.reshape(-1, 2):
        begins = 0 if first == 0 else int(first) - _SMEARED_FRAMES
        ends = min(int(last) + _SMEARED_FRAMES, len(quiet))
        if ends - begins >= _PAUSE_FRAMES:
            spans.append(Span(max(0, begins) * FRAME_MS, ends * FRAME_MS))
    return tuple(spans)


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


def trimmed(samples: Samples, span: Span) -> Span:
    """
    The part of `span` from its first loud frame to its last: within 25 dB of its loudest 20 ms.

    For engines whose segments begin with the window rather than with the voice. Where noise is
    nearer to the voice than that, nothing is trimmed.
    """
    heard = cut(samples, span)
    whole = len(heard) // _FRAME
    if not whole:
        return span
    power = np.square(heard[: whole * _FRAME].reshape(whole, _FRAME), dtype=np.float64).mean(
        axis=1
    )
    loud = np.flatnonzero(power * _QUIETER >= power.max())
    start = span.start_ms + int(loud[0]) * FRAME_MS
    return Span(start, span.start_ms + (int(loud[-1]) + 1) * FRAME_MS)
