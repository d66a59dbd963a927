"""
The likeliest way through a chain of states: Viterbi, in a window that moves with the speech.

State `g` of the text lasts, or leads on to `g + 1`. Where a word begins there may be a pause before
it, and within a pause a word may be left out; nothing comes further than one state a frame. At any
time a window of states is looked at, so that time and memory grow with the recording and not
with its square. A frame's place is final once half of `KEPT_FRAMES` were heard after it, by the
best path at that moment.

Compiled by numba without "fastmath": sums are taken in one order, so that the same input gives
the same path.
"""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

WINDOW_STATES = 4096
KEPT_FRAMES = 6000

_NEVER = 1e30
_SAME, _BEFORE, _OTHER = 0, 1, 2
_compiled = numba.njit(nogil=True)


class Costs(NamedTuple):
    """
    What it costs to be in a state and to change it; all are negative logarithms.

    A frame in state `g` costs `constants[g] + sum(precisions[:, g] * (x - means[:, g]) ** 2)`,
    in a pause `pause[frame]`; to stay in `g` costs `stay[g]`, to go on from it `leave[g]`;
    to begin a pause and to leave a word out cost `pausing` and `skipping`. `begins` marks
    the first state of every word. Shapes: (size, states), (states,), (frames,).
    """

    means: NDArray[np.float32]
    precisions: NDArray[np.float32]
    constants: NDArray[np.float64]
    pause: NDArray[np.float64]
    stay: NDArray[np.float64]
    leave: NDArray[np.float64]
    begins: NDArray[np.bool_]
    pausing: float
    skipping: float


class _Front(NamedTuple):
    """What the best path to each state costs so far: while it is said, and in the pause before it."""

    said: NDArray[np.float64]
    quiet: NDArray[np.float64]


class _Memory(NamedTuple):
    """How each state was reached in the frames that are not final, and what does not change."""

    codes: NDArray[np.uint8]  # (kept, window), from the lowest state of that frame on
    lowest: NDArray[np.int64]
    begins: NDArray[np.bool_]  # one more than there are states: a pause can follow the last word
    earlier: NDArray[np.int64]  # for the first state of a word that of the word before it, else -1


def path(
    features: NDArray[np.float32],
    costs: Costs,
    *,
    window: int = WINDOW_STATES,
    kept: int = KEPT_FRAMES,
) -> NDArray[np.int64]:
    """
    The state of each frame; `-1 - g` for a pause before state `g`, where `g` may be the end.

    Where the text cannot be said to its end in the time that there is, the path ends early.
    """
    begins = np.append(costs.begins, True)
    firsts = np.flatnonzero(begins)
    earlier = np.full(len(begins), -1, np.int64)
    earlier[firsts[1:]] = firsts[:-1]
    memory = _Memory(
        np.zeros((kept, min(window, len(begins))), np.uint8),
        np.zeros(kept, np.int64),
        begins,
        earlier,
    )
    found: NDArray[np.int64] = _path(features, costs, memory)
    return found


@_compiled
def _path(features: NDArray[np.float32], costs: Costs, memory: _Memory) -> NDArray[np.int64]:
    frames, states = len(features), costs.means.shape[1]
    kept, window = memory.codes.shape
    front = _Front(np.full(states + 1, _NEVER), np.full(states + 1, _NEVER))
    front.quiet[0] = 0.0
    distance = np.zeros(window, np.float32)
    found = np.zeros(frames, np.int64)
    final, low, high = 0, 0, 0
    for frame in range(frames):
        low, high = _moved(front, low, min(states + 1, high + 1), window)
        _distances(features[frame], costs, low, min(high, states), distance)
        memory.lowest[frame % kept] = low
        _advance(front, costs, memory, frame, low, high, distance)
        if frame + 1 == frames:
            end = _best(front, low, high, states, over=True)
            _trace(memory, frame, final, end, found, frames)
        elif frame + 1 - final == kept:
            until = final + kept // 2
            end = _best(front, low, high, states, over=False)
            _trace(memory, frame, final, end, found, until)
            _keep_to(found[until - 1], front, memory, frame, until, low, high)
            final = until
    return found


@_compiled
def _moved(front: _Front, low: int, high: int, window: int) -> tuple[int, int]:
    """The states to look at: where there are too many, the worse end is given up."""
    while high - low > window:
        least = min(front.said[low], front.quiet[low])
        greatest = min(front.said[high - 2], front.quiet[high - 2])
        if least >= greatest:
            front.said[low] = front.quiet[low] = _NEVER
            low += 1
        else:
            high -= 1
            front.said[high - 1] = front.quiet[high - 1] = _NEVER
    return low, high


@_compiled
def _distances(
    heard: NDArray[np.float32],
    costs: Costs,
    low: int,
    high: int,
    distance: NDArray[np.float32],
) -> None:
    """Weighted square distances of one frame from the states low..high, dimension by dimension."""
    distance[: high - low] = 0
    for size in range(len(heard)):
        value = heard[size]
        means, precisions = costs.means[size, low:high], costs.precisions[size, low:high]
        for place in range(high - low):
            apart = value - means[place]
            distance[place] += precisions[place] * apart * apart


@_compiled
def _advance(
    front: _Front,
    costs: Costs,
    memory: _Memory,
    frame: int,
    low: int,
    high: int,
    distance: NDArray[np.float32],
) -> None:
    """One frame on. Downwards, because a state is reached only from itself and from lower ones."""
    said, quiet = front.said, front.quiet
    row = memory.codes[frame % len(memory.codes)]
    for state in range(high - 1, low - 1, -1):
        come = said[state - 1] + costs.leave[state - 1] if state > low else _NEVER
        rested, code = quiet[state], 0
        if memory.begins[state]:
            rest, left_out = rested, memory.earlier[state]
            if come + costs.pausing < rest:
                rest, code = come + costs.pausing, _BEFORE << 2
            if left_out >= low and quiet[left_out] + costs.skipping < rest:
                rest, code = quiet[left_out] + costs.skipping, _OTHER << 2
            quiet[state] = min(_NEVER, rest + costs.pause[frame])
        if state < len(costs.stay):
            best, how = said[state] + costs.stay[state], _SAME
            if come < best:
                best, how = come, _BEFORE
            if memory.begins[state] and rested < best:
                best, how = rested, _OTHER
            said[state] = min(_NEVER, best + costs.constants[state] + distance[state - low])
            code |= how
        row[state - low] = code


@_compiled
def _best(front: _Front, low: int, high: int, states: int, over: bool) -> int:
    """The place of the best path; when it is over, of one that has said everything, if there is."""
    if over:
        spoken, rested = front.said[states - 1], front.quiet[states]
        if min(spoken, rested) < _NEVER:
            return -1 - states if rested <= spoken else states - 1
    place, best = -1 - low, _NEVER
    for state in range(low, high):
        if front.said[state] < best:
            place, best = state, front.said[state]
        if front.quiet[state] < best:
            place, best = -1 - state, front.quiet[state]
    return place


@_compiled
def _before(memory: _Memory, frame: int, place: int) -> int:
    """Where a path that is at `place` in `frame` was one frame earlier."""
    row = frame % len(memory.codes)
    state = -1 - place if place < 0 else place
    code = memory.codes[row, state - memory.lowest[row]]
    if place < 0:
        how = code >> 2
        if how == _BEFORE:
            return state - 1
        return -1 - memory.earlier[state] if how == _OTHER else place
    how = code & 3
    if how == _BEFORE:
        return state - 1
    return -1 - state if how == _OTHER else place


@_compiled
def _trace(
    memory: _Memory, frame: int, first: int, place: int, found: NDArray[np.int64], until: int
) -> None:
    """Write the path that is at `place` in `frame` into `found[first:until]`."""
    for at in range(frame, first - 1, -1):
        if at < until:
            found[at] = place
        place = _before(memory, at, place)


@_compiled
def _keep_to(
    final: int, front: _Front, memory: _Memory, frame: int, until: int, low: int, high: int
) -> None:
    """Give up every path that was not at `final` in the last frame that is decided."""
    for end in range(low, high):
        for paused in range(2):
            costs = front.quiet if paused else front.said
            if costs[end] < _NEVER:
                place = -1 - end if paused else end
                for at in range(frame, until - 1, -1):
                    place = _before(memory, at, place)
                if place != final:
                    costs[end] = _NEVER
