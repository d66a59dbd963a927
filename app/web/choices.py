"""Reading a choice from a form: one of an enumeration's words, or an error naming the field."""

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
