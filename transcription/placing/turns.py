"""
Turns of a written text laid on the transmissions of a recording, by how long each takes.

Who writes down radio begins a line where another voice begins, and on the radio something is switched there: a pause.
Between two moments that are known, lines follow each other as transmissions do. One line is a transmission
or several, or several lines are one; the cheapest way through both is taken (dynamic time warping, as Gale
and Church, 1993, align sentences by their lengths). It costs when a line is longer or shorter than its letters
let expect, when a line ends where hardly anybody pauses, and when lines share a transmission.
"""

import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transcription.activity import Samples, levels, runs
from transcription.activity.levels import FRAME_MS
from transcription.span import Span

SILENT_BELOW_DB = 25
"""So far below the loudest twentieth nobody transmits."""
SHORTEST_PAUSE_MS = 200
REST_MS = 500
"""So much of a transmission before the turn's first word or after its last is that turn's own."""
PAUSE_MS = 500
"""A shorter pause is less than what lies between two who speak in turn."""
SPREAD_S, SPREAD_PERMILLE = 0.3, 300
"""How far a line's length is from what its letters let expect, in seconds and of that length."""
LEAST_LETTERS_A_SECOND, MOST_LETTERS_A_SECOND = 3, 30
MOST_SHARING, MOST_PARTS = 4, 60
MOST_CELLS = 40_000
PARAMETERS = {
    "silent_below_db": SILENT_BELOW_DB,
    "shortest_pause_ms": SHORTEST_PAUSE_MS,
    "rest_ms": REST_MS,
    "pause_ms": PAUSE_MS,
    "spread": f"{SPREAD_S} s and {SPREAD_PERMILLE} per mille",
    "letters_a_second": f"{LEAST_LETTERS_A_SECOND} to {MOST_LETTERS_A_SECOND}",
    "most": f"{MOST_SHARING} turns in one, {MOST_PARTS} parts of one, {MOST_CELLS} in all",
}


class _Way(NamedTuple):
    cost: float
    turns: int
    parts: int


Turns = Sequence[Sequence[str]]


def transmissions(samples: Samples) -> tuple[Span, ...]:
    """Where somebody transmits, told from the level alone."""
    level = levels(samples).whole
    if not len(level):
        return ()
    silent = level < np.percentile(level, 95) - SILENT_BELOW_DB
    pauses = [
        (first * FRAME_MS, last * FRAME_MS)
        for first, last in runs(silent)
        if (last - first) * FRAME_MS >= SHORTEST_PAUSE_MS
    ]
    bounds = [0, *(edge for pause in pauses for edge in pause), len(level) * FRAME_MS]
    return tuple(
        Span(start, end)
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        if end > start
    )


def between(spoken: Sequence[Span], start_ms: int, end_ms: int, *, new: bool, over: bool) -> Span:
    """
    What lies between two words. `new`: with the first of them its turn ends; `over`: with the second one begins.

    The rest of the transmission in which such a word is said, if it is short, is the word's own.
    """
    for span in spoken[_after(spoken, start_ms) :]:
        if new and span.start_ms <= start_ms and span.end_ms - start_ms <= REST_MS:
            start_ms = span.end_ms
        if over and span.start_ms < end_ms <= span.end_ms and end_ms - span.start_ms <= REST_MS:
            end_ms = span.start_ms
        if span.start_ms >= end_ms:
            break
    return Span(start_ms, max(start_ms, end_ms))


def laid(
    turns: Turns, spoken: Sequence[Span], within: Span, *, letters_a_second: float
) -> list[Span]:
    """
    When each word of `turns` is said, if all of them are said `within`; nothing if they do not fit.

    Words of a turn share its transmissions by their letters. Nothing fits where there are far too many or too
    few letters for what is `spoken`, or so many turns that they cannot be told apart.
    """
    parts = list(_inside(spoken, within))
    sizes = [_letters(turn) for turn in turns]
    lengths = [part.duration_ms / 1000 for part in parts]
    if not turns or not parts or len(turns) * len(parts) > MOST_CELLS:
        return []
    if not LEAST_LETTERS_A_SECOND <= sum(sizes) / sum(lengths) <= MOST_LETTERS_A_SECOND:
        return []
    expected = [size / letters_a_second for size in sizes]
    pauses = [later.start_ms - part.end_ms for part, later in pairwise(parts)]
    return [
        span
        for first, last, start, end in _matched(expected, lengths, [*pauses, PAUSE_MS])
        for span in _shared(
            [word for turn in turns[first:last] for word in turn], parts[start:end]
        )
    ]


def _letters(words: Sequence[str]) -> int:
    return sum(len(word) + 1 for word in words)


def _after(spoken: Sequence[Span], ms: int) -> int:
    """The number of the first transmission that ends after `ms`."""
    return bisect.bisect_right(spoken, ms, key=lambda span: span.end_ms)


def _inside(spoken: Sequence[Span], within: Span) -> Iterator[Span]:
    for span in spoken[_after(spoken, within.start_ms) :]:
        start, end = max(span.start_ms, within.start_ms), min(span.end_ms, within.end_ms)
        if span.start_ms >= within.end_ms:
            return
        if end - start >= FRAME_MS:
            yield Span(start, end)


def _matched(
    expected: Sequence[float], lengths: Sequence[float], pauses: Sequence[int]
) -> list[tuple[int, int, int, int]]:
    """Which turns are which parts: (first, last, first, last), each last one exclusive; none if impossible."""
    if len(expected) == 1:
        return [(0, 1, 0, len(lengths))]
    said, heard = list(accumulate(expected, initial=0.0)), list(accumulate(lengths, initial=0.0))
    ways: dict[tuple[int, int], _Way] = {(0, 0): _Way(0.0, 0, 0)}
    steps = [(1, parts) for parts in range(1, MOST_PARTS + 1)]
    steps += [(turns, 1) for turns in range(2, MOST_SHARING + 1)]
    for at in product(range(len(expected)), range(len(lengths))):
        if at not in ways:
            continue
        for turns, parts in steps:
            to = at[0] + turns, at[1] + parts
            if to[0] > len(expected) or to[1] > len(lengths):
                continue
            wanted = said[to[0]] - said[at[0]]
            apart = heard[to[1]] - heard[at[1]] - wanted
            spread = SPREAD_S**2 + (wanted * SPREAD_PERMILLE / 1000) ** 2
            hurried = max(0, PAUSE_MS - pauses[to[1] - 1]) / 200
            cost = ways[at].cost + apart**2 / spread + hurried + turns - 1
            if to not in ways or cost < ways[to].cost:
                ways[to] = _Way(cost, turns, parts)
    found = []
    at = len(expected), len(lengths)
    while at in ways and at != (0, 0):
        before = at[0] - ways[at].turns, at[1] - ways[at].parts
        found.append((before[0], at[0], before[1], at[1]))
        at = before
    return found[::-1]


def _shared(words: Sequence[str], parts: Sequence[Span]) -> list[Span]:
    """Every word's share of `parts`, by its letters; a word is at least a frame long."""
    frames: NDArray[np.int64] = np.concatenate(
        [np.arange(part.start_ms, part.end_ms, FRAME_MS) for part in parts]
    )
    edges = np.cumsum([0, *(len(word) + 1 for word in words)]) * len(frames) // _letters(words)
    firsts = np.minimum(edges[:-1], len(frames) - 1)
    lasts = np.maximum(edges[1:] - 1, firsts)
    return [
        Span(start, end + FRAME_MS)
        for start, end in zip(frames[firsts].tolist(), frames[lasts].tolist(), strict=True)
    ]
