"""What was heard, according to whom."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transcript",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column(
            "recording_id", sa.Text, sa.ForeignKey("recording.id"), nullable=False, index=True
        ),
        sa.Column("instance_id", sa.Text, sa.ForeignKey("media_instance.id"), nullable=True),
        sa.Column("job_id", sa.Text, nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("parent_id", sa.Text, sa.ForeignKey("transcript.id"), nullable=True, index=True),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("pcm_sha256", sa.Text, nullable=True),
        sa.Column("content_sha256", sa.Text, nullable=False, index=True),
        sa.Column("segment_count", sa.Integer, nullable=False),
        sa.Column("word_count", sa.Integer, nullable=False),
        sa.Column("derivation", sa.JSON, nullable=True),
        sa.Column("source_format", sa.Text, nullable=True),
        sa.Column("source_sha256", sa.Text, nullable=True),
        sa.Column("author_id", sa.Text, nullable=False),
        sa.Column("author_name", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column(
            "log_index",
            sa.Integer,
            sa.ForeignKey("custody_leaf.log_index"),
            nullable=False,
            index=True,
        ),
    )
    op.create_index("uq_transcript_job_id", "transcript", ["job_id"], unique=True)
    guards.append_only("transcript")
    _one_transcript_per_job()

    op.create_table(
        "transcript_segment",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column(
            "transcript_id", sa.Text, sa.ForeignKey("transcript.id"), nullable=False, index=True
        ),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("start_ms", sa.Integer, nullable=True),
        sa.Column("end_ms", sa.Integer, nullable=True),
        sa.Column("speaker", sa.Text, nullable=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("flags", sa.JSON, nullable=False),
        sa.Column("words", sa.JSON, nullable=False),
    )
    guards.append_only("transcript_segment")


def _one_transcript_per_job() -> None:
    """SQLite's INSERT OR REPLACE would make room for a second one by deleting the first."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "create trigger transcript_one_per_job before insert on transcript "
            "when exists (select 1 from transcript where job_id = new.job_id) "
            "begin select raise(abort, 'transcript: this job has made one already'); end"
        )
