"""Sessions: how a browser signs in and out without a page of ours."""

from fastapi import APIRouter, Request, Response

from app.accounts.credentials import csrf_token
from app.api.wire import UtcInstant, Wire
from app.http import signin
from app.http.caller import SignedIn
from app.http.parts import PartsOf

router = APIRouter(prefix="/sessions", tags=["accounts"])


class Credentials(Wire):
    """A login and its password."""

    login: str
    password: str


class SessionOut(Wire):
    """A session that began; its secret is in the cookie, `csrf_token` goes into requests."""

    id: str
    account_id: str
    expires_at: UtcInstant
    csrf_token: str


@router.post("", status_code=201)
def sign_in(
    body: Credentials,
    request: Request,
    response: Response,
    parts: PartsOf,
    turn: signin.Turn,  # noqa: ARG001 - waits here
) -> SessionOut:
    """Sign in; the answer sets the session cookie."""
    entered = signin.enter(request, response, parts, login=body.login, password=body.password)
    return SessionOut(
        id=entered.session_id,
        account_id=entered.account.id,
        expires_at=entered.expires_at,
        csrf_token=csrf_token(entered.secret),
    )


@router.delete("/current", status_code=204)
def sign_out(request: Request, response: Response, parts: PartsOf, caller: SignedIn) -> None:
    """Sign out; the session behind the cookie is gone."""
    signin.leave(request, response, parts, actor=caller.actor)
