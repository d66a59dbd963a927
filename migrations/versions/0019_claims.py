"""What reports claim, and what people said of claims that cannot both be so."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("report_id", sa.Text, sa.ForeignKey("report.id"), nullable=False, index=True),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False),
        sa.Column("predicate", sa.String(40), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.Column("modality", sa.String(40), nullable=False),
        sa.Column("said_by_id", sa.Text, sa.ForeignKey("agent.id")),
        sa.Column("said_by_as_described", sa.Text),
        sa.Column("force", sa.String(40)),
        sa.Column("via", sa.JSON, nullable=False),
        sa.Column("earliest", sa.Text),
        sa.Column("latest", sa.Text),
        sa.Column("supersedes_id", sa.Text, sa.ForeignKey("claim.id"), unique=True),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False),
        sa.Column(
            "snapshot_id", sa.Text, sa.ForeignKey("report_snapshot.id"), nullable=False, index=True
        ),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
        _log_index(),
    )
    op.create_index(
        "ix_claim_case_id_subject_kind_subject_id",
        "claim",
        ["case_id", "subject_kind", "subject_id"],
    )
    guards.append_only("claim")

    op.create_table(
        "claim_withdrawal",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("claim_id", sa.Text, sa.ForeignKey("claim.id"), nullable=False, unique=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("withdrawn_by", sa.Text, nullable=False),
        sa.Column("withdrawn_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("claim_withdrawal")

    op.create_table(
        "conflict_decision",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("conflict_key", sa.Text, nullable=False, index=True),
        sa.Column("claim_ids", sa.JSON, nullable=False),
        sa.Column("ruling", sa.String(40), nullable=False),
        sa.Column("chosen_claim_id", sa.Text, sa.ForeignKey("claim.id")),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("supersedes_id", sa.Text, sa.ForeignKey("conflict_decision.id"), unique=True),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("conflict_decision")


def _log_index() -> sa.Column[int]:
    return sa.Column(
        "log_index",
        sa.Integer,
        sa.ForeignKey("custody_leaf.log_index"),
        nullable=False,
        index=True,
    )
