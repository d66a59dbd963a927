"""
Forms that were refused come back with what was typed and one sentence saying why.

A page holds several forms; each has a name, and only the one that was sent shows the
refusal. Whatever the verb had begun is undone, so that the page shows what is recorded.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from app.core.errors import (
    CatalogError,
    Conflict,
    Forbidden,
    Invalid,
    PreconditionFailed,
    TooLarge,
    Unavailable,
)
from app.http.statuses import status_of

ANSWERED = (Invalid, Conflict, Forbidden, PreconditionFailed, TooLarge, Unavailable)
"""Refusals that a form can answer; anything else is a page of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The form that was refused, what was typed into it, why, and the HTTP status of that."""

    form: str
    given: Mapping[str, str] = field(repr=False)
    message: str
    status: int

    @classmethod
    def of(cls, error: CatalogError, *, form: str, given: Mapping[str, str]) -> "Refused":
        """The refusal that an error stands for."""
        return cls(form=form, given=given, message=error.message, status=status_of(type(error)))


def attempted(
    session: Session, act: Callable[[], object], *, form: str, given: Mapping[str, str]
) -> Refused | None:
    """Do what a form asks for; the refusal where there is one, and then nothing was done."""
    try:
        with session.begin_nested():
            act()
    except ANSWERED as error:
        return Refused.of(error, form=form, given=given)
    return None
