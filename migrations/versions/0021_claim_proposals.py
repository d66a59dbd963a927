"""What a person says is not claimed where rules proposed it."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim_proposal_rejection",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("report_id", sa.Text, sa.ForeignKey("report.id"), nullable=False, index=True),
        sa.Column("predicate", sa.String(40), nullable=False),
        sa.Column("proposed_by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("rejected_by", sa.Text, nullable=False),
        sa.Column("rejected_at", Instant, nullable=False),
        sa.Column(
            "snapshot_id", sa.Text, sa.ForeignKey("report_snapshot.id"), nullable=False, index=True
        ),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.Column(
            "log_index",
            sa.Integer,
            sa.ForeignKey("custody_leaf.log_index"),
            nullable=False,
            index=True,
        ),
    )
    guards.append_only("claim_proposal_rejection")
