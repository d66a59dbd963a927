"""
The tables of quotes, of what the machine found for them, and of what people said to that.

A quote is an anchor in a frozen text: its words are `exact`, nothing is retyped. An
alignment compares one quote with one version of a transcript and is never revised: another
transcript, or another version of the method, is another alignment. A decision rules on one
alignment; the next one supersedes it, so that they form a chain without branches.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice
from app.custody.models import Sealed
from app.quotes.footing import Footing
from app.quotes.review import Ruling
from app.quotes.wording import OccurrenceClaim, TargetKind
from app.reports.models import Anchored
from transcription.alignment import Verdict
from transcription.quotation.proposal import CountOperator, QuoteForm


class Quote(Anchored, Sealed, Base):
    """Words that a report attributes to somebody."""

    __tablename__ = "quote"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the report's case, repeated")
    report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="the report that quotes"
    )
    language: Mapped[str] = mapped_column(comment="ISO 639-1 of the quoted words, or und")
    form: Mapped[QuoteForm] = mapped_column(
        choice(QuoteForm), comment="how the report presents the words"
    )
    target_kind: Mapped[TargetKind] = mapped_column(
        choice(TargetKind), comment="what the words are attributed to"
    )
    recording_id: Mapped[str | None] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording quoted; else null"
    )
    target_report_id: Mapped[str | None] = mapped_column(
        ForeignKey("report.id"), comment="the other report quoted; else null"
    )
    speaker_as_described: Mapped[str | None] = mapped_column(
        comment="who spoke, in the report's words; null: not said"
    )
    in_reply_to: Mapped[str | None] = mapped_column(
        ForeignKey("quote.id"), comment="the quote that this one answers; null: none"
    )
    claimed_op: Mapped[CountOperator | None] = mapped_column(
        choice(CountOperator), comment="how to read the claimed count; null: no claim"
    )
    claimed_count: Mapped[int | None] = mapped_column(
        comment="how often the report says it was spoken; null: no claim"
    )
    claimed_raw: Mapped[str | None] = mapped_column(
        comment="the claim in the report's words; null: no claim"
    )
    gaps: Mapped[list[Any]] = mapped_column(
        comment="[{kind, start, end}]: marks in the quote that stand for no spoken word"
    )
    quoted_by: Mapped[str] = mapped_column(comment="account that registered the quote")
    quoted_at: Mapped[datetime] = mapped_column(comment="when, our clock")

    @property
    def occurrence_claim(self) -> OccurrenceClaim | None:
        """How often the report says the words were spoken, if it says."""
        if self.claimed_op is None or self.claimed_count is None or self.claimed_raw is None:
            return None
        return OccurrenceClaim(op=self.claimed_op, count=self.claimed_count, raw=self.claimed_raw)


class Alignment(Sealed, Base):
    """What one method found for one quote in one version of a transcript: a proposal."""

    __tablename__ = "alignment"
    __table_args__ = (UniqueConstraint("quote_id", "transcript_id", "method", "version"),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the quote's case, repeated")
    quote_id: Mapped[str] = mapped_column(ForeignKey("quote.id"), comment="the quote looked for")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording, repeated"
    )
    transcript_id: Mapped[str] = mapped_column(
        ForeignKey("transcript.id"), index=True, comment="the transcript version it was sought in"
    )
    transcript_sha256: Mapped[str] = mapped_column(comment="digest of the words compared with")
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict), comment="what is proposed")
    reasons: Mapped[list[str]] = mapped_column(comment="why, in sentences that name the words")
    features: Mapped[dict[str, Any]] = mapped_column(comment="what was compared, and the outcome")
    occurrences: Mapped[list[Any]] = mapped_column(
        comment="every place found: span in ms, words, operations; in time order"
    )
    method: Mapped[str] = mapped_column(comment="name of the rules that compared")
    version: Mapped[str] = mapped_column(comment="their version")
    aligned_by: Mapped[str] = mapped_column(comment="account or service that asked for it")
    aligned_at: Mapped[datetime] = mapped_column(comment="when, our clock")

    @property
    def rests_on(self) -> Footing:
        """Whose words the quote was compared with."""
        return Footing(self.features.get("rests_on", Footing.SPOKEN))

    @property
    def spoken_transcript_id(self) -> str | None:
        """The transcript of the words spoken that a translation was linked to, if it was."""
        found: str | None = self.features.get("spoken_transcript_id")
        return found

    @property
    def timed_by(self) -> str:
        """The transcript that the times of its places are from."""
        return self.spoken_transcript_id or self.transcript_id


class ReadingComparison(Sealed, Base):
    """A quote beside what one listener heard at its place: what one method makes of the two."""

    __tablename__ = "reading_comparison"
    __table_args__ = (UniqueConstraint("quote_id", "reading_id", "method", "version"),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the quote's case, repeated")
    quote_id: Mapped[str] = mapped_column(ForeignKey("quote.id"), comment="the quote looked for")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording, repeated"
    )
    reading_id: Mapped[str] = mapped_column(
        ForeignKey("reading.id"), index=True, comment="the reading it was sought in"
    )
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict), comment="what is proposed")
    reasons: Mapped[list[str]] = mapped_column(comment="why, in sentences that name the words")
    features: Mapped[dict[str, Any]] = mapped_column(comment="what was compared, and the outcome")
    occurrences: Mapped[list[Any]] = mapped_column(
        comment="every place found in the reading: words, operations; its span is the reading's"
    )
    method: Mapped[str] = mapped_column(comment="name of the rules that compared")
    version: Mapped[str] = mapped_column(comment="their version")
    compared_by: Mapped[str] = mapped_column(comment="account or service that asked for it")
    compared_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Decision(Sealed, Base):
    """A reviewer's ruling on an alignment."""

    __tablename__ = "alignment_decision"
    __table_args__ = (UniqueConstraint("alignment_id", "revision"),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the alignment's case, repeated")
    alignment_id: Mapped[str] = mapped_column(
        ForeignKey("alignment.id"), comment="the alignment ruled on"
    )
    revision: Mapped[int] = mapped_column(comment="from 1, without gaps; the newest is in force")
    ruling: Mapped[Ruling] = mapped_column(choice(Ruling), comment="what the reviewer says")
    rationale: Mapped[str] = mapped_column(comment="why, in the reviewer's words")
    supersedes: Mapped[str | None] = mapped_column(
        ForeignKey("alignment_decision.id"), comment="the decision before; null: the first"
    )
    reviewer_id: Mapped[str] = mapped_column(comment="account of the reviewer")
    reviewer_name: Mapped[str] = mapped_column(comment="their name at that time")
    decided_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class AcousticSupport(Sealed, Base):
    """What an engine's listening says of each word of an aligned quote: evidence, no verdict."""

    __tablename__ = "acoustic_support"
    __table_args__ = (Index("uq_acoustic_support_job_id", "job_id", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the alignment's case, repeated")
    alignment_id: Mapped[str] = mapped_column(
        ForeignKey("alignment.id"),
        index=True,
        comment="the alignment whose places were asked about",
    )
    job_id: Mapped[str] = mapped_column(comment="the job that asked the engine")
    pcm_sha256: Mapped[str] = mapped_column(comment="digest of the decoded samples listened to")
    model_sha256: Mapped[str | None] = mapped_column(
        comment="digest of the engine's model; null: it has none"
    )
    calibrated: Mapped[bool] = mapped_column(
        comment="whether thresholds were measured for this model; if not, no state is claimed"
    )
    places: Mapped[list[Any]] = mapped_column(
        comment="for each piece of each occurrence: words, states, named alternatives, numbers"
    )
    method: Mapped[str] = mapped_column(comment="name of the method")
    version: Mapped[str] = mapped_column(comment="its version")
    derivation: Mapped[dict[str, Any]] = mapped_column(
        comment="what pins it: engine, parameters, input, thresholds, rival wordings"
    )
    scored_by: Mapped[str] = mapped_column(comment="account or service that ran it")
    scored_at: Mapped[datetime] = mapped_column(comment="when, our clock")

    @property
    def engine(self) -> str:
        """What listened, by name."""
        return str(self.derivation["engine"])
