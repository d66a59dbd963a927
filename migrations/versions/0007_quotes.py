"""Published words, where they were spoken, and what reviewers decided."""

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
