"""How reports, their frozen texts, links and citations look on the wire."""

from typing import Annotated, Self

from pydantic import Field

from app.api.anchors import AnchorOut, PassageIn
from app.api.wire import InstantIn, Spelled, UtcInstant, Wire
from app.reports.lineage import Lineage, Relation
from app.reports.models import (
    Citation,
    Layer,
    Report,
    ReportKind,
    ReportLink,
    ReportStatus,
    Snapshot,
    SnapshotMethod,
)
from app.reports.service import Particulars


class ReportIn(Wire):
    """A publication; what is left out is not known, an empty list of authors means none named."""

    case_id: str
    kind: Spelled[ReportKind]
    language: str
    title: str | None = None
    publisher: str | None = None
    authors: Annotated[list[str], Field(max_length=100)] | None = None
    url: str | None = None
    published_edtf: str | None = None
    published_raw: str | None = None

    def particulars(self) -> Particulars:
        """The value that the feature understands."""
        return Particulars(**self.model_dump(exclude={"case_id"}))


class ReportOut(Wire):
    """A publication, and whether its words are held."""

    id: str
    case_id: str
    log_index: int
    kind: ReportKind
    status: ReportStatus
    title: str | None
    publisher: str | None
    authors: list[str] | None
    language: str
    url: str | None
    published_edtf: str | None
    published_raw: str | None
    registered_by: str
    registered_at: UtcInstant

    @classmethod
    def of(cls, report: Report, status: ReportStatus) -> "ReportOut":
        """Shape a report."""
        fields = {name: getattr(report, name) for name in cls.model_fields if name != "status"}
        return cls(**fields, status=status)


class SnapshotIn(Wire):
    """A text to be frozen exactly as it is."""

    text: str
    retrieved_at: InstantIn | None = None


class SnapshotOut(Wire):
    """What is known of a frozen text, without the text."""

    id: str
    report_id: str
    case_id: str
    log_index: int
    text_sha256: str
    method: SnapshotMethod
    retrieved_at: UtcInstant | None
    extraction_id: str | None
    frozen_by: str
    frozen_at: UtcInstant

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """Shape a snapshot: what this shape shows of it."""
        return cls(**{name: getattr(snapshot, name) for name in cls.model_fields})


class FrozenOut(SnapshotOut):
    """A frozen text with its text, character for character."""

    text: str


class SnapshotListing(Wire):
    """Every frozen text of a report, oldest first."""

    items: list[SnapshotOut]


class LinkAnchorIn(PassageIn):
    """Where a report says how it stands to another: a passage of one of its snapshots."""

    snapshot_id: str


class LinkIn(Wire):
    """How the report stands to another; an inferred link needs a rationale."""

    to_report_id: str
    relation: Spelled[Relation]
    layer: Spelled[Layer]
    rationale: str | None = None
    anchor: LinkAnchorIn | None = None


class LinkOut(Wire):
    """How one report stands to another."""

    id: str
    case_id: str
    log_index: int
    from_report_id: str
    to_report_id: str
    relation: Relation
    layer: Layer
    rationale: str | None
    anchor: AnchorOut | None
    linked_by: str
    linked_at: UtcInstant

    @classmethod
    def of(cls, link: ReportLink) -> "LinkOut":
        """Shape a link."""
        fields = {name: getattr(link, name) for name in cls.model_fields if name != "anchor"}
        anchor = link.anchor
        return cls(
            **fields,
            anchor=AnchorOut.of(link.snapshot_id, anchor) if link.snapshot_id and anchor else None,
        )


class LinkListing(Wire):
    """The links that lead from a report and to it, oldest first."""

    items: list[LinkOut]


class CitationIn(PassageIn):
    """A passage that speaks of a recording."""

    recording_id: str


class CitationOut(Wire):
    """A passage that speaks of a recording."""

    id: str
    case_id: str
    log_index: int
    report_id: str
    recording_id: str
    anchor: AnchorOut
    cited_by: str
    cited_at: UtcInstant

    @classmethod
    def of(cls, citation: Citation) -> "CitationOut":
        """Shape a citation."""
        fields = {name: getattr(citation, name) for name in cls.model_fields if name != "anchor"}
        return cls(**fields, anchor=AnchorOut.of(citation.snapshot_id, citation.anchor))


class CitationListing(Wire):
    """Citations, oldest first."""

    items: list[CitationOut]


class LineageOut(Wire):
    """
    The independent sources behind some reports: each root is one report, or the reports of a
    circle that leads nowhere else.
    """

    report_ids: list[str]
    root_count: int
    roots: list[list[str]]

    @classmethod
    def of(cls, report_ids: list[str], lineage: Lineage) -> "LineageOut":
        """Shape a lineage."""
        roots = [list(root) for root in lineage.roots]
        return cls(report_ids=report_ids, root_count=len(roots), roots=roots)
