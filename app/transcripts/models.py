"""
Transcripts and their segments, and rival readings of spans.

A transcript is sealed: its row carries the digest of its content, and the content lies in
segments that only ever grow in number. `queries.check` computes the digest again. Editing
makes a child with a parent, so that what a machine or a person wrote first stays readable.

The digest is taken over the canonical JSON of the value (`Transcript.as_data` of the library):
`{"language", "segments": [{text, start_ms, end_ms, words, speaker, flags}]}`.

A reading is what one named listener heard in one span. Readings stand beside one another and
beside every transcript; none is the right one. One that its listener takes back stays, with a newer
one pointing at it or with a withdrawal.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice
from app.custody.models import Sealed
from transcription.span import Span


class TranscriptKind(StrEnum):
    """Where the words come from."""

    ASR = "asr"  # an engine listened
    HUMAN = "human"  # a person listened
    PUBLISHED = "published"  # somebody printed it
    CORRECTION = "correction"  # a person changed another version
    TRANSLATION = "translation"  # in another language than was spoken


class Transcript(Sealed, Base):
    """One version of what is said in a recording."""

    __tablename__ = "transcript"
    __table_args__ = (Index("uq_transcript_job_id", "job_id", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="whose need to know")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording it is of"
    )
    instance_id: Mapped[str | None] = mapped_column(
        ForeignKey("media_instance.id"), comment="the bytes listened to, if any were held"
    )
    job_id: Mapped[str | None] = mapped_column(
        comment="the job that made it; a job makes one, however often its last step is repeated"
    )
    kind: Mapped[TranscriptKind] = mapped_column(
        choice(TranscriptKind), comment="where the words come from"
    )
    parent_id: Mapped[str | None] = mapped_column(
        ForeignKey("transcript.id"),
        index=True,
        comment="the version that this one changes, translates or hears again",
    )
    language: Mapped[str] = mapped_column(comment="ISO 639-1, or und")
    pcm_sha256: Mapped[str | None] = mapped_column(
        comment="digest of the decoded samples its times refer to; none where nothing is held"
    )
    content_sha256: Mapped[str] = mapped_column(
        index=True, comment="digest of the canonical JSON of the content"
    )
    segment_count: Mapped[int] = mapped_column(comment="number of segments")
    word_count: Mapped[int] = mapped_column(comment="number of words")
    derivation: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True),
        comment="engine, version, model digest, parameters, device, notice; repairs of a file",
    )
    source_format: Mapped[str | None] = mapped_column(comment="format of the file it came in")
    source_sha256: Mapped[str | None] = mapped_column(comment="digest of the file it came in")
    author_id: Mapped[str] = mapped_column(comment="account or service that brought it in")
    author_name: Mapped[str] = mapped_column(comment="their name at that time")
    note: Mapped[str | None] = mapped_column(comment="what a reader should know about it")
    made_at: Mapped[datetime] = mapped_column(comment="our clock")

    @property
    def engine(self) -> str | None:
        """The engine or model that wrote it, as found or as stated; `None` for a person's work."""
        return (self.derivation or {}).get("engine") or None

    @property
    def made_here(self) -> bool:
        """Whether an engine of this house wrote it, so that it can be run again."""
        return self.derivation is not None and "input" in self.derivation

    @property
    def channel(self) -> int | None:
        """The one channel that was heard, from 0; `None` for all of them mixed."""
        heard: dict[str, int | None] = (self.derivation or {}).get("input", {})
        return heard.get("channel")

    @property
    def notice(self) -> str | None:
        """What a reader must be told before anything else: a draft, an exercise model."""
        return (self.derivation or {}).get("notice") or None


class SegmentRow(Base):
    """One segment of a transcript, with its words as data."""

    __tablename__ = "transcript_segment"

    id: Mapped[str] = mapped_column(primary_key=True, comment="<transcript>/<ordinal>")
    transcript_id: Mapped[str] = mapped_column(
        ForeignKey("transcript.id"), index=True, comment="the transcript it belongs to"
    )
    case_id: Mapped[str] = mapped_column(index=True, comment="whose need to know")
    ordinal: Mapped[int] = mapped_column(comment="place in the transcript, from 0")
    start_ms: Mapped[int | None] = mapped_column(comment="from the start of the original")
    end_ms: Mapped[int | None] = mapped_column(comment="from the start of the original")
    speaker: Mapped[str | None] = mapped_column(comment="label given to the voice")
    text: Mapped[str] = mapped_column(comment="what is said")
    flags: Mapped[list[str]] = mapped_column(comment="warnings to the reader")
    words: Mapped[list[Any]] = mapped_column(
        comment="{text, start_ms, end_ms, permille, interpolated}, whole numbers"
    )


class Confidence(StrEnum):
    """How sure a listener is; the listener's own words stand beside it or instead of it."""

    CERTAIN = "certain"  # nothing else could have been said
    PROBABLE = "probable"  # more likely than anything else
    POSSIBLE = "possible"  # one of several
    GUESS = "guess"  # hardly more than a sound


class Blindness(StrEnum):
    """Whether a listener knew what others had heard, as the listener states it."""

    BLIND = "blind"  # had seen neither a transcript nor a reading of it
    NOT_BLIND = "not_blind"
    NOT_STATED = "not_stated"


class Reading(Sealed, Base):
    """What one listener heard in one span of a recording."""

    __tablename__ = "reading"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the recording's case, repeated")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording listened to"
    )
    instance_id: Mapped[str] = mapped_column(
        ForeignKey("media_instance.id"), comment="the bytes that were held when it was recorded"
    )
    pcm_sha256: Mapped[str] = mapped_column(
        comment="digest of the decoded samples that its times refer to"
    )
    transcript_id: Mapped[str | None] = mapped_column(
        ForeignKey("transcript.id"), comment="the version it was set against; null: none"
    )
    start_ms: Mapped[int] = mapped_column(comment="from the start of the original")
    end_ms: Mapped[int] = mapped_column(comment="from the start of the original, exclusive")
    text: Mapped[str] = mapped_column(comment="what the listener heard, verbatim")
    language: Mapped[str] = mapped_column(comment="ISO 639-1 of the words, or und")
    listener: Mapped[str] = mapped_column(comment="who listened, as named or described")
    confidence: Mapped[Confidence | None] = mapped_column(
        choice(Confidence), comment="how sure, on our scale; null: not stated on it"
    )
    confidence_as_stated: Mapped[str | None] = mapped_column(
        comment="how sure, in the listener's own words; null: not stated"
    )
    blind: Mapped[Blindness] = mapped_column(
        choice(Blindness), comment="whether the listener knew other readings, as stated"
    )
    note: Mapped[str | None] = mapped_column(comment="what a reader should know about it")
    supersedes_id: Mapped[str | None] = mapped_column(
        ForeignKey("reading.id"), unique=True, comment="the reading this one replaces"
    )
    recorded_by: Mapped[str] = mapped_column(comment="account that recorded it")
    recorded_by_name: Mapped[str] = mapped_column(comment="their name at that time")
    recorded_at: Mapped[datetime] = mapped_column(comment="when, our clock")

    @property
    def span(self) -> Span:
        """When it was heard."""
        return Span(self.start_ms, self.end_ms)


class ReadingWithdrawal(Sealed, Base):
    """That a reading was taken back, without another in its place."""

    __tablename__ = "reading_withdrawal"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the reading's case, repeated")
    reading_id: Mapped[str] = mapped_column(
        ForeignKey("reading.id"), unique=True, comment="the reading withdrawn"
    )
    reason: Mapped[str] = mapped_column(comment="why")
    withdrawn_by: Mapped[str] = mapped_column(comment="account that withdrew it")
    withdrawn_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Replay(Sealed, Base):
    """One time that a machine's transcript was made again, and how that came out."""

    __tablename__ = "transcript_replay"
    __table_args__ = (Index("uq_transcript_replay_job_id", "job_id", unique=True),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="whose need to know")
    transcript_id: Mapped[str] = mapped_column(
        ForeignKey("transcript.id"), index=True, comment="the transcript that was made again"
    )
    job_id: Mapped[str | None] = mapped_column(
        comment="the job that replayed it; null: somebody at the machine itself"
    )
    identical: Mapped[bool] = mapped_column(comment="whether every word, time and flag agrees")
    samples_same: Mapped[bool] = mapped_column(
        comment="whether decoding again gave the samples that the times refer to"
    )
    pcm_sha256: Mapped[str] = mapped_column(comment="digest of the samples decoded now")
    content_sha256: Mapped[str] = mapped_column(comment="digest of the content heard now")
    differences: Mapped[dict[str, Any]] = mapped_column(
        comment="counts and changes, word by word; empty for an identical one"
    )
    environment: Mapped[list[Any]] = mapped_column(
        comment="[{what, recorded, found}]: in what the two hearings differ"
    )
    derivation: Mapped[dict[str, Any]] = mapped_column(comment="what pins the new hearing")
    replayed_by: Mapped[str] = mapped_column(comment="account or service that ran it")
    replayed_at: Mapped[datetime] = mapped_column(comment="our clock")
