"""What the audio says of each word of an aligned quote."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "acoustic_support",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column(
            "alignment_id", sa.Text, sa.ForeignKey("alignment.id"), nullable=False, index=True
        ),
        sa.Column("job_id", sa.Text, nullable=False),
        sa.Column("pcm_sha256", sa.Text, nullable=False),
        sa.Column("model_sha256", sa.Text, nullable=True),
        sa.Column("calibrated", sa.Boolean, nullable=False),
        sa.Column("places", sa.JSON, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("derivation", sa.JSON, nullable=False),
        sa.Column("scored_by", sa.Text, nullable=False),
        sa.Column("scored_at", Instant, nullable=False),
        sa.Column(
            "log_index",
            sa.Integer,
            sa.ForeignKey("custody_leaf.log_index"),
            nullable=False,
            index=True,
        ),
    )
    op.create_index("uq_acoustic_support_job_id", "acoustic_support", ["job_id"], unique=True)
    guards.append_only("acoustic_support")
    if op.get_bind().dialect.name == "sqlite":
        # INSERT OR REPLACE would make room for a second one by deleting the first.
        op.execute(
            "create trigger acoustic_support_one_per_job before insert on acoustic_support "
            "when exists (select 1 from acoustic_support where job_id = new.job_id) "
            "begin select raise(abort, 'acoustic_support: this job has made one'); end"
        )
