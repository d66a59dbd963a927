"""
The session cookie: strict, out of reach of scripts, tied to this host.

On https it is named `__Host-earwitness`, which browsers accept only from this host, for
all of it, over TLS. On plain http (one person's own machine) that prefix does not exist.
"""

from fastapi import Request, Response

from app.core.settings import Settings

SECURE_NAME = "__Host-earwitness"
PLAIN_NAME = "earwitness"


def is_secure(settings: Settings) -> bool:
    """Whether people reach this service over https."""
    return settings.public_url.startswith("https:")


def session_secret(request: Request) -> str | None:
    """What the cookie of this service holds, if the request carries it."""
    return request.cookies.get(_name(request.app.state.parts.settings))


def set_session(response: Response, secret: str, settings: Settings) -> None:
    """Hand a browser the cookie of a session that just began."""
    response.set_cookie(
        _name(settings),
        secret,
        max_age=settings.session_h * 3600,
        path="/",
        secure=is_secure(settings),
        httponly=True,
        samesite="strict",
    )


def clear_session(response: Response, settings: Settings) -> None:
    """Take the cookie back."""
    response.delete_cookie(
        _name(settings), path="/", secure=is_secure(settings), httponly=True, samesite="strict"
    )


def _name(settings: Settings) -> str:
    return SECURE_NAME if is_secure(settings) else PLAIN_NAME
