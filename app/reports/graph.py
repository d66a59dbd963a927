"""
The reports around some reports, and the links between them, in an order in which they can be drawn.

Everything that the reports rest on is in it, all the way to the roots, and, if asked, everything that
rests on them. A report stands below whatever it rests on, as far as circles allow; reports of equal
depth stand in the order in which they were registered. What is more than `MOST` is left out and counted.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.reports.lineage import Lineage, trace

MOST = 60
"""More reports than these are no drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One link: from the report that says or took something to the one it is about."""

    id: str
    source: str
    target: str
    carries: bool
    """Whether the source rests on the target for it."""
    mutual: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One report: how far from a root, and whether it is one of those that are asked."""

    id: str
    depth: int
    is_root: bool
    is_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """Nodes in their order, the links between them, and how many reports are left out."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lineage: Lineage
    left_out: int


def graph(
    asked: Collection[str], edges: Sequence[Edge], *, order: Sequence[str], both_ways: bool
) -> Graph:
    """
    The graph around `asked`; `order` is every report as registered.

    With `both_ways` also the reports that rest on these, and what else is linked to any of them.
    """
    reached = _reached(asked, edges, both_ways=both_ways)
    kept = set(sorted(reached, key=lambda each: each not in asked)[:MOST])
    rests = [
        pair
        for edge in edges
        if edge.carries
        for pair in ((edge.source, edge.target), (edge.target, edge.source))[: 1 + edge.mutual]
    ]
    lineage = trace(sorted(reached), rests)
    roots = {each for one in asked for root in lineage.roots_of[one] for each in root}
    depths = _depths(kept, lineage, rests)
    place = {report: number for number, report in enumerate(order)}
    nodes = [
        Node(id=each, depth=depths[each], is_root=each in roots, is_asked=each in asked)
        for each in sorted(kept, key=lambda each: (depths[each], place.get(each, 0)))
    ]
    between = tuple(e for e in edges if e.source in kept and e.target in kept)
    return Graph(
        nodes=tuple(nodes), edges=between, lineage=lineage, left_out=len(reached) - len(kept)
    )


def _reached(asked: Iterable[str], edges: Sequence[Edge], *, both_ways: bool) -> list[str]:
    """The reports that following the links leads to, the nearest first."""
    beside: dict[str, list[str]] = {}
    for edge in edges:
        beside.setdefault(edge.source, []).append(edge.target)
        if both_ways or edge.mutual:
            beside.setdefault(edge.target, []).append(edge.source)
    found = dict.fromkeys(asked)
    waiting = list(found)
    for report in waiting:
        for other in beside.get(report, ()):
            if other not in found:
                found[other] = None
                waiting.append(other)
    return list(found)


def _depths(
    kept: Collection[str], lineage: Lineage, rests: Iterable[tuple[str, str]]
) -> dict[str, int]:
    """For each report the longest way to a root, each circle taken as one."""
    below: dict[str, list[str]] = {}
    for source, target in rests:
        below.setdefault(source, []).append(target)
    depths: dict[str, int] = {}
    for circle in lineage.circles:
        members = set(circle)
        depth = max(
            (depths[t] + 1 for m in circle for t in below.get(m, ()) if t not in members),
            default=0,
        )
        depths.update(dict.fromkeys(circle, depth))
    return {report: depths[report] for report in kept}
