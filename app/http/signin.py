"""
Signing in and out, for both edges.

The password is compared outside any write transaction, and at most two at a time: those
who wait hold neither a thread nor a lock, so a flood of sign-ins slows only sign-ins.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request, Response

from app.accounts import service
from app.accounts.service import SignIn
from app.core.actor import Actor
from app.http import cookies
from app.http.parts import Parts


async def _turn() -> AsyncIterator[None]:
    yield


Turn = Annotated[None, Depends(_turn, scope="function", max_concurrency=2)]
"""What a route that compares passwords takes as a parameter, to wait for its turn."""


def enter(
    request: Request, response: Response, parts: Parts, *, login: str, password: str
) -> SignIn:
    """
    Sign somebody in: the session is committed, then the cookie set on `response`.

    Raises `TooManyRequests` or `Unauthenticated`.
    """
    account_id = authenticated(request, parts, login=login, password=password)
    with parts.database.writing() as session:
        entered = service.sign_in(
            session,
            account_id=account_id,
            lifetime=timedelta(hours=parts.settings.session_h),
            replacing=cookies.session_secret(request),
        )
    cookies.set_session(response, entered.secret, parts.settings)
    return entered


def authenticated(request: Request, parts: Parts, *, login: str, password: str) -> str:
    """The account that login and password open; every attempt counts against the limit."""
    address = request.client.host if request.client else "unknown"
    parts.sign_ins.attempt(login=login, address=address)
    with parts.database.reading() as session:
        account_id = service.authenticate(session, login=login, password=password).id
    parts.sign_ins.succeeded(login=login)
    return account_id


def leave(request: Request, response: Response, parts: Parts, *, actor: Actor) -> None:
    """Sign somebody out: the session is gone, then the cookie."""
    secret = cookies.session_secret(request)
    if secret is not None:
        with parts.database.writing() as session:
            service.sign_out(session, actor=actor, secret=secret)
    cookies.clear_session(response, parts.settings)
