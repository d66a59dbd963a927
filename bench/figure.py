"""
What is measured, and what it is held to.

A time alone says more about the machine than about us, so no verdict rests on one: a
figure is a ratio of two things measured in the same run, turn and turn about, or a size
that does not depend on the machine. The raw values stand beside it as facts.
"""

import operator
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Bound(StrEnum):
    """On which side of the bar a figure must lie."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    LESS_THAN = "less than"


_HOLDS: dict[Bound, Callable[[float, float], bool]] = {
    Bound.AT_LEAST: operator.ge,
    Bound.AT_MOST: operator.le,
    Bound.LESS_THAN: operator.lt,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    One measured value; with `bar` it is a promise, without it only told.

    `facts` are the raw values it was computed from, in the order in which they were
    measured, so that a reader can see how far they scatter.
    """

    name: str
    value: float
    unit: str = "x"
    bound: Bound = Bound.AT_LEAST
    bar: float | None = None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the promise holds; `None` where there is none."""
        return None if self.bar is None else _HOLDS[self.bound](self.value, self.bar)

    def document(self) -> dict[str, object]:
        """The figure for programs."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "bound": self.bound,
            "bar": self.bar,
            "met": self.met,
            "facts": self.facts,
        }


def median_ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """The ratio of two medians: one slow run on a busy machine does not decide."""
    return statistics.median(over) / statistics.median(under)


def rounded(values: Sequence[float]) -> list[float]:
    """Values as facts."""
    return [round(value, 3) for value in values]
