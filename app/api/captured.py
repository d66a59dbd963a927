"""How pages that came in look on the wire, and what was read of them."""

from typing import Any

from pydantic import Field

from app.api.wire import UtcInstant, Wire
from app.reports.intake.models import Arrived, Capture, Extraction, ExtractionOutcome
from transcription.extraction.value import Refusal


class FetchIn(Wire):
    """The public address of a page."""

    url: str


class FreezeIn(Wire):
    """Which reading of a page to freeze; with `text` as somebody put it right."""

    extraction_id: str
    text: str | None = None


class ProposedValue(Wire):
    """What the page gives for something, and where in the page it stands."""

    value: str
    origin: str


class ProposalsOut(Wire):
    """What the page says of itself; null and empty for what it does not."""

    title: ProposedValue | None = None
    authors: list[ProposedValue] = Field(default_factory=list)
    published: ProposedValue | None = None
    published_raw: ProposedValue | None = None
    publisher: ProposedValue | None = None
    language: ProposedValue | None = None
    url: ProposedValue | None = None


class RemarkOut(Wire):
    """What was repaired, left out, chosen or noticed, how often and why."""

    kind: str
    count: int
    why: str


class ExtractionOut(Wire):
    """One reading of a page: a text and proposals, or a reason; `text` only with the page itself."""

    id: str
    log_index: int
    outcome: ExtractionOutcome
    reason: str | None
    explanation: str | None
    kind: str | None
    text: str | None
    text_sha256: str | None
    proposals: ProposalsOut
    remarks: list[RemarkOut]
    tool: str
    version: str
    parameters: dict[str, Any]
    extracted_at: UtcInstant

    @classmethod
    def of(cls, row: Extraction, *, with_text: bool) -> "ExtractionOut":
        """Shape a reading."""
        reason = Refusal(row.reason) if row.reason in set(Refusal) else None
        return cls(
            **{
                name: getattr(row, name)
                for name in cls.model_fields
                if name not in {"text", "explanation", "proposals", "remarks"}
            },
            text=row.text if with_text else None,
            explanation=reason.explanation if reason else None,
            proposals=ProposalsOut.model_validate(row.proposals),
            remarks=[RemarkOut.model_validate(one) for one in row.remarks],
        )


class CaptureOut(Wire):
    """A published page as it is kept, what was read of it last, and the snapshots that came of it."""

    id: str
    case_id: str
    log_index: int
    arrived: Arrived
    media_type: str
    filename: str | None
    url: str | None
    retrieved_at: UtcInstant | None
    page_sha256: str
    page_size: int
    page_offset: int
    warc_sha256: str
    warc_size: int
    captured_by: str
    captured_at: UtcInstant
    extraction: ExtractionOut | None
    snapshot_ids: list[str]

    @classmethod
    def of(
        cls,
        row: Capture,
        extraction: Extraction | None,
        snapshot_ids: list[str],
        *,
        with_text: bool,
    ) -> "CaptureOut":
        """Shape a capture."""
        return cls(
            **{
                name: getattr(row, name)
                for name in cls.model_fields
                if name not in {"extraction", "snapshot_ids"}
            },
            extraction=ExtractionOut.of(extraction, with_text=with_text) if extraction else None,
            snapshot_ids=snapshot_ids,
        )
