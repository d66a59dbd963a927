"""
Errors as RFC 9457 problem details.

`type` is `/problems/<slug>`, an address that answers with what the problem means, taken
from the error class's own words. The status follows from the middle row of
`app.core.errors`. What a client sent is never echoed by the validation of its shape, and
what we did not expect leaves nothing but the request id to look for in the log.
"""

import json
from collections.abc import Iterator, Mapping
from html import escape
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DataError, IntegrityError
from starlette.exceptions import HTTPException

from app.core import errors
from app.core.errors import CatalogError
from app.http.statuses import status_of

MEDIA_TYPE = "application/problem+json"
RESERVED = frozenset({"type", "title", "status", "detail", "request_id"})
ELSEWHERE = {
    "internal": (500, "Something went wrong that should not have; the request id leads to it."),
    "method-not-allowed": (405, "This address does not answer to that method."),
    "bad-request": (400, "The request could not be read."),
}

log = structlog.get_logger("earwitness.problems")
router = APIRouter(prefix="/problems", tags=["problems"])


def problem(request: Request, error: CatalogError) -> Response:
    """The answer to an error; also for a route that must keep what it did and answer with one."""
    status = status_of(type(error))
    headers = {}
    if isinstance(error, errors.Unauthenticated):
        headers["WWW-Authenticate"] = 'Bearer realm="earwitness"'
    if isinstance(error, errors.TooManyRequests) and "retry_after_s" in error.facts:
        headers["Retry-After"] = str(error.facts["retry_after_s"])
    return _answer(
        request,
        slug=error.slug,
        status=status,
        detail=error.message,
        facts=error.facts,
        headers=headers,
    )


def internal(request: Request) -> Response:
    """The answer to what nobody expected."""
    return _answer(request, slug="internal", status=500, detail=ELSEWHERE["internal"][1])


def install(app: FastAPI) -> None:
    """Make every error that a route raises a problem; `last_resort` sees to the rest."""
    app.add_exception_handler(CatalogError, _catalog_error)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(IntegrityError, _contradiction)
    app.add_exception_handler(DataError, _unkeepable)


def _catalog_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, CatalogError)
    if isinstance(error, errors.IntegrityFailure):
        log.error("integrity failure", slug=error.slug, request_id=_request_id(request))
    return problem(request, error)


def _validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"]), "message": fault["msg"]}
        for fault in error.errors()
    ]
    return _answer(
        request,
        slug=errors.Invalid.slug,
        status=422,
        detail="; ".join(f"{fault['field']}: {fault['message']}" for fault in faults),
        facts={"errors": faults},
    )


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    by_status = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}
    slug = by_status.get(error.status_code, "bad-request")
    detail = HTTPStatus(error.status_code).description or HTTPStatus(error.status_code).phrase
    return _answer(
        request, slug=slug, status=error.status_code, detail=detail, headers=error.headers
    )


def _contradiction(request: Request, error: Exception) -> Response:
    log.warning("constraint refused", kind=type(error).__name__, request_id=_request_id(request))
    conflict = errors.Conflict("this contradicts what was recorded meanwhile; read it again")
    return problem(request, conflict)


def _unkeepable(request: Request, error: Exception) -> Response:  # noqa: ARG001 - says input
    return problem(request, errors.Invalid("the request holds a value that no database keeps"))


def _answer(
    request: Request,
    *,
    slug: str,
    status: int,
    detail: str,
    facts: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    content = {name: value for name, value in (facts or {}).items() if name not in RESERVED}
    content |= {
        "type": f"/problems/{slug}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "request_id": _request_id(request),
    }
    body = json.dumps(content, ensure_ascii=False, default=str).encode(errors="replace")
    return Response(body, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def _request_id(request: Request) -> str | None:
    return getattr(request.state, "request_id", None)


def _known() -> dict[str, tuple[int, str]]:
    described = dict(ELSEWHERE)
    for kind in _family(CatalogError):
        described.setdefault(kind.slug, (status_of(kind), " ".join((kind.__doc__ or "").split())))
    return described


def _family(kind: type[CatalogError]) -> Iterator[type[CatalogError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _family(child)


@router.get("/{slug}")
def meaning(slug: str, request: Request) -> Response:
    """What a problem type means: for people as a page, for programs as JSON."""
    known = _known()
    if slug not in known:
        raise errors.NotFound("no such problem type")
    status, meant = known[slug]
    if "text/html" in request.headers.get("accept", ""):
        page = (
            f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(slug)}</title>"
            f"<h1>{escape(slug)}</h1><p>{escape(meant)}<p>HTTP status {status}."
        )
        return Response(page, media_type="text/html")
    content = {"type": f"/problems/{slug}", "status": status, "meaning": meant}
    return Response(json.dumps(content, ensure_ascii=False), media_type="application/json")
