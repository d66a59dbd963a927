"""
Accounts, and who one is.

Administrators register, disable and set forgotten passwords; everybody changes their own.
"""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.accounts import queries, service
from app.accounts.models import Account, AccountKind
from app.accounts.permissions import Permission, Role, granted
from app.api.once import Once
from app.api.wire import (
    FIRST,
    Cursor,
    Id,
    Limit,
    Listing,
    Spelled,
    UtcInstant,
    Wire,
    listing,
)
from app.cases.caller import Caller
from app.http.caller import SignedIn, allowed
from app.http.parts import PartsOf
from app.http.signin import Turn, authenticated
from app.http.transactions import Reading, Writing

router = APIRouter(tags=["accounts"])
Administering = Annotated[Caller, allowed(Permission.ACCOUNT_ADMINISTER)]


class AccountIn(Wire):
    """A new account: people come with a password, API clients without."""

    login: str
    display_name: str
    kind: Spelled[AccountKind] = AccountKind.PERSON
    password: str | None = None
    is_administrator: bool = False


class AccountOut(Wire):
    """An account, without anything that opens it."""

    id: str
    login: str
    display_name: str
    kind: AccountKind
    is_administrator: bool
    made_at: UtcInstant
    disabled_at: UtcInstant | None

    @classmethod
    def of(cls, account: Account) -> "AccountOut":
        """Shape an account."""
        return cls(
            id=account.id,
            login=account.login,
            display_name=account.display_name,
            kind=account.kind,
            is_administrator=account.is_administrator,
            made_at=account.made_at,
            disabled_at=account.disabled_at,
        )


class NewPassword(Wire):
    """A password to be set."""

    password: str


class PasswordChange(Wire):
    """A new password, by somebody who knows the present one."""

    current_password: str
    password: str


class RolesInCase(Wire):
    """What the caller is and may do in one case."""

    case_id: str
    roles: list[Role]
    permissions: list[Permission]


class WhoAmI(Wire):
    """The caller, as this request was let in."""

    account: AccountOut
    scopes: list[Permission] | None
    house_permissions: list[Permission]
    cases: list[RolesInCase]


@router.get("/whoami")
def whoami(session: Reading, caller: SignedIn) -> WhoAmI:
    """Say who is asking and what they may do where."""
    limits = caller.scopes if caller.scopes is not None else frozenset(Permission)
    return WhoAmI(
        account=AccountOut.of(queries.get(session, caller.account_id)),
        scopes=None if caller.scopes is None else sorted(caller.scopes),
        house_permissions=sorted(granted(caller.house) & limits),
        cases=[
            RolesInCase(
                case_id=case_id, roles=sorted(roles), permissions=sorted(granted(roles) & limits)
            )
            for case_id, roles in sorted(caller.cases.items())
        ],
    )


@router.put("/whoami/password", status_code=204)
def change_own_password(
    body: PasswordChange,
    request: Request,
    parts: PartsOf,
    caller: SignedIn,
    turn: Turn,  # noqa: ARG001 - waits here
) -> None:
    """Set one's own password; every session of the account ends."""
    with parts.database.reading() as session:
        login = queries.get(session, caller.account_id).login
    authenticated(request, parts, login=login, password=body.current_password)
    with parts.database.writing() as session:
        account = queries.get(session, caller.account_id)
        service.change_password(
            session, actor=caller.actor, account=account, password=body.password
        )


@router.post("/accounts", status_code=201, response_model=AccountOut)
def register(body: AccountIn, session: Writing, caller: Administering, once: Once) -> Response:
    """Register an account, which is a member of no case by that."""
    caller.require(Permission.ACCOUNT_ADMINISTER, None, thing="account")
    return once.answer(
        session,
        caller,
        lambda: AccountOut.of(service.register(session, actor=caller.actor, **body.model_dump())),
        location=lambda made: f"/api/v1/accounts/{made.id}",
    )


@router.get("/accounts")
def accounts(
    request: Request,
    response: Response,
    session: Reading,
    caller: Administering,  # noqa: ARG001 - asked for, not used
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[AccountOut]:
    """List accounts in the order they were registered."""
    page = queries.listed(session, limit=limit, cursor=cursor)
    return listing(request, response, page, of=AccountOut.of)


@router.get("/accounts/{account_id}")
def account(account_id: Id, session: Reading, caller: Administering) -> AccountOut:  # noqa: ARG001
    """Show an account."""
    return AccountOut.of(queries.get(session, account_id))


@router.post("/accounts/{account_id}/disabling")
def disable(account_id: Id, session: Writing, caller: Administering) -> AccountOut:
    """Close an account: its sessions end, its tokens open nothing, what it did stays."""
    account = queries.get(session, account_id)
    service.disable(session, actor=caller.actor, account=account)
    return AccountOut.of(account)


@router.put("/accounts/{account_id}/password", status_code=204)
def set_password(
    account_id: Id, body: NewPassword, session: Writing, caller: Administering
) -> None:
    """Set somebody's password, for those who forgot theirs; their sessions end."""
    account = queries.get(session, account_id)
    service.change_password(session, actor=caller.actor, account=account, password=body.password)
