"""What was published against what was said: quotes, alignments and decisions on them."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quote",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        _reference("report_id", "report", index=True),
        _reference("snapshot_id", "report_snapshot", index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("target_kind", sa.String(40), nullable=False),
        sa.Column("recording_id", sa.Text, sa.ForeignKey("recording.id"), index=True),
        sa.Column("target_report_id", sa.Text, sa.ForeignKey("report.id")),
        sa.Column("speaker_as_described", sa.Text),
        sa.Column("in_reply_to", sa.Text, sa.ForeignKey("quote.id")),
        sa.Column("claimed_op", sa.String(40)),
        sa.Column("claimed_count", sa.Integer),
        sa.Column("claimed_raw", sa.Text),
        sa.Column("gaps", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("quoted_by", sa.Text, nullable=False),
        sa.Column("quoted_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("quote")

    op.create_table(
        "alignment",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        _reference("quote_id", "quote"),
        _reference("recording_id", "recording", index=True),
        _reference("transcript_id", "transcript", index=True),
        sa.Column("transcript_sha256", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("reasons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("features", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("occurrences", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("aligned_by", sa.Text, nullable=False),
        sa.Column("aligned_at", Instant, nullable=False),
        _log_index(),
        sa.UniqueConstraint("quote_id", "transcript_id", "method", "version"),
    )
    guards.append_only("alignment")

    op.create_table(
        "alignment_decision",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        _reference("alignment_id", "alignment"),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("ruling", sa.String(40), nullable=False),
        sa.Column("rationale", sa.Text, nullable=False),
        sa.Column("supersedes", sa.Text, sa.ForeignKey("alignment_decision.id")),
        sa.Column("reviewer_id", sa.Text, nullable=False),
        sa.Column("reviewer_name", sa.Text, nullable=False),
        sa.Column("decided_at", Instant, nullable=False),
        _log_index(),
        sa.UniqueConstraint("alignment_id", "revision"),
    )
    guards.append_only("alignment_decision")


def _reference(name: str, table: str, *, index: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, sa.ForeignKey(f"{table}.id"), nullable=False, index=index)


def _log_index() -> "sa.Column[int]":
    return sa.Column(
        "log_index",
        sa.Integer,
        sa.ForeignKey("custody_leaf.log_index"),
        nullable=False,
        index=True,
    )
