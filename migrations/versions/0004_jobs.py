"""Work that outlives a request, and the workers that do it."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject_kind", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False, index=True),
        sa.Column("case_id", sa.Text, nullable=True, index=True),
        sa.Column("params", sa.JSON, nullable=False),
        sa.Column("requested_by", sa.JSON, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("stage", sa.Text, nullable=True),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=True),
        sa.Column("problem", sa.JSON, nullable=True),
        sa.Column("result", sa.JSON, nullable=True),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("starts", sa.Integer, nullable=False),
        sa.Column("cancel_requested", sa.Boolean, nullable=False),
        sa.Column("executor_id", sa.Text, nullable=True),
        sa.Column("requested_at", Instant, nullable=False),
        sa.Column("started_at", Instant, nullable=True),
        sa.Column("finished_at", Instant, nullable=True),
        sa.Column("updated_at", Instant, nullable=False),
    )
    op.create_index("ix_job_state_requested_at", "job", ["state", "requested_at"])

    op.create_table(
        "worker_heartbeat",
        sa.Column("executor_id", sa.Text, primary_key=True),
        sa.Column("started_at", Instant, nullable=False),
        sa.Column("beat_at", Instant, nullable=False, index=True),
        sa.Column("stopped_at", Instant, nullable=True),
    )
