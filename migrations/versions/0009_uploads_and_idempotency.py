"""Unfinished uploads, and answers already given."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _uploads()
    _idempotency()


def _uploads() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("recording_id", sa.Text, sa.ForeignKey("recording.id"), nullable=False),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("durable_offset", sa.BigInteger, nullable=False),
        sa.Column("filename", sa.Text),
        sa.Column("generation", sa.String(40), nullable=False),
        sa.Column("declared_digest", sa.Text),
        sa.Column("declared_by", sa.Text),
        sa.Column("sha256", sa.Text),
        sa.Column("metadata_sent", sa.Text, nullable=False),
        sa.Column("instance_id", sa.Text, sa.ForeignKey("media_instance.id")),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False, index=True),
    )


def _idempotency() -> None:
    op.create_table(
        "given_answer",
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("request_digest", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("headers", sa.JSON, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
    )
