"""
Who is asking, and whether they may at all.

A program shows a bearer token; a browser shows its session cookie and, for anything but
reading, the token that the page got with it (header `X-CSRF-Token` or form field `csrf`).
A request that shows both is judged by its bearer token alone.

`allowed(…)` is how a route declares its permission: it lets in whoever holds it in the
house or in at least one case. The route then asks `caller.require(permission, case_id, …)`
about the object. An architecture test refuses a route that declares nothing.
"""

import hmac
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, cast

from anyio.to_thread import run_sync
from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.accounts import credentials, queries, service
from app.accounts.permissions import Permission, Role
from app.accounts.queries import Admission
from app.cases.caller import Caller, WordsClosed
from app.cases.queries import caller_of
from app.core import clock
from app.core.actor import Actor, ActorKind
from app.core.errors import Forbidden, Unauthenticated
from app.custody import queries as custody
from app.custody.queries import TreeHead
from app.http import cookies
from app.http.admissions import Known
from app.http.parts import Parts, PartsOf
from app.quotes.listening import queries as listening

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "X-CSRF-Token"
CSRF_FIELD = "csrf"
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who came in, and the session cookie that let them in, if it was one."""

    caller: Caller
    session_secret: str | None = field(default=None, repr=False)


async def admitted(request: Request, parts: PartsOf) -> Admitted:
    """Whoever the request's token or cookie stands for; `Unauthenticated` for nobody."""
    found = _remembered(request, parts) if parts.database.is_at_hand else None
    if found is None:
        return await run_sync(_looked_up, request, parts)
    return _noted(request, *found)


def _remembered(request: Request, parts: Parts) -> tuple[Caller, TreeHead] | None:
    """
    A token that was looked up under the present head already.

    One read of one row in a file that this process has open: quicker than handing the
    request to a thread and back. A database across a network is asked from a thread.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    with parts.database.reading() as session:
        head = custody.head(session)
    known = parts.admissions.get(credentials.secret_digest(token.strip()), head=head)
    if known is None or _is_to_be_noted(known):
        return None
    return known.caller, head


def _looked_up(request: Request, parts: Parts) -> Admitted:
    authorization = request.headers.get("authorization")
    cookie = cookies.session_secret(request)
    if authorization is not None:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("show a bearer token")
        return _noted(request, *_by_token(parts, token.strip()))
    if cookie is None:
        raise Unauthenticated("sign in, or show a bearer token")
    with parts.database.reading() as session:
        head = custody.head(session)
        caller = _caller(session, queries.admitted_by_session(session, cookie))
    return _noted(request, caller, head, session_secret=cookie)


def _noted(
    request: Request, caller: Caller, head: TreeHead, *, session_secret: str | None = None
) -> Admitted:
    request.state.account_id = caller.account_id
    request.state.log_head = head
    return Admitted(caller, session_secret)


def log_head(request: Request) -> TreeHead:
    """The head of the log at which this request's caller was let in, read in this request."""
    return cast("TreeHead", request.state.log_head)


def require_csrf(request: Request, given: str | None) -> None:
    """
    Refuse a form that was not made by our own page for this session.

    For routes that read their form themselves (`allowed(…, reads_own_form=True)`); every
    other route has this done for it.
    """
    secret = cookies.session_secret(request)
    if "authorization" in request.headers or secret is None:
        return
    expected = credentials.csrf_token(secret)
    if given is None or not hmac.compare_digest(expected.encode(), given.encode()):
        raise Forbidden("this request does not carry the token of the page it should come from")


def csrf_token(request: Request) -> str:
    """What forms of this session carry in the field `csrf`; empty when nobody is signed in."""
    secret = cookies.session_secret(request)
    return credentials.csrf_token(secret) if secret else ""


class Declared:
    """
    What a route asks of its caller, as a dependency.

    `permissions` (any one of them lets in; none: it is enough to be signed in) is read
    again by the test that walks every route.
    """

    def __init__(self, *permissions: Permission, reads_own_form: bool = False) -> None:
        self.permissions = frozenset(permissions)
        self.reads_own_form = reads_own_form

    async def __call__(
        self, request: Request, admitted: Annotated[Admitted, Depends(admitted)]
    ) -> Caller:
        """Let the caller in, or raise `Forbidden`."""
        caller = admitted.caller
        request.state.reader = caller, self.permissions  # for `showing`, once there is an answer
        if admitted.session_secret is not None and request.method not in SAFE_METHODS:
            await self._require_csrf(request)
        if self.permissions and not any(map(caller.may_anywhere, self.permissions)):
            if any(map(caller.closes, self.permissions)):
                raise WordsClosed.until_heard(caller.closed)
            asked = " or ".join(sorted(self.permissions))
            raise Forbidden(f"{asked} is not among what you may do here")
        return caller

    async def _require_csrf(self, request: Request) -> None:
        given = request.headers.get(CSRF_HEADER)
        if given is None and self.reads_own_form:
            return
        if given is None and request.headers.get("content-type", "").startswith(_FORM):
            value = (await request.form()).get(CSRF_FIELD)
            given = value if isinstance(value, str) else None
        require_csrf(request, given)


def allowed(*permissions: Permission, reads_own_form: bool = False) -> Any:
    """
    Declare what a route asks for; several permissions mean any one of them.

    `caller: Annotated[Caller, allowed(Permission.CASE_READ)]` in the route's parameters.
    With `reads_own_form` a multipart form is left to the route, which must itself hand its
    field `csrf` to `require_csrf` before it does anything.
    """
    return Depends(Declared(*permissions, reads_own_form=reads_own_form))


SignedIn = Annotated[Caller, Depends(Declared())]


def _by_token(parts: Parts, token: str) -> tuple[Caller, TreeHead]:
    digest = credentials.secret_digest(token)
    with parts.database.reading() as session:
        head = custody.head(session)
        known = parts.admissions.get(digest, head=head)
        if known is None:
            admission = queries.admitted_by_token(session, token)
            assert admission.expires_at is not None
            known = parts.admissions.keep(
                digest,
                caller=_caller(session, admission),
                head=head,
                expires_at=admission.expires_at,
                noted_at=admission.last_used_at,
            )
    if _is_to_be_noted(known):
        now = clock.now()
        with parts.database.writing() as session:
            service.note_use(session, token_id=str(known.caller.actor.via))
        parts.admissions.noted(digest, now)
    return known.caller, head


def _is_to_be_noted(known: Known) -> bool:
    """Whether the last noted use of a token is so long ago that this one should be noted."""
    return known.noted_at is None or known.noted_at + service.USE_NOTED_EVERY <= clock.now()


def _caller(session: Session, admission: Admission) -> Caller:
    account = admission.account
    kind = ActorKind.TOKEN if admission.by_token else ActorKind.PERSON
    caller = caller_of(
        session,
        account_id=account.id,
        actor=Actor(account.id, kind, account.display_name, via=admission.via),
        house=frozenset({Role.ADMINISTRATOR} if account.is_administrator else ()),
        scopes=admission.scopes,
    )
    return replace(caller, closed=listening.closed_to(session, account.id, caller.cases))
