"""
`ETag` and `If-Match`: a change says which revision it was made from (RFC 9110, RFC 6585).

Two people who correct the same description would otherwise silently undo one another.
"""

from typing import Annotated

from fastapi import Depends, Request

from app.core.errors import PreconditionFailed, PreconditionRequired


def etag(revision: int | str) -> str:
    """The entity tag of a revision."""
    return f'"{revision}"'


class Expected:
    """What the caller's `If-Match` said."""

    def __init__(self, given: str | None) -> None:
        self._given = given

    def require(self, revision: int | str) -> None:
        """
        Let a change to this revision pass.

        Raises `PreconditionRequired` when nothing was said and `PreconditionFailed` when
        another revision was meant. Weak tags never match.
        """
        if self._given is None:
            raise PreconditionRequired("say in If-Match which revision this was made from")
        tags = {tag.strip() for tag in self._given.split(",")}
        if "*" not in tags and etag(revision) not in tags:
            raise PreconditionFailed(
                "this changed since you last saw it", current=etag(revision), field="If-Match"
            )

    @property
    def seen(self) -> frozenset[str] | None:
        """
        The revisions named, for a verb that looks at them itself; `None`: nothing, or any will do.

        Weak tags name nothing.
        """
        tags = {tag.strip() for tag in (self._given or "*").split(",")}
        if "*" in tags:
            return None
        return frozenset(tag[1:-1] for tag in tags if tag[:1] == tag[-1:] == '"')


def expected(request: Request) -> Expected:
    """What this request's `If-Match` said."""
    return Expected(request.headers.get("if-match"))


IfMatch = Annotated[Expected, Depends(expected)]
