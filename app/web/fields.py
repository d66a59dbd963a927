"""Reading what was typed into a form: a choice, a moment, several lines, a field left empty."""

import re
from enum import StrEnum
from typing import TypeVar

from app.core.errors import Invalid

Choice = TypeVar("Choice", bound=StrEnum)
_MOMENT = re.compile(
    r"(?:(?:([0-9]{1,3}):)?([0-9]{1,3}):(?=[0-5]?[0-9](?:[.,]|$)))?"
    r"([0-9]{1,6})(?:[.,]([0-9]{1,3}))?"
)


def one_of(kind: type[Choice], text: str, *, field: str) -> Choice:
    """The member spelled `text`; `Invalid` naming `field` when there is none."""
    try:
        return kind(text)
    except ValueError as error:
        raise Invalid(f"{field} has no such choice", field=field) from error


def lines(text: str) -> str:
    """The text as it was pasted: a browser sends CRLF for every line end of a form."""
    return text.replace("\r\n", "\n")


def optional(text: str) -> str | None:
    """What was typed, or `None` where nothing was."""
    return text.strip() or None


def moment(text: str, *, field: str) -> int:
    """Milliseconds of `12.5`, `1:02.5` or `1:00:02.5`; `Invalid` naming `field` for others."""
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        raise Invalid(f"{field} is no time such as 1:02.5", field=field)
    hours, minutes, seconds, part = found.groups(default="0")
    whole = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(part.ljust(3, "0"))
