"""What named listeners heard in a span, beside one another."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column(
            "recording_id", sa.Text, sa.ForeignKey("recording.id"), nullable=False, index=True
        ),
        sa.Column("instance_id", sa.Text, sa.ForeignKey("media_instance.id"), nullable=False),
        sa.Column("pcm_sha256", sa.Text, nullable=False),
        sa.Column("transcript_id", sa.Text, sa.ForeignKey("transcript.id"), nullable=True),
        sa.Column("start_ms", sa.Integer, nullable=False),
        sa.Column("end_ms", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("listener", sa.Text, nullable=False),
        sa.Column("confidence", sa.String(40), nullable=True),
        sa.Column("confidence_as_stated", sa.Text, nullable=True),
        sa.Column("blind", sa.String(40), nullable=False),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("supersedes_id", sa.Text, sa.ForeignKey("reading.id"), unique=True),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_by_name", sa.Text, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("reading")

    op.create_table(
        "reading_withdrawal",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("reading_id", sa.Text, sa.ForeignKey("reading.id"), nullable=False, unique=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("withdrawn_by", sa.Text, nullable=False),
        sa.Column("withdrawn_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("reading_withdrawal")


def _log_index() -> sa.Column[int]:
    return sa.Column(
        "log_index",
        sa.Integer,
        sa.ForeignKey("custody_leaf.log_index"),
        nullable=False,
        index=True,
    )
