"""Proposed links between reports that a person rejected."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_link_rejection",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("report_id", sa.Text, sa.ForeignKey("report.id"), nullable=False, index=True),
        sa.Column("to_report_id", sa.Text, sa.ForeignKey("report.id"), nullable=True),
        sa.Column("proposal", sa.Text, nullable=False),
        sa.Column("relation", sa.String(40), nullable=False),
        sa.Column("proposed_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("rejected_by", sa.Text, nullable=False),
        sa.Column("rejected_at", Instant, nullable=False),
        sa.Column(
            "log_index",
            sa.Integer,
            sa.ForeignKey("custody_leaf.log_index"),
            nullable=False,
            index=True,
        ),
    )
    guards.append_only("report_link_rejection")
