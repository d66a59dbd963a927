"""Recordings, the bytes held of them, and the people and bodies they came through."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from app.core.database import Instant
from migrations import guards

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _recordings()
    _instances()
    _provenance()


def _recordings() -> None:
    _sealed(
        "recording",
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("catalogue_no", sa.Text, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.UniqueConstraint("number", name="uq_recording_number"),
        sa.UniqueConstraint("catalogue_no", name="uq_recording_catalogue_no"),
    )
    _sealed(
        "recording_description",
        _of("recording_id", "recording.id"),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("series", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("sought", sa.Text, nullable=False),
        sa.Column("described_by", sa.Text, nullable=False),
        sa.Column("described_at", Instant, nullable=False),
        sa.UniqueConstraint(
            "recording_id", "revision", name="uq_recording_description_recording_id_revision"
        ),
    )


def _instances() -> None:
    _sealed(
        "media_instance",
        _of("recording_id", "recording.id", index=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("sha256", sa.Text, nullable=False, index=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("original_filename", sa.Text),
        sa.Column("generation", sa.String(40), nullable=False),
        sa.Column("declared_digest", sa.Text),
        sa.Column("declared_by", sa.Text),
        sa.Column("standing", sa.String(40), nullable=False),
        sa.Column("uploaded_by", sa.Text, nullable=False),
        sa.Column("received_at", Instant, nullable=False),
    )
    _sealed(
        "identification",
        _of("instance_id", "media_instance.id", index=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("container", sa.Text),
        sa.Column("codec", sa.Text),
        sa.Column("sample_rate", sa.Integer),
        sa.Column("channels", sa.Integer),
        sa.Column("duration_ms", sa.BigInteger),
        sa.Column("pcm_sha256", sa.Text, index=True),
        sa.Column("decoder", sa.JSON, nullable=False),
        sa.Column("identified_at", Instant, nullable=False),
    )
    _sealed(
        "derivative",
        _of("instance_id", "media_instance.id", index=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("sha256", sa.Text, nullable=False, index=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("made_by", sa.JSON, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
    )


def _provenance() -> None:
    _sealed(
        "claimed_hop",
        _of("recording_id", "recording.id", index=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("agent_id", sa.Text),
        sa.Column("agent_as_described", sa.Text),
        sa.Column("occurred", sa.Text),
        sa.Column("occurred_as_described", sa.Text),
        sa.Column("claimed_by", sa.Text, nullable=False),
        sa.Column("anchor_id", sa.Text),
        sa.Column("protected", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("noted_by", sa.Text, nullable=False),
        sa.Column("noted_at", Instant, nullable=False),
    )
    _sealed(
        "recording_link",
        sa.Column("case_id", sa.Text, nullable=False),
        _of("recording_id", "recording.id", index=True),
        _of("other_id", "recording.id", index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("stated_by", sa.Text, nullable=False),
        sa.Column("stated_at", Instant, nullable=False),
    )
    _sealed(
        "recording_link_ruling",
        _of("link_id", "recording_link.id", index=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("decision", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("ruled_by", sa.Text, nullable=False),
        sa.Column("ruled_at", Instant, nullable=False),
    )


def _of(name: str, target: str, *, index: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, sa.ForeignKey(target), nullable=False, index=index)


def _sealed(table: str, *items: SchemaItem) -> None:
    """An append-only table whose rows point at the custody entry that made them."""
    op.create_table(
        table,
        sa.Column("id", sa.Text, primary_key=True),
        *items,
        sa.Column(
            "log_index",
            sa.Integer,
            sa.ForeignKey("custody_leaf.log_index"),
            nullable=False,
            index=True,
        ),
    )
    guards.append_only(table)
