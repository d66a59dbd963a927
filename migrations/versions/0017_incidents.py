"""Which agents are one, where they are named; incidents, places and material."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

from app.core.database import Instant
from migrations import guards

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _agents()
    _sealed(
        "incident",
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        *_made("registered"),
    )
    _sealed(
        "place",
        sa.Column("parent_id", sa.Text, sa.ForeignKey("place.id")),
        sa.Column("precision", sa.String(40), nullable=False),
        sa.Column("note", sa.Text),
        *_made("registered"),
    )
    _sealed(
        "place_name",
        _of("place_id", "place"),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        *_made("named"),
        by_case=False,
    )
    _sealed(
        "material",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("derived_from_id", sa.Text, sa.ForeignKey("material.id"), index=True),
        sa.Column("note", sa.Text),
        *_made("registered"),
    )
    _sealed(
        "material_holding",
        _of("material_id", "material"),
        sa.Column("sha256", sa.Text, nullable=False, index=True),
        sa.Column("size", sa.BigInteger),
        sa.Column("kept_at", sa.Text, nullable=False),
        *_made("stated"),
        by_case=False,
    )


def _agents() -> None:
    _sealed(
        "agent_equivalence",
        _of("first_id", "agent"),
        _of("second_id", "agent"),
        sa.Column("ruling", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("method", sa.Text),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        *_made("ruled"),
    )
    _sealed(
        "mention",
        _of("report_id", "report"),
        _of("agent_id", "agent"),
        sa.Column("name_id", sa.Text, sa.ForeignKey("agent_name.id")),
        _of("snapshot_id", "report_snapshot"),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        *_made("noted"),
    )


def _made(verb: str) -> tuple[SchemaItem, SchemaItem]:
    return (
        sa.Column(f"{verb}_by", sa.Text, nullable=False),
        sa.Column(f"{verb}_at", Instant, nullable=False),
    )


def _of(name: str, table: str) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, sa.ForeignKey(f"{table}.id"), nullable=False, index=True)


def _sealed(table: str, *items: SchemaItem, by_case: bool = True) -> None:
    """An append-only table whose rows point at the custody entry that made them."""
    op.create_table(
        table,
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=by_case),
        *items,
        sa.Column(
            "log_index",
            sa.Integer,
            sa.ForeignKey("custody_leaf.log_index"),
            nullable=False,
            index=True,
        ),
    )
    guards.append_only(table)
