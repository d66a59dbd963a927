"""
What every shape on the wire has in common.

Shapes are strict: `false` is not a number, `"3"` is not 3, and a field nobody knows is an
error, because a slip of a client's hand must not become evidence. Enumerations and
instants are the exception that JSON forces: they come as text.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Path, Query, Request, Response
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    Strict,
)

from app.core import clock
from app.core.paging import DEFAULT_LIMIT, MAX_LIMIT, Page

Item = TypeVar("Item")
Value = TypeVar("Value")


class Wire(BaseModel):
    """The root of every shape that comes in or goes out."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def _text_only(value: Any) -> Any:
    if isinstance(value, str | datetime):
        return value
    raise ValueError("must be text")


Spelled = Annotated[Value, Strict(strict=False)]
"""A choice that comes as its word: `role: Spelled[Role]`."""

InstantIn = Annotated[AwareDatetime, Strict(strict=False), BeforeValidator(_text_only)]
"""An instant that comes as ISO 8601 text with a zone."""

UtcInstant = Annotated[datetime, PlainSerializer(clock.spell, return_type=str)]
"""An instant that goes out: UTC, microseconds, Z."""

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="most items in one page")]
Cursor = Annotated[
    str | None, Query(max_length=500, description="where the last page ended: its `next_cursor`")
]
FIRST = DEFAULT_LIMIT

Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9:_.-]{1,64}$", description="an identifier")]
"""An identifier in an address."""

LogIndex = Annotated[int | None, Query(ge=0, le=2**31 - 1, description="as of this entry")]
"""A place in the custody log: `as_of: LogIndex = None`."""


class Listing(Wire, Generic[Item]):
    """One page of a list; `next_cursor` is null on the last."""

    items: list[Item]
    next_cursor: str | None


def listing(
    request: Request,
    response: Response,
    page: Page[Value],
    *,
    of: Callable[[Value], Item],
) -> Listing[Item]:
    """Shape a page, and say in a `Link` header (RFC 8288) where the next one is."""
    return listed(request, response, [of(item) for item in page.items], page.next_cursor)


def listed(
    request: Request, response: Response, items: Sequence[Item], next_cursor: str | None
) -> Listing[Item]:
    """Shape items that are shaped already, as `listing` does."""
    if next_cursor:
        following = request.url.include_query_params(cursor=next_cursor)
        response.headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
    return Listing(items=list(items), next_cursor=next_cursor)
