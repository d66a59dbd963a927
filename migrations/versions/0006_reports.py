"""What was published, frozen, and who repeats whom."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("authors", sa.JSON(none_as_null=True)),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("published_edtf", sa.Text),
        sa.Column("published_raw", sa.Text),
        sa.Column("registered_by", sa.Text, nullable=False),
        sa.Column("registered_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("report")

    op.create_table(
        "report_snapshot",
        sa.Column("id", sa.Text, primary_key=True),
        _reference("report_id", "report"),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("retrieved_at", Instant),
        sa.Column("frozen_by", sa.Text, nullable=False),
        sa.Column("frozen_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("report_snapshot")

    op.create_table(
        "report_link",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        _reference("from_report_id", "report"),
        _reference("to_report_id", "report"),
        sa.Column("relation", sa.String(40), nullable=False),
        sa.Column("layer", sa.String(40), nullable=False),
        sa.Column("snapshot_id", sa.Text, sa.ForeignKey("report_snapshot.id")),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("exact", sa.Text),
        sa.Column("prefix", sa.Text),
        sa.Column("suffix", sa.Text),
        sa.Column("rationale", sa.Text),
        sa.Column("linked_by", sa.Text, nullable=False),
        sa.Column("linked_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("report_link")

    op.create_table(
        "citation",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        _reference("report_id", "report"),
        _reference("recording_id", "recording"),
        _reference("snapshot_id", "report_snapshot"),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.Column("cited_by", sa.Text, nullable=False),
        sa.Column("cited_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("citation")


def _reference(name: str, table: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, sa.ForeignKey(f"{table}.id"), nullable=False, index=True)


def _log_index() -> "sa.Column[int]":
    return sa.Column(
        "log_index",
        sa.Integer,
        sa.ForeignKey("custody_leaf.log_index"),
        nullable=False,
        index=True,
    )
