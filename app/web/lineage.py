"""
Who repeats whom, as a drawing that fits a phone: one report a row, links as arcs beside the rows.

A report stands below what it rests on; an arc leads up to it, whole where the report says so itself,
dashed where somebody concluded it. The drawing is SVG made here, without scripts, in the colours of the
page; everything in it stands in the list below it too.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.reports import queries
from app.reports.graph import Edge, Graph, graph
from app.reports.models import Layer, Report, ReportLink, ReportStatus

WIDTH = 360
ROW = 58
BOX = 46
LEFT = 84
"""Where boxes begin; arcs have the room before it."""
_TOP = 8
_LONGEST = 34
"""Characters of a title that fit a box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One report in the drawing and in the list."""

    report: Report
    status: ReportStatus
    is_root: bool
    is_asked: bool
    y: int

    @property
    def title(self) -> str:
        """What fits the box: its title, else who published it."""
        name = self.report.title or self.report.publisher or "untitled"
        return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"

    @property
    def below(self) -> str:
        """Its second line: who published it, whether its words are held, whether it is a root."""
        parts = [self.report.publisher] if self.report.title and self.report.publisher else []
        parts.append("held" if self.status is ReportStatus.HELD else "cited, not held")
        parts += ["root"] if self.is_root else []
        line = " · ".join(parts)
        return line if len(line) <= _LONGEST + 6 else f"…{line[-_LONGEST - 4 :]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """One link in the drawing and in the list, with the reports that it joins."""

    link: ReportLink
    source: Report
    target: Report
    path: str

    @property
    def is_claimed(self) -> bool:
        """Whether the report says so itself."""
        return self.link.layer is Layer.CLAIMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A drawing: boxes from the roots down, arcs, and what it says in words."""

    boxes: Sequence[Box]
    arcs: Sequence[Arc]
    roots: int
    left_out: int

    @property
    def height(self) -> int:
        """How high the drawing is, in its own units."""
        return 2 * _TOP + ROW * len(self.boxes) - (ROW - BOX)

    @property
    def summary(self) -> str:
        """The drawing in a sentence."""
        asked = sum(box.is_asked for box in self.boxes)
        sources = (
            "one independent source" if self.roots == 1 else f"{self.roots} independent sources"
        )
        return f"{asked} {'report' if asked == 1 else 'reports'}, {sources}"


def drawn(
    session: Session, asked: Collection[str], *, case_id: str, both_ways: bool = False
) -> Drawn:
    """The drawing around some reports of a case."""
    reports = queries.reports_in(session, case_id)
    links = {link.id: link for link in queries.links_in(session, case_id)}
    edges = [
        Edge(
            id=link.id,
            source=link.from_report_id,
            target=link.to_report_id,
            carries=link.relation.rests_on,
            mutual=link.relation.is_mutual,
        )
        for link in links.values()
    ]
    found = graph(set(asked), edges, order=list(reports), both_ways=both_ways)
    roots = {root for report in asked for root in found.lineage.roots_of[report]}
    statuses = queries.statuses_of(session, [node.id for node in found.nodes])
    boxes = [
        Box(
            report=reports[node.id],
            status=statuses[node.id],
            is_root=node.is_root,
            is_asked=node.is_asked,
            y=_TOP + ROW * row,
        )
        for row, node in enumerate(found.nodes)
    ]
    return Drawn(
        boxes=boxes,
        arcs=_arcs(found, links, reports),
        roots=len(roots),
        left_out=found.left_out,
    )


def _arcs(
    found: Graph, links: Mapping[str, ReportLink], reports: Mapping[str, Report]
) -> list[Arc]:
    """Each link as a curve from the middle of one box to that of the other, on their left."""
    rows = {node.id: row for row, node in enumerate(found.nodes)}
    spans = sorted({abs(rows[e.source] - rows[e.target]) for e in found.edges})
    out = []
    for number, edge in enumerate(found.edges):
        start, end = rows[edge.source], rows[edge.target]
        # Wider arcs around narrower ones; several between the same rows beside one another.
        width = 14 + (LEFT - 22) * (spans.index(abs(start - end)) + 1) // (len(spans) + 1)
        first, last = (_TOP + ROW * row + BOX // 2 for row in (start, end))
        aside = 5 * (number % 3 - 1)
        bend = LEFT - width - aside
        out.append(
            Arc(
                link=links[edge.id],
                source=reports[edge.source],
                target=reports[edge.target],
                path=f"M{LEFT} {first + aside}C{bend} {first},{bend} {last},{LEFT - 7} {last + aside}",
            )
        )
    return out
