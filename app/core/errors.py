"""
Everything that can go wrong, as one tree:

* CatalogError
  x Invalid              the request is well formed but means nothing; names its fields
  x Unauthenticated      nobody known is asking
  x Forbidden            the actor may not do this
  x NotFound             the thing asked for is not in the catalogue, or not for this actor
  x Conflict             the request contradicts what is already recorded
  x PreconditionFailed   the thing changed since the caller last saw it (`If-Match`)
  x PreconditionRequired a change that does not say which state it was made from
  x TooLarge             more bytes than a limit allows, which is named
  x InsufficientStorage  the store has no room
  x TooManyRequests      asked too often
  x Unavailable          a part that is needed is not there now; says which
  x IntegrityFailure     stored evidence no longer matches its record
    + FixityMismatch     a file's digest differs from the digest on record

Features subclass the middle row and never anything else; `app.api.problems` maps that
row, and only that row, to HTTP status codes. `slug` is the stable part of the problem
type; `facts` is the evidence: both digests, the conflicting record, the field.
"""

from typing import Any, ClassVar


class CatalogError(Exception):
    """The root. `message` is for a person; `facts` for a program."""

    slug: ClassVar[str] = "error"

    def __init__(self, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class Invalid(CatalogError):
    """The request is well formed but means nothing; `field` names what is at fault."""

    slug = "invalid"

    def __init__(self, message: str, *, field: str | None = None, **facts: Any) -> None:
        super().__init__(message, **({"field": field} if field else {}), **facts)
        self.field = field


class Unauthenticated(CatalogError):
    """Nobody known is asking: no credentials, or expired, revoked or wrong ones."""

    slug = "unauthenticated"


class Forbidden(CatalogError):
    """The actor is known and may not do this."""

    slug = "forbidden"


class NotFound(CatalogError):
    """Not in the catalogue, or not for this actor: the two look the same from outside."""

    slug = "not-found"


class Conflict(CatalogError):
    """The request contradicts what is already recorded."""

    slug = "conflict"


class PreconditionFailed(CatalogError):
    """The thing changed since the caller last saw it."""

    slug = "precondition-failed"


class PreconditionRequired(CatalogError):
    """A change must say which revision it was made from (`If-Match`); this one did not."""

    slug = "precondition-required"


class TooLarge(CatalogError):
    """More bytes than a limit allows; `limit` and `allowed` are among the facts."""

    slug = "too-large"


class InsufficientStorage(CatalogError):
    """The store has no room; nothing was kept."""

    slug = "insufficient-storage"


class TooManyRequests(CatalogError):
    """Asked too often; `retry_after_s` says when to come back."""

    slug = "too-many-requests"


class Unavailable(CatalogError):
    """A part that is needed is not there now; the message says which and what would help."""

    slug = "unavailable"


class IntegrityFailure(CatalogError):
    """Stored evidence no longer matches its record."""

    slug = "integrity-failure"


class FixityMismatch(IntegrityFailure):
    """A file's digest differs from the digest on record; carries both."""

    slug = "fixity-mismatch"

    def __init__(self, *, expected: str, found: str | None) -> None:
        super().__init__(
            "the stored bytes do not match the digest on record"
            if found
            else "the stored bytes are missing",
            expected=expected,
            found=found,
        )
