"""Recordings, the bytes held of them, and the people and bodies they came through."""

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
