"""
Keyset pages of a select.

A page is read from where the last one ended, by a unique, ordered column, so that rows
which arrive in between neither repeat nor vanish, and page one thousand costs as much as
page one. The cursor is opaque to clients: the key of the last row, base64url.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.errors import Invalid

DEFAULT_LIMIT = 50
MAX_LIMIT = 200

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items and the cursor of the next page, or `None` when this is the last."""

    items: Sequence[Item]
    next_cursor: str | None


def page(
    session: Session,
    statement: Select[Item],
    *,
    key: InstrumentedAttribute[Any],
    limit: int = DEFAULT_LIMIT,
    cursor: str | None = None,
    descending: bool = False,
) -> Page[Item]:
    """
    Read one page of `statement`, in the order of `key`, which must be unique.

    Raises `Invalid` for a limit outside 1 to 200 or a cursor we did not write.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise Invalid(f"limit must be 1 to {MAX_LIMIT}", field="limit")
    if cursor is not None:
        last = _read(cursor)
        if not isinstance(last, key.type.python_type) or isinstance(last, bool):
            raise Invalid("not a cursor of this listing", field="cursor")
        statement = statement.where(key < last if descending else key > last)
    order = key.desc() if descending else key.asc()
    rows = session.scalars(statement.order_by(order).limit(limit + 1)).all()
    items = rows[:limit]
    following = _write(getattr(items[-1], key.key)) if len(rows) > limit else None
    return Page(items, following)


def _write(value: str | int) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _read(cursor: str) -> str | int:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        value = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error) as error:
        raise Invalid("not a cursor of this listing", field="cursor") from error
    if not isinstance(value, str | int):
        raise Invalid("not a cursor of this listing", field="cursor")
    return value
