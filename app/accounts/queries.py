"""Finding accounts: by name, and by what they show at the door."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts import credentials
from app.accounts.models import Account, AccountSession, Token
from app.accounts.permissions import Permission
from app.core import clock
from app.core.errors import Unauthenticated
from app.core.lookup import found
from app.core.paging import Page, page


@dataclass(frozen=True, slots=True)
class Admission:
    """An account at the door, by which session or token it came, and what that is limited to."""

    account: Account
    via: str
    by_token: bool
    scopes: frozenset[Permission] | None = None
    last_used_at: datetime | None = None
    expires_at: datetime | None = None


def get(session: Session, account_id: str) -> Account:
    """The account; `NotFound` if there is none."""
    return found(session.get(Account, account_id), "account")


def by_login(session: Session, login: str) -> Account | None:
    """The account with this login, in any case."""
    return session.scalar(select(Account).where(Account.login == login.strip().lower()))


def listed(session: Session, *, limit: int, cursor: str | None) -> Page[Account]:
    """Every account, in the order they were registered."""
    return page(session, select(Account), key=Account.id, limit=limit, cursor=cursor)


def tokens_of(session: Session, account_id: str) -> list[Token]:
    """The tokens of an account, oldest first, revoked ones too."""
    return list(
        session.scalars(select(Token).where(Token.account_id == account_id).order_by(Token.id))
    )


def get_token(session: Session, token_id: str) -> Token:
    """The token's record; `NotFound` if there is none."""
    return found(session.get(Token, token_id), "token")


def admitted_by_token(session: Session, secret: str) -> Admission:
    """Whose token this is; `Unauthenticated` for a wrong, expired or revoked one."""
    if not credentials.looks_like_token(secret):
        raise Unauthenticated("this token is not one of ours")
    found = session.execute(
        select(Account, Token)
        .join(Token, Token.account_id == Account.id)
        .where(Token.secret_digest == credentials.secret_digest(secret))
    ).first()
    if found is None:
        raise Unauthenticated("this token is not one of ours")
    account, token = found
    if token.revoked_at is not None or token.expires_at <= clock.now():
        raise Unauthenticated("this token was revoked or has expired")
    _require_in_use(account)
    scopes = None if token.scopes is None else frozenset(map(Permission, token.scopes))
    return Admission(
        account,
        via=token.id,
        by_token=True,
        scopes=scopes,
        last_used_at=token.last_used_at,
        expires_at=token.expires_at,
    )


def admitted_by_session(session: Session, secret: str) -> Admission:
    """Whose session this is; `Unauthenticated` for a wrong or expired one."""
    found = session.execute(
        select(Account, AccountSession)
        .join(AccountSession, AccountSession.account_id == Account.id)
        .where(AccountSession.secret_digest == credentials.secret_digest(secret))
    ).first()
    if found is None or found[1].expires_at <= clock.now():
        raise Unauthenticated("sign in: this session is over")
    account, sitting = found
    _require_in_use(account)
    return Admission(account, via=sitting.id, by_token=False)


def _require_in_use(account: Account) -> None:
    if account.disabled_at is not None:
        raise Unauthenticated("this account was disabled")
