"""Listening to a quote's place before reading it, and what readings make of quotes."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None
SEALED = (
    "case_listening_rule",
    "quote_span",
    "listening",
    "listening_step",
    "reading_comparison",
)


def upgrade() -> None:
    op.create_table(
        "case_listening_rule",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("demanded", sa.Boolean, nullable=False),
        sa.Column("ruled_at", Instant, nullable=False),
        _log_index(),
    )
    op.create_table(
        "quote_span",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("quote_id", sa.Text, sa.ForeignKey("quote.id"), nullable=False, index=True),
        sa.Column("start_ms", sa.Integer, nullable=False),
        sa.Column("end_ms", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("assigned_by", sa.Text, nullable=False),
        sa.Column("assigned_at", Instant, nullable=False),
        _log_index(),
    )
    op.create_table(
        "listening",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("quote_id", sa.Text, sa.ForeignKey("quote.id"), nullable=False, index=True),
        sa.Column(
            "recording_id", sa.Text, sa.ForeignKey("recording.id"), nullable=False, index=True
        ),
        sa.Column("instance_id", sa.Text, sa.ForeignKey("media_instance.id"), nullable=False),
        sa.Column("start_ms", sa.Integer, nullable=False),
        sa.Column("end_ms", sa.Integer, nullable=False),
        sa.Column("heard_from_ms", sa.Integer, nullable=False),
        sa.Column("heard_to_ms", sa.Integer, nullable=False),
        sa.Column("basis", sa.String(40), nullable=False),
        sa.Column("basis_id", sa.Text, nullable=False),
        sa.Column("listener_id", sa.Text, nullable=False),
        sa.Column("listener_name", sa.Text, nullable=False),
        sa.Column("begun_at", Instant, nullable=False),
        _log_index(),
        sa.UniqueConstraint("listener_id", "quote_id", "start_ms", "end_ms"),
    )
    op.create_table(
        "listening_step",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("listening_id", sa.Text, sa.ForeignKey("listening.id"), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("reading_id", sa.Text, sa.ForeignKey("reading.id"), nullable=True),
        sa.Column("shown", sa.JSON, nullable=True),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("made_at", Instant, nullable=False),
        _log_index(),
        sa.UniqueConstraint("listening_id", "ordinal"),
    )
    op.create_table(
        "reading_comparison",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("quote_id", sa.Text, sa.ForeignKey("quote.id"), nullable=False),
        sa.Column(
            "recording_id", sa.Text, sa.ForeignKey("recording.id"), nullable=False, index=True
        ),
        sa.Column("reading_id", sa.Text, sa.ForeignKey("reading.id"), nullable=False, index=True),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("features", sa.JSON, nullable=False),
        sa.Column("occurrences", sa.JSON, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("compared_by", sa.Text, nullable=False),
        sa.Column("compared_at", Instant, nullable=False),
        _log_index(),
        sa.UniqueConstraint("quote_id", "reading_id", "method", "version"),
    )
    for table in SEALED:
        guards.append_only(table)
    _what_cannot_happen_twice()

    op.create_table(
        "words_shown",
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("thing_id", sa.Text, primary_key=True),
        sa.Column("route", sa.Text, nullable=False),
        sa.Column("first_at", Instant, nullable=False),
    )


def _what_cannot_happen_twice() -> None:
    """SQLite's INSERT OR REPLACE would make room for a second one by deleting the first."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table, same in (
        (
            "listening",
            (
                "listener_id = new.listener_id and quote_id = new.quote_id "
                "and start_ms = new.start_ms and end_ms = new.end_ms"
            ),
        ),
        ("listening_step", "listening_id = new.listening_id and ordinal = new.ordinal"),
        (
            "reading_comparison",
            (
                "quote_id = new.quote_id and reading_id = new.reading_id "
                "and method = new.method and version = new.version"
            ),
        ),
    ):
        op.execute(
            f"create trigger {table}_once before insert on {table} "
            f"when exists (select 1 from {table} where {same}) "
            f"begin select raise(abort, '{table} is append-only'); end"
        )


def _log_index() -> sa.Column[int]:
    return sa.Column(
        "log_index",
        sa.Integer,
        sa.ForeignKey("custody_leaf.log_index"),
        nullable=False,
        index=True,
    )
