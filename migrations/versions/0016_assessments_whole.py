"""The rest of an assessment's record, and what becomes of it in other reports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from app.core.database import Instant
from migrations import guards

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("subject", sa.String(40)),
        sa.Column("stated_sha256", sa.Text),
        sa.Column("excerpt_start_ms", sa.Integer),
        sa.Column("excerpt_end_ms", sa.Integer),
        sa.Column("about_kind", sa.String(40)),
        sa.Column("about_id", sa.Text),
        sa.Column("translation", sa.Text),
        sa.Column("translation_language", sa.Text),
        sa.Column("translated_by", sa.Text),
        sa.Column("assessor_role", sa.Text),
        sa.Column("assessor_organisation", sa.Text),
        sa.Column("qualification", sa.Text),
        sa.Column("access", sa.String(40)),
        sa.Column("learned_edtf", sa.Text),
    ):
        op.add_column("assessment", column)
    _sealed(
        "assessment_relation",
        _of("recording_id", "recording", index=True),
        _of("assessment_id", "assessment", index=True),
        _of("other_id", "assessment", index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("related_by", sa.Text, nullable=False),
        sa.Column("related_at", Instant, nullable=False),
    )
    _sealed(
        "assessment_restatement",
        _of("recording_id", "recording", index=True),
        _of("assessment_id", "assessment", index=True),
        _of("report_id", "report", index=True),
        *_anchor(),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("drift", sa.JSON, nullable=False),
        sa.Column("proposed", sa.JSON, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column(
            "supersedes_id", sa.Text, sa.ForeignKey("assessment_restatement.id"), unique=True
        ),
        sa.Column("restated_by", sa.Text, nullable=False),
        sa.Column("restated_at", Instant, nullable=False),
    )
    _sealed(
        "assessment_withdrawal",
        _of("recording_id", "recording", index=True),
        sa.Column(
            "restatement_id", sa.Text, sa.ForeignKey("assessment_restatement.id"), unique=True
        ),
        sa.Column("relation_id", sa.Text, sa.ForeignKey("assessment_relation.id"), unique=True),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("withdrawn_by", sa.Text, nullable=False),
        sa.Column("withdrawn_at", Instant, nullable=False),
    )
    _sealed(
        "assessment_rejection",
        *_anchor(),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("rejected_by", sa.Text, nullable=False),
        sa.Column("rejected_at", Instant, nullable=False),
    )


def _sealed(table: str, *columns: SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        *columns,
        sa.Column(
            "log_index",
            sa.Integer,
            sa.ForeignKey("custody_leaf.log_index"),
            nullable=False,
            index=True,
        ),
    )
    guards.append_only(table)


def _anchor() -> tuple[SchemaItem, ...]:
    return (
        _of("snapshot_id", "report_snapshot", index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
    )


def _of(name: str, table: str, *, index: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, sa.ForeignKey(f"{table}.id"), nullable=False, index=index)
