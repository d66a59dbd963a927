"""What people concluded about authenticity, in their own words."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column(
            "recording_id", sa.Text, sa.ForeignKey("recording.id"), nullable=False, index=True
        ),
        sa.Column("instance_id", sa.Text, sa.ForeignKey("media_instance.id")),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("stance", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("wording", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("assessor_id", sa.Text, sa.ForeignKey("agent.id")),
        sa.Column("assessor_as_described", sa.Text),
        sa.Column("interest", sa.String(40), nullable=False),
        sa.Column("binding", sa.String(40), nullable=False),
        sa.Column("material_as_described", sa.Text),
        sa.Column("method", sa.Text),
        sa.Column("limitations", sa.Text),
        sa.Column("scale", sa.Text),
        sa.Column("scale_version", sa.Text),
        sa.Column("scale_value", sa.Text),
        sa.Column("said_edtf", sa.Text),
        sa.Column("snapshot_id", sa.Text, sa.ForeignKey("report_snapshot.id")),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("exact", sa.Text),
        sa.Column("prefix", sa.Text),
        sa.Column("suffix", sa.Text),
        sa.Column("supersedes_id", sa.Text, sa.ForeignKey("assessment.id"), unique=True),
        sa.Column("signed_by", sa.Text, nullable=False),
        sa.Column("signed_by_name", sa.Text, nullable=False),
        sa.Column("signed_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("assessment")

    op.create_table(
        "assessment_retraction",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column(
            "assessment_id", sa.Text, sa.ForeignKey("assessment.id"), nullable=False, unique=True
        ),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("retracted_by", sa.Text, nullable=False),
        sa.Column("retracted_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("assessment_retraction")


def _log_index() -> sa.Column[int]:
    return sa.Column(
        "log_index",
        sa.Integer,
        sa.ForeignKey("custody_leaf.log_index"),
        nullable=False,
        index=True,
    )
