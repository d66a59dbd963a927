"""
Who repeats whom, and how many independent sources are left.

Nine reports that all rest on one are one source. Reports and the links between them are a
graph whose edges lead from a report to what it rests on; a root is where following them
ends. Links are kept as they are claimed, so circles occur (two sites that cite one
another): reports in a circle that leads nowhere else are one root together, and a circle
with a way out is none. In graph terms a root is a strongly connected component without
outgoing edges (Tarjan 1972, here without recursion, so that a long chain is no problem).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How one report stands to another."""

    CITES = "cites"
    QUOTES = "quotes"
    TRANSLATES = "translates"
    REPRINTS = "reprints"
    PARAPHRASES = "paraphrases"
    FOLLOWS_UP = "follows_up"
    RESPONDS_TO = "responds_to"
    CORRECTS = "corrects"
    REFERS_TO = "refers_to"
    """Names the other for a matter of its own, and rests on it for nothing else."""
    SHARES_TEXT = "shares_text"
    """Has words or facts from the other, or the other from it, or both from a third."""

    @property
    def rests_on(self) -> bool:
        """
        Whether what the report says comes from the other one.

        A response and a follow-up are about the other report, with knowledge of their own.
        """
        return self not in (Relation.FOLLOWS_UP, Relation.RESPONDS_TO, Relation.REFERS_TO)

    @property
    def is_mutual(self) -> bool:
        """Whether it says the same of both reports, so that neither counts beside the other."""
        return self is Relation.SHARES_TEXT


Root = tuple[str, ...]
"""The reports that are one source: one identifier, or those of a closed circle, sorted."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """
    The independent roots of some reports, and for every report reached, its own roots.

    `circles` are the reports reached, those of a circle together, each after all that it rests on.
    """

    roots: tuple[Root, ...]
    roots_of: Mapping[str, frozenset[Root]]
    circles: tuple[tuple[str, ...], ...] = ()


def trace(reports: Iterable[str], rests_on: Iterable[tuple[str, str]]) -> Lineage:
    """
    Follow the edges `(report, what it rests on)` from `reports` to their roots.

    A report that rests on nothing known is its own root. Edges of a report onto itself say
    nothing and are passed over.
    """
    asked = tuple(dict.fromkeys(reports))
    edges: dict[str, list[str]] = {}
    for source, target in rests_on:
        if source != target:
            edges.setdefault(source, []).append(target)
    roots_of: dict[str, frozenset[Root]] = {}
    circles = tuple(_components(asked, edges))
    for circle in circles:
        members = set(circle)
        below = {
            roots
            for member in circle
            for target in edges.get(member, ())
            if target not in members
            for roots in roots_of[target]
        }
        found = frozenset(below or {tuple(sorted(circle))})
        roots_of.update(dict.fromkeys(circle, found))
    roots = {root for report in asked for root in roots_of[report]}
    return Lineage(tuple(sorted(roots)), roots_of, circles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    One report's statement of something: through which reports it came, the nearest first, and by what
    those who say it at first hand are known (an agent's identifier).
    """

    report: str
    via: tuple[str, ...] = ()
    sayers: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        """The report in which following the statement begins: the last one that it came through."""
        return self.via[-1] if self.via else self.report


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Statements that are one source: their places in the list, their roots, and who says them."""

    told: tuple[int, ...]
    roots: tuple[Root, ...]
    sayers: tuple[str, ...]


def independent(told: Sequence[Told], rests_on: Iterable[tuple[str, str]]) -> tuple[Source, ...]:
    """
    The independent sources of several statements of one thing.

    Two statements are one source where they have a root in common, or somebody who says both: a ministry
    that told two newspapers is one source. So are those that a third joins in this way.
    """
    traced = trace([each.origin for each in told], rests_on)
    groups: list[tuple[set[int], set[Root], set[str]]] = []
    for at, each in enumerate(told):
        joined = ({at}, set(traced.roots_of[each.origin]), set(each.sayers))
        apart = []
        for group in groups:
            if group[1] & joined[1] or group[2] & joined[2]:
                joined = (joined[0] | group[0], joined[1] | group[1], joined[2] | group[2])
            else:
                apart.append(group)
        groups = [*apart, joined]
    found = [
        Source(told=tuple(sorted(at)), roots=tuple(sorted(roots)), sayers=tuple(sorted(sayers)))
        for at, roots, sayers in groups
    ]
    return tuple(sorted(found, key=lambda source: source.told))


def _components(
    starts: Iterable[str], edges: Mapping[str, list[str]]
) -> Iterable[tuple[str, ...]]:
    """Strongly connected components, each after all those that it leads to."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    is_open: set[str] = set()
    for start in starts:
        if start in number:
            continue
        path = [(start, iter(edges.get(start, ())))]
        number[start] = low[start] = len(number)
        open_.append(start)
        is_open.add(start)
        while path:
            node, following = path[-1]
            for target in following:
                if target not in number:
                    number[target] = low[target] = len(number)
                    open_.append(target)
                    is_open.add(target)
                    path.append((target, iter(edges.get(target, ()))))
                    break
                if target in is_open:
                    low[node] = min(low[node], number[target])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == number[node]:
                    component = [open_.pop()]
                    while component[-1] != node:
                        component.append(open_.pop())
                    is_open.difference_update(component)
                    yield tuple(component)
