"""
The tables of pages that came in: the page as it is kept, and what was read of it.

A capture is bytes in the store, with two digests: of the page itself and of the WARC around it. An
extraction is one reading of a capture by one version of the tools; a later version may read
it again, and both stand. What it proposes is no fact about the report until somebody takes it over.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice
from app.custody.models import Sealed


class Arrived(StrEnum):
    """How a page came to us."""

    UPLOADED = "uploaded"
    FETCHED = "fetched"


class ExtractionOutcome(StrEnum):
    """What came of reading a page."""

    READ = "read"
    REFUSED = "refused"


class Capture(Sealed, Base):
    """A published page as it came, kept as a WARC in the evidence room."""

    __tablename__ = "report_capture"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case it was brought into")
    arrived: Mapped[Arrived] = mapped_column(choice(Arrived), comment="how it came to us")
    media_type: Mapped[str] = mapped_column(comment="what its sender calls it; decides nothing")
    filename: Mapped[str | None] = mapped_column(comment="its name where it came from; else null")
    url: Mapped[str | None] = mapped_column(
        comment="where it was published: fetched from there, or as claimed; null: not said"
    )
    retrieved_at: Mapped[datetime | None] = mapped_column(
        comment="when it was read at its source: by us, or as claimed; null: not said"
    )
    page_sha256: Mapped[str] = mapped_column(comment="digest of the page's bytes as they came")
    page_size: Mapped[int] = mapped_column(comment="their number")
    page_offset: Mapped[int] = mapped_column(comment="where they begin in the WARC, from 0")
    warc_sha256: Mapped[str] = mapped_column(index=True, comment="digest of the WARC in the store")
    warc_size: Mapped[int] = mapped_column(comment="bytes of the WARC")
    captured_by: Mapped[str] = mapped_column(comment="account that brought it, or the worker")
    captured_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Extraction(Sealed, Base):
    """What one version of the tools read of a capture, or why it read nothing."""

    __tablename__ = "report_extraction"
    __table_args__ = (UniqueConstraint("capture_id", "tool", "version"),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the capture's case, repeated")
    capture_id: Mapped[str] = mapped_column(
        ForeignKey("report_capture.id"), index=True, comment="what was read"
    )
    outcome: Mapped[ExtractionOutcome] = mapped_column(
        choice(ExtractionOutcome), comment="whether a text came out"
    )
    reason: Mapped[str | None] = mapped_column(comment="why none did; null: one did")
    kind: Mapped[str | None] = mapped_column(comment="what the page turned out to be; else null")
    text: Mapped[str | None] = mapped_column(comment="the text that was read; null: none")
    text_sha256: Mapped[str | None] = mapped_column(comment="digest of its UTF-8; null: none")
    proposals: Mapped[dict[str, Any]] = mapped_column(
        comment="{field: {value, origin}}: what the page says of itself, and where"
    )
    remarks: Mapped[list[Any]] = mapped_column(
        comment="[{kind, count, why}]: what was repaired, left out, chosen or noticed"
    )
    tool: Mapped[str] = mapped_column(comment="what read it")
    version: Mapped[str] = mapped_column(comment="its version, and that of our rules around it")
    parameters: Mapped[dict[str, Any]] = mapped_column(comment="how it was set")
    extracted_at: Mapped[datetime] = mapped_column(comment="when, our clock")
