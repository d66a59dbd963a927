"""Published pages as they came, what was read of them, and which snapshots came of that."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_capture",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("arrived", sa.String(40), nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("filename", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("retrieved_at", Instant),
        sa.Column("page_sha256", sa.Text, nullable=False),
        sa.Column("page_size", sa.Integer, nullable=False),
        sa.Column("page_offset", sa.Integer, nullable=False),
        sa.Column("warc_sha256", sa.Text, nullable=False, index=True),
        sa.Column("warc_size", sa.Integer, nullable=False),
        sa.Column("captured_by", sa.Text, nullable=False),
        sa.Column("captured_at", Instant, nullable=False),
        _log_index(),
    )
    op.create_table(
        "report_extraction",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column(
            "capture_id", sa.Text, sa.ForeignKey("report_capture.id"), nullable=False, index=True
        ),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("kind", sa.Text),
        sa.Column("text", sa.Text),
        sa.Column("text_sha256", sa.Text),
        sa.Column("proposals", sa.JSON, nullable=False),
        sa.Column("remarks", sa.JSON, nullable=False),
        sa.Column("tool", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("parameters", sa.JSON, nullable=False),
        sa.Column("extracted_at", Instant, nullable=False),
        _log_index(),
        sa.UniqueConstraint("capture_id", "tool", "version"),
    )
    for table in ("report_capture", "report_extraction"):
        guards.append_only(table)
    op.add_column("report_snapshot", sa.Column("extraction_id", sa.Text))
    op.create_index("ix_report_snapshot_extraction_id", "report_snapshot", ["extraction_id"])


def _log_index() -> sa.Column[int]:
    return sa.Column(
        "log_index",
        sa.Integer,
        sa.ForeignKey("custody_leaf.log_index"),
        nullable=False,
        index=True,
    )
