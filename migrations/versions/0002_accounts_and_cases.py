"""Who may work here, who needs to know what, and who appears in a case."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant
from migrations import guards

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _accounts()
    _cases()
    _agents()


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("login", sa.Text, nullable=False, unique=True),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("is_administrator", sa.Boolean, nullable=False),
        sa.Column("password_digest", sa.Text),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("disabled_at", Instant),
    )
    op.create_table(
        "account_session",
        sa.Column("id", sa.Text, primary_key=True),
        _of_account(),
        sa.Column("secret_digest", sa.Text, nullable=False, unique=True),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
    )
    op.create_table(
        "token",
        sa.Column("id", sa.Text, primary_key=True),
        _of_account(),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("secret_digest", sa.Text, nullable=False, unique=True),
        sa.Column("scopes", sa.JSON),
        sa.Column("made_at", Instant, nullable=False),
        sa.Column("expires_at", Instant, nullable=False),
        sa.Column("last_used_at", Instant),
        sa.Column("revoked_at", Instant),
    )


def _cases() -> None:
    op.create_table(
        "case_record",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("made_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("case_record")
    op.create_table(
        "case_membership",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("granted", sa.Boolean, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        _log_index(),
    )
    op.create_index(
        "ix_case_membership_account_id_case_id", "case_membership", ["account_id", "case_id"]
    )
    guards.append_only("case_membership")


def _agents() -> None:
    op.create_table(
        "agent",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("identity_status", sa.String(40), nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("parent_id", sa.Text, sa.ForeignKey("agent.id")),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("agent")
    op.create_table(
        "agent_name",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("agent_id", sa.Text, sa.ForeignKey("agent.id"), nullable=False, index=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        _log_index(),
    )
    guards.append_only("agent_name")


def _of_account() -> sa.Column[str]:
    return sa.Column(
        "account_id", sa.Text, sa.ForeignKey("account.id"), nullable=False, index=True
    )


def _log_index() -> sa.Column[int]:
    return sa.Column(
        "log_index",
        sa.Integer,
        sa.ForeignKey("custody_leaf.log_index"),
        nullable=False,
        index=True,
    )
