"""
Reading sealed rows as they were at a place in the custody log.

`as_of` is a log index: what was recorded at or before it counts, `None` means now. Sealed
rows are never changed, so this comparison is all there is to it, and this is where it is.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

from app.custody.models import Sealed

Row = TypeVar("Row", bound=Sealed)
Statement = TypeVar("Statement", bound=Select[Any])


def until(statement: Statement, kind: type[Sealed], as_of: int | None) -> Statement:
    """Narrow a select to the rows of `kind` that were there at `as_of`."""
    return statement if as_of is None else statement.where(kind.log_index <= as_of)


def in_order(
    session: Session, statement: Select[Row], kind: type[Row], as_of: int | None
) -> Sequence[Row]:
    """The rows of a select that were there at `as_of`, in the order they were recorded."""
    return session.scalars(until(statement, kind, as_of).order_by(kind.log_index)).all()
