"""
What stands between a mistake of ours and the client.

The outermost layer but the log: an exception that nothing else knew becomes a problem that
says no more than the request id, and the log gets the places it passed through and never
its message, which could hold words of evidence. A body over the limit, which the framework
refuses in plain text, becomes a problem too.
"""

import traceback
from http import HTTPStatus
from pathlib import Path

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import internal, problem
from app.core.errors import TooLarge

PLACES = 8
REPLACED = (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.INTERNAL_SERVER_ERROR)

log = structlog.get_logger("earwitness.problems")


class LastResort:
    """ASGI layer inside the log and around everything else, the framework's own included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, and answer where nobody did, or the framework in plain text."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False
        replaced: int | None = None

        async def watched(message: Message) -> None:
            nonlocal started, replaced
            if message["type"] == "http.response.start":
                started = True
                replaced = _status_to_replace(message)
            if replaced is None:
                await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            log.error(  # noqa: TRY400 - the message of an unknown exception is not ours to log
                "unexpected",
                kind=type(error).__name__,
                places=places(error),
                request_id=scope["state"].get("request_id"),
            )
            if started and replaced is None:
                raise
            replaced = HTTPStatus.INTERNAL_SERVER_ERROR
        if replaced is not None:
            await _answer(Request(scope), replaced)(scope, receive, send)


def _status_to_replace(start: Message) -> int | None:
    media_type = Headers(raw=start["headers"]).get("content-type", "")
    in_plain_text = media_type.startswith("text/plain")
    status: int = start["status"]
    return status if in_plain_text and status in REPLACED else None


def _answer(request: Request, status: int) -> Response:
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return problem(request, TooLarge("the body is larger than this address takes"))
    return internal(request)


def places(error: BaseException) -> list[str]:
    """Where an exception came through, innermost last, without a word of what it said."""
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
