"""
The custody log comes first: nothing may happen that it does not record.
"""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from app.custody.tiles import EMPTY_ROOT
from migrations import guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "custody_leaf",
        sa.Column("log_index", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("commitment", sa.LargeBinary, nullable=False),
    )
    guards.append_only("custody_leaf", key="log_index")
    guards.dense("custody_leaf", key="log_index")

    op.create_table(
        "custody_entry",
        sa.Column(
            "log_index",
            sa.Integer,
            sa.ForeignKey("custody_leaf.log_index"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("subject_kind", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=True, index=True),
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.Column("recorded_at", Instant, nullable=False, index=True),
        sa.Index("ix_custody_entry_subject_id_log_index", "subject_id", "log_index"),
    )
    guards.append_only("custody_entry", key="log_index")

    op.create_table(
        "custody_tile",
        sa.Column("level", sa.Integer, primary_key=True),
        sa.Column("tile_index", sa.Integer, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    guards.grow_only(
        "custody_tile",
        condition="length(new.data) > length(old.data) "
        "and substr(new.data, 1, length(old.data)) = old.data "
        "and new.level = old.level and new.tile_index = old.tile_index",
    )

    head = op.create_table(
        "custody_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("root", sa.LargeBinary, nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "size": 0, "root": EMPTY_ROOT}])
    guards.grow_only("custody_head", condition="new.size > old.size and new.id = old.id")
