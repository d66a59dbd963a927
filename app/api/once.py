"""
`Idempotency-Key` on POST: the same request, sent again, is answered and not done again.

    def create(body: CaseIn, session: Writing, caller: …, once: Once) -> Response:
        return once.answer(session, caller, lambda: CaseOut.of(…), location=…)

Two requests are the same if method, address and body are. The answer is kept in the
database as it was given, so a route whose answer carries a secret does not use this; and
permissions are asked for before `answer`, so that a replay is judged like any request.
"""

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Request, Response
from sqlalchemy.orm import Session

from app.api.wire import Wire
from app.cases.caller import Caller
from app.core import idempotency
from app.core.digest import Digest
from app.core.idempotency import Answer

KEY = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"

Out = TypeVar("Out", bound=Wire)


class Repeatable:
    """One request, and whether it came before."""

    def __init__(self, request: Request, content: str | None) -> None:
        self._key = request.headers.get(KEY)
        self._asked = f"{request.method} {request.url.path}?{request.url.query}"
        self._content = content

    def answer(
        self,
        session: Session,
        caller: Caller,
        make: Callable[[], Out],
        *,
        status: int = 201,
        location: Callable[[Out], str] | None = None,
        content: str | None = None,
    ) -> Response:
        """
        Make the answer, or give the one that was given before.

        `content` is the digest of a body that was streamed (`OnceOfStream`).
        """

        def do() -> Answer:
            made = make()
            headers = {"Location": location(made)} if location else {}
            return Answer(status, headers, made.model_dump_json().encode())

        if self._key is None:
            return _response(do())
        asked = f"{self._asked}\n{self._content or content or ''}"
        return _response(
            idempotency.once(
                session,
                account_id=caller.account_id,
                key=self._key,
                request_digest=str(Digest.of_bytes(asked.encode(errors="replace"))),
                do=do,
            )
        )


def _response(answer: Answer) -> Response:
    headers = dict(answer.headers)
    if answer.is_replay:
        headers[REPLAYED] = "true"
    return Response(answer.body, answer.status, headers=headers, media_type="application/json")


async def _of_body(request: Request) -> Repeatable:
    return Repeatable(request, str(Digest.of_bytes(await request.body())))


def _of_stream(request: Request) -> Repeatable:
    return Repeatable(request, None)


Once = Annotated[Repeatable, Depends(_of_body)]
OnceOfStream = Annotated[Repeatable, Depends(_of_stream)]
