"""What quotes are looked up by: derived rows, which come and go."""

import sqlalchemy as sa
from alembic import op

from app.core.database import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_transcript",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "transcript_id", sa.Text, sa.ForeignKey("transcript.id"), nullable=False, unique=True
        ),
        sa.Column("case_id", sa.Text, nullable=False, index=True),
        sa.Column(
            "recording_id", sa.Text, sa.ForeignKey("recording.id"), nullable=False, index=True
        ),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("rests_on", sa.String(40), nullable=False),
        sa.Column("superseded", sa.Boolean, nullable=False),
        sa.Column("word_count", sa.Integer, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.Column("indexed_at", Instant, nullable=False),
    )
    op.create_table(
        "search_piece",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("segments", sa.JSON, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "create virtual table search_terms using fts5("
            "terms, content='', detail='none', columnsize=0, tokenize=\"ascii tokenchars '_*.'\")"
        )
        return
    op.execute("create table search_terms (piece bigint primary key, terms tsvector not null)")
    op.execute("create index ix_search_terms_terms on search_terms using gin (terms)")
