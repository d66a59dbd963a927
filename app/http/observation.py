"""
What is written down of every request, and which headers every answer carries.

The log line names the route's template, never the address that was asked for: addresses
can carry identifiers and queries words of evidence. An answer says by a fresh request id
which line is its own. Programs get headers under which a browser would run nothing; a
page that needs more sets its own policy.
"""

import secrets
import time
from collections.abc import MutableMapping
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

REQUEST_ID = "X-Request-Id"
UNROUTED = "(none)"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
}

_SPELLED = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_DOCUMENTS = {b"application/json", b"application/problem+json"}

RawHeaders = list[tuple[bytes, bytes]]

log = structlog.get_logger("earwitness.requests")


class Observation:
    """ASGI layer around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the request its id, and write one line when it has been answered."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id
        began = time.perf_counter()
        status, route = 500, UNROUTED

        async def observed(message: Message) -> None:
            nonlocal status, route
            if message["type"] == "http.response.start":
                status, route = message["status"], route_of(scope)
                headers = message["headers"] = list(message["headers"])
                _dress(headers, request_id)
            await send(message)

        try:
            await self.app(scope, receive, observed)
        finally:
            log.info(
                "request",
                request_id=request_id,
                method=scope["method"],
                route=route,
                status=status,
                account=scope["state"].get("account_id"),
                duration_ms=round((time.perf_counter() - began) * 1000),
            )


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The template of the route that answered, such as `/api/v1/cases/{case_id}`."""
    included = scope.get("fastapi", {}).get("effective_route_context")
    return str(getattr(included or scope.get("route"), "path", UNROUTED))


def _dress(headers: RawHeaders, request_id: str) -> None:
    """Add what is not there yet: one pass over the headers, for this is done for every answer."""
    present = dict(headers)
    headers.extend(pair for pair in _SPELLED if pair[0] not in present)
    media_type = present.get(b"content-type", b"").partition(b";")[0]
    if media_type in _DOCUMENTS and b"cache-control" not in present:
        headers.append((b"cache-control", b"no-store"))
    headers.append((REQUEST_ID.lower().encode(), request_id.encode()))
