"""
Dates as sources give them: as precise as they are, and no more.

The spelling is the level 0 of EDTF (ISO 8601-2): a year, a month, a day, or an instant
with its zone. What a source wrote is kept beside it, raw.
"""

import re
from datetime import date, datetime

from app.core.errors import Invalid

_SHAPE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z")


def edtf(text: str, *, field: str) -> str:
    """The date in its one spelling; `Invalid` naming `field` if it is none."""
    tidy = text.strip()
    try:
        if _SHAPE.match(tidy):
            date.fromisoformat(tidy + "-01-01"[len(tidy) - 4 :] if len(tidy) < 10 else tidy)  # noqa: PLR2004 - YYYY-MM-DD
            return tidy
        instant = datetime.fromisoformat(tidy)
    except ValueError as error:
        raise Invalid(f"{text!r} is not a date: {error}", field=field) from error
    if instant.tzinfo is None:
        raise Invalid(f"{text!r} has a time but no time zone", field=field)
    return tidy
