"""Reading what was typed into a form: a choice, a text over several lines, a field left empty."""

from enum import StrEnum
from typing import TypeVar

from app.core.errors import Invalid

Choice = TypeVar("Choice", bound=StrEnum)


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
