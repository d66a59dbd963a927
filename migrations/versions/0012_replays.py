"""Machines' transcripts made again, and how that came out."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transcript_replay",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column(
            "transcript_id", sa.Text, sa.ForeignKey("transcript.id"), nullable=False, index=True
        ),
        sa.Column("job_id", sa.Text, nullable=True),
        sa.Column("identical", sa.Boolean, nullable=False),
        sa.Column("samples_same", sa.Boolean, nullable=False),
        sa.Column("pcm_sha256", sa.Text, nullable=False),
        sa.Column("content_sha256", sa.Text, nullable=False),
        sa.Column("differences", sa.JSON, nullable=False),
        sa.Column("environment", sa.JSON, nullable=False),
        sa.Column("derivation", sa.JSON, nullable=False),
        sa.Column("replayed_by", sa.Text, nullable=False),
        sa.Column("replayed_at", Instant, nullable=False),
        sa.Column(
            "log_index",
            sa.Integer,
            sa.ForeignKey("custody_leaf.log_index"),
            nullable=False,
            index=True,
        ),
    )
    op.create_index("uq_transcript_replay_job_id", "transcript_replay", ["job_id"], unique=True)
    guards.append_only("transcript_replay")
    _one_replay_per_job()


def _one_replay_per_job() -> None:
    """SQLite's INSERT OR REPLACE would make room for a second one by deleting the first."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "create trigger transcript_replay_one_per_job before insert on transcript_replay "
            "when exists (select 1 from transcript_replay where job_id = new.job_id) "
            "begin select raise(abort, 'transcript_replay: this job has made one'); end"
        )
