"""The path: the likeliest one, whatever window it was found in."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from transcription.placing.path import Costs, path


def costs_of(seed: int, states: int, frames: int) -> tuple[NDArray[np.float32], Costs]:
    chosen = np.random.default_rng(seed)
    begins = chosen.random(states) < 0.4
    begins[0] = True
    return chosen.standard_normal((frames, 2)).astype(np.float32), Costs(
        means=chosen.standard_normal((2, states)).astype(np.float32),
        precisions=chosen.uniform(0.2, 2, (2, states)).astype(np.float32),
        constants=chosen.uniform(0, 1, states),
        pause=chosen.uniform(0, 3, frames),
        stay=chosen.uniform(0, 1, states),
        leave=chosen.uniform(0, 1, states),
        begins=begins,
        pausing=1.0,
        skipping=2.0,
    )


def steps(costs: Costs) -> dict[int, list[tuple[int, float]]]:
    """Where each place can be reached from, and for what; spelled out, as the module says it."""
    states = len(costs.stay)
    firsts = [*np.flatnonzero(costs.begins), states]
    found: dict[int, list[tuple[int, float]]] = {}
    for state in range(states):
        found[state] = [(state, costs.stay[state])]
        if state:
            found[state].append((state - 1, costs.leave[state - 1]))
        if costs.begins[state]:
            found[state].append((-1 - state, 0.0))
    for number, state in enumerate(firsts):
        found[-1 - state] = [(-1 - state, 0.0)]
        if state:
            found[-1 - state].append((state - 1, costs.leave[state - 1] + costs.pausing))
            found[-1 - state].append((-1 - firsts[number - 1], costs.skipping))
    return found


def price(features: NDArray[np.float32], costs: Costs, places: list[int]) -> float:
    """What a whole path costs; infinite for one that takes a step that there is not."""
    known = steps(costs)
    total = 0.0
    for frame, place in enumerate(places):
        if frame:
            total += dict(known[place]).get(places[frame - 1], np.inf)
        elif place not in {0, -1}:
            return np.inf
        total += within(features, costs, frame, place)
    return total


def within(features: NDArray[np.float32], costs: Costs, frame: int, place: int) -> float:
    if place < 0:
        return float(costs.pause[frame])
    apart = (features[frame] - costs.means[:, place]) ** 2
    return float(costs.constants[place] + (costs.precisions[:, place] * apart).sum())


def cheapest(features: NDArray[np.float32], costs: Costs) -> float:
    """The least that a complete path can cost, by dynamic programming over a dictionary."""
    known = steps(costs)
    so_far = {0: within(features, costs, 0, 0), -1: float(costs.pause[0])}
    for frame in range(1, len(features)):
        so_far = {
            place: min(so_far.get(before, np.inf) + step for before, step in ways)
            + within(features, costs, frame, place)
            for place, ways in known.items()
            if max(place, -1 - place) <= frame  # nothing comes further than a state a frame
        }
    states = len(costs.stay)
    return min(so_far.get(states - 1, np.inf), so_far.get(-1 - states, np.inf))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(1, 40))
def test_no_other_path_costs_less(seed: int, states: int, frames: int) -> None:
    features, costs = costs_of(seed, states, frames)
    least = cheapest(features, costs)
    found = price(features, costs, list(path(features, costs)))
    if np.isfinite(least):
        assert abs(found - least) < 1e-3
    else:
        assert np.isfinite(found)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_in_a_small_window_and_memory_it_is_still_a_path_in_one_piece(seed: int) -> None:
    features, costs = costs_of(seed, 60, 200)
    found = path(features, costs, window=20, kept=30)
    assert np.isfinite(price(features, costs, list(found)))


def test_a_memory_that_is_long_enough_changes_nothing() -> None:
    features, costs = costs_of(7, 40, 400)
    whole = path(features, costs)
    assert np.array_equal(whole, path(features, costs, kept=300))
