"""
Which unit belongs to which, as reports claim it: pure, from chains of units.

A chain ("Storm unit" < 394th Regiment < 127th Division) claims one step between every two that
follow one another. Steps of several claims between the same two are one step with several claims,
each with its own words and its own time. Units are told apart by the agent that a person took
them for, or else by their name as printed; what people ruled to be one counts as one. Nothing
is decided where claims disagree: a unit under two divisions is drawn under both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from app.claims.facts import UnitChain
from app.claims.models import Claim
from app.claims.predicates import Predicate
from app.claims.values import Named

MOST_STEPS = 200
"""How many steps one drawing follows."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `key` tells it apart, `agent_id` is whom a person took it for."""

    key: str
    name: str | None
    agent_id: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """One unit is said to belong to another, by these claims, in the order they were recorded."""

    lower: Unit
    upper: Unit
    claims: Sequence[Claim] = field(default=())


def steps(claims: Sequence[Claim], *, same: Mapping[str, str] | None = None) -> list[Step]:
    """
    Every step that these claims make, in the order in which they come up.

    `same` names for an agent the one that stands for all that are ruled to be one with it.
    """
    found: dict[tuple[str, str], tuple[Unit, Unit, list[Claim]]] = {}
    for claim in claims:
        if claim.predicate is not Predicate.UNIT:
            continue
        value = claim.typed_value()
        assert isinstance(value, UnitChain)
        chain = [_unit(named, same or {}) for named in value.units]
        for lower, upper in pairwise(chain):
            if lower.key != upper.key:
                known = found.setdefault((lower.key, upper.key), (lower, upper, []))
                known[2].append(claim)
    return [Step(lower, upper, tuple(made)) for lower, upper, made in found.values()]


def around(every: Sequence[Step], key: str) -> list[Step]:
    """The steps up from a unit and down from it, as far as they lead; circles end where they began."""
    kept: dict[tuple[str, str], Step] = {}
    for upwards in (True, False):
        reached, waiting = {key}, [key]
        while waiting and len(kept) < MOST_STEPS:
            at = waiting.pop(0)
            for step in every:
                start, end = (step.lower, step.upper) if upwards else (step.upper, step.lower)
                if start.key == at:
                    kept[step.lower.key, step.upper.key] = step
                    if end.key not in reached:
                        reached.add(end.key)
                        waiting.append(end.key)
    return list(kept.values())


def _unit(named: Named, same: Mapping[str, str]) -> Unit:
    if named.agent_id is not None:
        agent_id = same.get(named.agent_id, named.agent_id)
        return Unit(agent_id, named.name, agent_id)
    return Unit(f"name:{' '.join((named.name or '').casefold().split())}", named.name, None)
