"""Signing in and out in a browser: a server-side session behind a strict cookie."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.core.errors import TooManyRequests, Unauthenticated
from app.http import signin
from app.http.caller import SignedIn
from app.http.parts import PartsOf
from app.http.statuses import status_of
from app.web.rendering import page

router = APIRouter()


@router.get("/sign-in")
def form(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
    """The sign-in form; `next` is where to go afterwards, on this site only."""
    return page(request, "sign_in.html", caller=None, next=_here(next), login="", refused=None)


@router.post("/sign-in")
def sign_in(
    request: Request,
    parts: PartsOf,
    turn: signin.Turn,  # noqa: ARG001 - waited for, not read
    login: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",  # noqa: A002 - likewise
) -> Response:
    """Open a session, or show the form again with one sentence that says no more than no."""
    response = RedirectResponse(_here(next), status_code=303)
    try:
        signin.enter(request, response, parts, login=login, password=password)
    except (Unauthenticated, TooManyRequests) as error:
        return page(
            request,
            "sign_in.html",
            caller=None,
            status=status_of(type(error)),
            next=_here(next),
            login=login,
            refused=error.message,
        )
    return response


@router.post("/sign-out")
def sign_out(request: Request, parts: PartsOf, caller: SignedIn) -> Response:
    """End the session, here and on the server."""
    response = RedirectResponse("/sign-in", status_code=303)
    signin.leave(request, response, parts, actor=caller.actor)
    return response


def _here(address: str) -> str:
    """The address if it is a path on this site, else the front page: no open redirect."""
    parsed = urlsplit(address)
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_path and not parsed.scheme and not parsed.netloc else "/"
