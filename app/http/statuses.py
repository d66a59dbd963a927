"""Which HTTP status an error has: one table over the middle row of `app.core.errors`."""

from app.core import errors
from app.core.errors import CatalogError

STATUS: dict[type[CatalogError], int] = {
    errors.Invalid: 422,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.PreconditionFailed: 412,
    errors.PreconditionRequired: 428,
    errors.TooLarge: 413,
    errors.InsufficientStorage: 507,
    errors.TooManyRequests: 429,
    errors.Unavailable: 503,
    errors.IntegrityFailure: 500,
    CatalogError: 500,
}


def status_of(kind: type[CatalogError]) -> int:
    """The HTTP status of an error: that of its ancestor in the middle row."""
    return next(STATUS[ancestor] for ancestor in kind.__mro__ if ancestor in STATUS)
