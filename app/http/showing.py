"""
Who was given words about what: noted before the answer leaves, once for each thing.

Everybody is followed but accounts of programs, because whoever reads today may be admitted as a
reviewer tomorrow, and then it is asked whether they had read before they listened. What counts
is that a route that gives out words answered with success; which thing it was about is in its
address. A route without a thing in its address that reads quotes or transcripts (a search, what
waits for review) counts for every case in which the account may read those.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from typing import cast

from anyio.to_thread import run_sync
from sqlalchemy.exc import IntegrityError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.accounts.permissions import Permission, Role
from app.cases.caller import Caller
from app.http.observation import route_of
from app.http.parts import Parts
from app.quotes.listening import shown
from app.quotes.listening.shown import THINGS, Thing

READ_ANYWHERE = frozenset(
    {
        Permission.TRANSCRIPT_READ,
        Permission.TRANSCRIPT_WRITE,
        Permission.QUOTE_READ,
        Permission.QUOTE_WRITE,
        Permission.CLAIM_READ,  # a claim has its words, and says what an order was
        Permission.CLAIM_WRITE,
        Permission.ALIGNMENT_DECIDE,
    }
)
READ_OF_A_THING = READ_ANYWHERE | {
    Permission.REPORT_READ,
    Permission.REPORT_WRITE,
    Permission.EVIDENCE_READ,
}
SUCCESS = range(200, 300)
API = "/api/"


class Showing:
    """ASGI layer that notes what was shown, before the first byte of it leaves."""

    def __init__(self, app: ASGIApp, *, most: int = 65_536) -> None:
        self.app = app
        self._known: OrderedDict[tuple[str, Thing], None] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and note it if it gave words to somebody who listens."""

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in SUCCESS:
                account_id, things = _shown(scope)
                fresh = self._fresh(account_id, things)
                if fresh:
                    await run_sync(_note, scope, account_id, fresh)
                    self._remember(account_id, fresh)
            await send(message)

        await self.app(scope, receive, noting if scope["type"] == "http" else send)

    def _fresh(self, account_id: str, things: Iterable[Thing]) -> list[Thing]:
        with self._lock:
            return [thing for thing in things if (account_id, thing) not in self._known]

    def _remember(self, account_id: str, things: Iterable[Thing]) -> None:
        with self._lock:
            for thing in things:
                self._known[account_id, thing] = None
            while len(self._known) > self._most:
                self._known.popitem(last=False)


def _shown(scope: Scope) -> tuple[str, list[Thing]]:
    """Whom an answer was given to, and which things words were given about."""
    reader = scope.get("state", {}).get("reader")
    if reader is None:
        return "", []
    caller, declared = cast("tuple[Caller, frozenset[Permission]]", reader)
    if all(held == {Role.API_CLIENT} for held in caller.cases.values()):
        return "", []
    named = [
        Thing(name, str(value))
        for name, value in scope.get("path_params", {}).items()
        if name in THINGS
    ]
    is_page = not str(scope["path"]).startswith(API)
    rights = READ_OF_A_THING | ({Permission.RECORDING_READ} if is_page else set())
    if named:
        return caller.account_id, named if declared & rights else []
    read = declared & READ_ANYWHERE
    cases = {case_id for right in read for case_id in caller.cases_with(right)}
    return caller.account_id, [Thing("case_id", case_id) for case_id in sorted(cases)]


def _note(scope: Scope, account_id: str, things: list[Thing]) -> None:
    parts: Parts = scope["app"].state.parts
    route = f"{scope['method']} {route_of(scope)}"
    for thing in things:
        # Two answers at once may both be the first: then the other one has noted it.
        with suppress(IntegrityError), parts.database.writing() as session:
            shown.note(session, account_id=account_id, thing=thing, route=route)
