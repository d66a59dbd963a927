"""A row that was asked for by its identifier, or the error that says there is none."""

from typing import TypeVar

from app.core.errors import NotFound

Row = TypeVar("Row")


def found(row: Row | None, thing: str) -> Row:
    """The row; `NotFound` naming the `thing` that was asked for, and nothing of its content."""
    if row is None:
        raise NotFound(f"no such {thing}")
    return row
