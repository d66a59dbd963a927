"""
Recordings, what is held of them, and how they are said to have come here.

Everything but `Upload` is sealed. A recording's own row says only what can never change;
how it is described is a chain of revisions. A media instance is one arrival of bytes: the
same bytes arriving twice are two instances of one stored object, so that each arrival has
its own receipt and neither tells of the other.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice
from app.custody.models import Sealed
from app.recordings.provenance import (
    DerivativeKind,
    Generation,
    Ground,
    HopAction,
    LinkDecision,
    LinkKind,
    Outcome,
    RecordingKind,
    Standing,
    Status,
)


class Recording(Sealed, Base):
    """One intercepted conversation, as an entry of the catalogue."""

    __tablename__ = "recording"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="whose need to know")
    number: Mapped[int] = mapped_column(
        unique=True, comment="counts recordings from 1 without gaps; gives pages their order"
    )
    catalogue_no: Mapped[str] = mapped_column(
        unique=True, comment="the number as people say it: R-0001, at least four digits"
    )
    kind: Mapped[RecordingKind] = mapped_column(
        choice(RecordingKind), comment="how the conversation was carried"
    )


class Description(Sealed, Base):
    """One revision of how a recording is described; the newest is the one in force."""

    __tablename__ = "recording_description"
    __table_args__ = (UniqueConstraint("recording_id", "revision"),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), comment="the recording described"
    )
    case_id: Mapped[str] = mapped_column(comment="whose need to know")
    revision: Mapped[int] = mapped_column(comment="from 1, without gaps")
    title: Mapped[str] = mapped_column(comment="what people call the recording")
    status: Mapped[Status] = mapped_column(choice(Status), comment="what is known of its bytes")
    languages: Mapped[list[str]] = mapped_column(comment="ISO 639-1 codes spoken, or und")
    series: Mapped[str | None] = mapped_column(comment="the set it was published in, if any")
    note: Mapped[str | None] = mapped_column(comment="anything else a reader should know")
    sought: Mapped[str] = mapped_column(
        comment="what a search looks through: number, title, series and languages, case-folded"
    )
    described_by: Mapped[str] = mapped_column(comment="account that wrote this revision")
    described_at: Mapped[datetime] = mapped_column(comment="our clock")


class MediaInstance(Sealed, Base):
    """One arrival of bytes said to be a recording, exactly as received."""

    __tablename__ = "media_instance"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording these bytes are of"
    )
    case_id: Mapped[str] = mapped_column(index=True, comment="whose need to know")
    sha256: Mapped[str] = mapped_column(index=True, comment="our own digest of the bytes")
    size: Mapped[int] = mapped_column(BigInteger, comment="bytes")
    original_filename: Mapped[str | None] = mapped_column(
        comment="as sent, NFC; data only, never a path"
    )
    generation: Mapped[Generation] = mapped_column(
        choice(Generation), comment="what the bringer says these bytes are"
    )
    declared_digest: Mapped[str | None] = mapped_column(
        comment="the sender's own digest, kept apart from ours"
    )
    declared_by: Mapped[str | None] = mapped_column(comment="whose digest that was, in words")
    standing: Mapped[Standing] = mapped_column(
        choice(Standing), comment="quarantined when the declared digest differs from ours"
    )
    uploaded_by: Mapped[str] = mapped_column(comment="account that brought the bytes")
    received_at: Mapped[datetime] = mapped_column(comment="our clock")


class Identification(Sealed, Base):
    """What the confined decoder found in an instance; a later one may follow with newer tools."""

    __tablename__ = "identification"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    instance_id: Mapped[str] = mapped_column(
        ForeignKey("media_instance.id"), index=True, comment="the bytes looked at"
    )
    case_id: Mapped[str] = mapped_column(comment="whose need to know")
    outcome: Mapped[Outcome] = mapped_column(choice(Outcome), comment="whether they decoded")
    reason: Mapped[str | None] = mapped_column(comment="why not, in the decoder's terms")
    container: Mapped[str | None] = mapped_column(comment="e.g. wav, mp3, ogg")
    codec: Mapped[str | None] = mapped_column(comment="e.g. pcm_s16le, mp3, opus")
    sample_rate: Mapped[int | None] = mapped_column(comment="Hz, as stored")
    channels: Mapped[int | None] = mapped_column(comment="as stored")
    duration_ms: Mapped[int | None] = mapped_column(
        BigInteger, comment="from counted samples, never from a header"
    )
    pcm_sha256: Mapped[str | None] = mapped_column(
        index=True, comment="digest of the decoded samples"
    )
    decoder: Mapped[dict[str, Any]] = mapped_column(comment="tools and their versions")
    identified_at: Mapped[datetime] = mapped_column(comment="our clock")


class Derivative(Sealed, Base):
    """A file made from an instance for the pages; never evidence by itself."""

    __tablename__ = "derivative"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    instance_id: Mapped[str] = mapped_column(
        ForeignKey("media_instance.id"), index=True, comment="the bytes it was made from"
    )
    case_id: Mapped[str] = mapped_column(comment="whose need to know")
    kind: Mapped[DerivativeKind] = mapped_column(choice(DerivativeKind), comment="what it is for")
    sha256: Mapped[str] = mapped_column(index=True, comment="digest of the file made")
    size: Mapped[int] = mapped_column(BigInteger, comment="bytes")
    media_type: Mapped[str] = mapped_column(comment="how it is served")
    made_by: Mapped[dict[str, Any]] = mapped_column(comment="tool, versions and parameters")
    made_at: Mapped[datetime] = mapped_column(comment="our clock")


class ClaimedHop(Sealed, Base):
    """One step of the recording's way to us, as somebody claims it was."""

    __tablename__ = "claimed_hop"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording that came this way"
    )
    case_id: Mapped[str] = mapped_column(comment="whose need to know")
    action: Mapped[HopAction] = mapped_column(choice(HopAction), comment="what is said to be done")
    agent_id: Mapped[str | None] = mapped_column(comment="who is said to have done it, if known")
    agent_as_described: Mapped[str | None] = mapped_column(
        comment="who, in the words of the claim; protected like a source"
    )
    occurred: Mapped[str | None] = mapped_column(comment="when, EDTF level 0, if stated")
    occurred_as_described: Mapped[str | None] = mapped_column(comment="when, in the claim's words")
    claimed_by: Mapped[str] = mapped_column(comment="who says so, in words")
    anchor_id: Mapped[str | None] = mapped_column(comment="where a report says so, if one does")
    protected: Mapped[bool] = mapped_column(
        comment="whether the agent is a source to be protected"
    )
    note: Mapped[str | None] = mapped_column(comment="anything else")
    noted_by: Mapped[str] = mapped_column(comment="account that wrote the claim down")
    noted_at: Mapped[datetime] = mapped_column(comment="our clock")


class RecordingLink(Sealed, Base):
    """One person's statement of how two recordings of a case stand to one another."""

    __tablename__ = "recording_link"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(comment="whose need to know")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording spoken of"
    )
    other_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the recording it is related to"
    )
    kind: Mapped[LinkKind] = mapped_column(choice(LinkKind), comment="how the first stands to it")
    ground: Mapped[Ground] = mapped_column(choice(Ground), comment="what this rests on")
    reason: Mapped[str] = mapped_column(comment="why, for the second person to check")
    stated_by: Mapped[str] = mapped_column(comment="account that stated it")
    stated_at: Mapped[datetime] = mapped_column(comment="our clock")


class LinkRuling(Sealed, Base):
    """A second person's confirmation of a link, or its withdrawal."""

    __tablename__ = "recording_link_ruling"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    link_id: Mapped[str] = mapped_column(
        ForeignKey("recording_link.id"), index=True, comment="the link ruled on"
    )
    case_id: Mapped[str] = mapped_column(comment="whose need to know")
    decision: Mapped[LinkDecision] = mapped_column(choice(LinkDecision), comment="what was said")
    reason: Mapped[str] = mapped_column(comment="why")
    ruled_by: Mapped[str] = mapped_column(comment="account that ruled")
    ruled_at: Mapped[datetime] = mapped_column(comment="our clock")


class Upload(Base):
    """Bytes on their way in; operational, gone once they became an instance or expired."""

    __tablename__ = "upload"

    id: Mapped[str] = mapped_column(primary_key=True, comment="128 random bits, hex")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), comment="the recording these bytes are for"
    )
    case_id: Mapped[str] = mapped_column(index=True, comment="whose quota is reserved")
    account_id: Mapped[str] = mapped_column(comment="who may go on with it")
    length: Mapped[int] = mapped_column(BigInteger, comment="bytes announced, and reserved")
    durable_offset: Mapped[int] = mapped_column(BigInteger, comment="bytes that survive a crash")
    filename: Mapped[str | None] = mapped_column(comment="as sent, NFC; data only")
    generation: Mapped[Generation] = mapped_column(choice(Generation), comment="as claimed")
    declared_digest: Mapped[str | None] = mapped_column(comment="the sender's own digest")
    declared_by: Mapped[str | None] = mapped_column(comment="whose digest that was")
    sha256: Mapped[str | None] = mapped_column(
        comment="our digest once every byte is durable; what is left then is to acquire them"
    )
    metadata_sent: Mapped[str] = mapped_column(comment="Upload-Metadata, returned as it came")
    instance_id: Mapped[str | None] = mapped_column(
        ForeignKey("media_instance.id"), comment="what it became when it was complete"
    )
    started_at: Mapped[datetime] = mapped_column(comment="our clock")
    expires_at: Mapped[datetime] = mapped_column(index=True, comment="when it may be swept")
