"""The pages as one application, to be mounted beside the API: routes, style, error pages."""

from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import DataError, IntegrityError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.cases.caller import WordsClosed
from app.core.errors import CatalogError, Unauthenticated
from app.http.statuses import status_of
from app.web import (
    agents,
    assessments,
    captures,
    catalogue,
    citations,
    claim_forms,
    claim_proposals,
    claims,
    concluding,
    incidents,
    jobs,
    ledger,
    links,
    listening,
    quotes,
    readings,
    recordings,
    reports,
    review,
    revisions,
    search,
    session,
    transcriptions,
    transcripts,
    uploads,
    versions,
    wanted,
)
from app.web.rendering import FOLDER, page

ROUTERS = (
    session.router,
    catalogue.router,
    uploads.router,
    recordings.router,
    transcriptions.router,
    transcripts.router,
    versions.router,
    readings.router,
    reports.router,
    revisions.router,
    captures.router,
    citations.router,
    claims.router,
    claim_forms.router,
    claim_proposals.router,
    links.router,
    review.router,
    quotes.router,
    listening.router,
    search.router,
    assessments.router,
    agents.router,
    incidents.router,
    wanted.router,
    concluding.router,
    ledger.router,
    jobs.router,
)


def build() -> FastAPI:
    """Make the application; whoever mounts it gives it `state.parts`."""
    site = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    site.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    for router in ROUTERS:
        site.include_router(router)
    site.add_exception_handler(CatalogError, _catalogue)
    site.add_exception_handler(RequestValidationError, _form)
    site.add_exception_handler(HTTPException, _http)
    site.add_exception_handler(IntegrityError, _contradiction)
    site.add_exception_handler(DataError, _unkeepable)
    site.add_exception_handler(Exception, _unexpected)
    return site


def _catalogue(request: Request, error: Exception) -> Response:
    assert isinstance(error, CatalogError)
    if isinstance(error, Unauthenticated) and request.method == "GET":
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse("/sign-in?" + urlencode({"next": wanted}), status_code=303)
    is_closed = isinstance(error, WordsClosed)
    return _said(request, status_of(type(error)), error.message, listening=is_closed)


def _form(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = ", ".join(str(fault["loc"][-1]) for fault in error.errors())
    return _said(request, 422, f"Something in this form cannot be read: {fields}.")


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {404: "There is nothing at this address.", 405: "This address does not take that."}
    return _said(request, error.status_code, words.get(error.status_code, "It did not work."))


def _contradiction(request: Request, error: Exception) -> Response:  # noqa: ARG001 - says input
    return _said(request, 409, "This contradicts what was recorded meanwhile. Read it again.")


def _unkeepable(request: Request, error: Exception) -> Response:  # noqa: ARG001 - likewise
    return _said(request, 422, "The request holds a value that no database keeps.")


def _unexpected(request: Request, error: Exception) -> Response:  # noqa: ARG001 - logged outside
    identifier = request.state.request_id
    return _said(request, 500, f"Something went wrong that should not have ({identifier}).")


def _said(request: Request, status: int, message: str, *, listening: bool = False) -> Response:
    return page(
        request,
        "error.html",
        caller=None,
        status=status,
        code=status,
        message=message,
        listening=listening,
    )
