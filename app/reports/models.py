"""
The tables of what was published.

A report is what somebody published, whether or not we hold its words: a report known only
because another one cites it is a row without snapshots, and that absence is what
`queries.status_of` calls `cited_not_held`. No column says so, because a column could go on
saying it after the text arrived. Everything here is sealed: a text that was silently edited by its
publisher is a second snapshot, and both stand.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice
from app.custody.models import LATER, Sealed
from app.reports.anchor import Anchor
from app.reports.lineage import Relation


class ReportKind(StrEnum):
    """What sort of publication it is."""

    NEWS = "news"
    UN_REPORT = "un_report"
    SOCIAL_POST = "social_post"
    PRESS_RELEASE = "press_release"
    BROADCAST = "broadcast"
    COURT_DOCUMENT = "court_document"


class ReportStatus(StrEnum):
    """Whether we hold the words of a report, or only know that it exists."""

    HELD = "held"
    CITED_NOT_HELD = "cited_not_held"


class SnapshotMethod(StrEnum):
    """How the text of a snapshot came to us."""

    PASTED = "pasted"
    EXTRACTED_HTML = "extracted_html"  # read from a web page that is kept
    EXTRACTED_PDF = "extracted_pdf"
    EXTRACTED_TEXT = "extracted_text"


class Layer(StrEnum):
    """Whether a link is what a report says of itself, or what somebody concluded."""

    CLAIMED = "claimed"
    INFERRED = "inferred"


class Report(Sealed, Base):
    """A publication, as far as it is known."""

    __tablename__ = "report"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case it was registered in")
    kind: Mapped[ReportKind] = mapped_column(choice(ReportKind), comment="sort of publication")
    title: Mapped[str | None] = mapped_column(comment="as published; null: not known")
    publisher: Mapped[str | None] = mapped_column(comment="as it names itself; null: not known")
    authors: Mapped[list[str] | None] = mapped_column(
        comment="as printed; empty: none are named; null: not known"
    )
    language: Mapped[str] = mapped_column(comment="ISO 639-1, or und")
    url: Mapped[str | None] = mapped_column(comment="where it was published; null: not known")
    published_edtf: Mapped[str | None] = mapped_column(
        comment="date of publication as precise as it is (EDTF); null: not known"
    )
    published_raw: Mapped[str | None] = mapped_column(
        comment="the date as the source words it; null: not worded"
    )
    registered_by: Mapped[str] = mapped_column(comment="account that registered it")
    registered_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Snapshot(Sealed, Base):
    """The text of a report as it stood at one time, frozen."""

    __tablename__ = "report_snapshot"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="whose text this is"
    )
    case_id: Mapped[str] = mapped_column(index=True, comment="the report's case, repeated")
    text: Mapped[str] = mapped_column(comment="exactly as given; anchors count its characters")
    text_sha256: Mapped[str] = mapped_column(comment="digest of the UTF-8 bytes of the text")
    method: Mapped[SnapshotMethod] = mapped_column(
        choice(SnapshotMethod), comment="how the text came to us"
    )
    retrieved_at: Mapped[datetime | None] = mapped_column(
        comment="when it was read at its source, as claimed; null: not known"
    )
    extraction_id: Mapped[str | None] = mapped_column(
        index=True, info=LATER, comment="the reading of a kept page it came from; null: none"
    )
    frozen_by: Mapped[str] = mapped_column(comment="account that gave it")
    frozen_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Anchored:
    """The columns of an anchor, and the snapshot in which it is true."""

    snapshot_id: Mapped[str] = mapped_column(
        ForeignKey("report_snapshot.id"), index=True, comment="the frozen text it stands in"
    )
    start: Mapped[int] = mapped_column(comment="first character, from 0, in code points")
    end: Mapped[int] = mapped_column(comment="one past the last character")
    exact: Mapped[str] = mapped_column(comment="what stands there, character for character")
    prefix: Mapped[str] = mapped_column(comment="what stands before it")
    suffix: Mapped[str] = mapped_column(comment="what stands after it")

    @property
    def anchor(self) -> Anchor:
        """The anchor as a value."""
        return Anchor(self.start, self.end, self.exact, self.prefix, self.suffix)


class PerhapsAnchored:
    """The columns of an anchor that a row may do without; all of them are null, or none."""

    start: Mapped[int | None] = mapped_column(comment="anchor: first character")
    end: Mapped[int | None] = mapped_column(comment="anchor: one past the last character")
    exact: Mapped[str | None] = mapped_column(comment="anchor: what stands there")
    prefix: Mapped[str | None] = mapped_column(comment="anchor: what stands before it")
    suffix: Mapped[str | None] = mapped_column(comment="anchor: what stands after it")

    @property
    def anchor(self) -> Anchor | None:
        """The anchor as a value, if there is one."""
        if (
            self.start is None
            or self.end is None
            or self.exact is None
            or self.prefix is None
            or self.suffix is None
        ):
            return None
        return Anchor(self.start, self.end, self.exact, self.prefix, self.suffix)


class ReportLink(PerhapsAnchored, Sealed, Base):
    """One report's relation to another, and where the first one says so, if it does."""

    __tablename__ = "report_link"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case of both reports")
    from_report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="the report that cites, quotes, …"
    )
    to_report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="the report that is cited, quoted, …"
    )
    relation: Mapped[Relation] = mapped_column(choice(Relation), comment="how they stand")
    layer: Mapped[Layer] = mapped_column(choice(Layer), comment="said by the report, or concluded")
    snapshot_id: Mapped[str | None] = mapped_column(
        ForeignKey("report_snapshot.id"), comment="where it says so; null: nowhere in particular"
    )
    rationale: Mapped[str | None] = mapped_column(
        comment="why it was concluded; null: the report says so itself"
    )
    linked_by: Mapped[str] = mapped_column(comment="account that recorded the link")
    linked_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class LinkRejection(Sealed, Base):
    """A proposed link that a person says is none, so that it is not proposed again."""

    __tablename__ = "report_link_rejection"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case of the report")
    report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="the report for which it was proposed"
    )
    to_report_id: Mapped[str | None] = mapped_column(
        ForeignKey("report.id"), comment="the other report; null: one that is not registered"
    )
    proposal: Mapped[str] = mapped_column(comment="by what the proposal is known again")
    relation: Mapped[Relation] = mapped_column(choice(Relation), comment="what was proposed")
    proposed_by: Mapped[str] = mapped_column(comment="the rules that proposed it, and version")
    reason: Mapped[str] = mapped_column(comment="why it is none")
    rejected_by: Mapped[str] = mapped_column(comment="account that says so")
    rejected_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Citation(Anchored, Sealed, Base):
    """A passage of a report that speaks of a recording."""

    __tablename__ = "citation"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case of report and recording")
    report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="the report that cites"
    )
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording that is cited"
    )
    cited_by: Mapped[str] = mapped_column(comment="account that recorded the citation")
    cited_at: Mapped[datetime] = mapped_column(comment="when, our clock")
