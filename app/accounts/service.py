"""
What is done with accounts: register, sign in and out, issue and revoke, disable.

Every verb leaves one custody entry about the account, which names the session or token by
its identifier and never by its secret.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from app.accounts import credentials, queries
from app.accounts.models import Account, AccountKind, AccountSession, Token
from app.accounts.permissions import Permission
from app.core import clock
from app.core.actor import Actor, ActorKind, service
from app.core.canonical import Json
from app.core.errors import Conflict, Invalid, Unauthenticated
from app.core.identity import new_id
from app.core.plaintext import line
from app.custody.events import EventType
from app.custody.service import Subject, record

LONGEST_TOKEN_LIFE = timedelta(days=366)
USE_NOTED_EVERY = timedelta(minutes=5)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}\Z")


class LoginTaken(Conflict):
    """Another account signs in with this login."""

    slug = "login-taken"


class AlreadyAdministered(Conflict):
    """The house has an administrator; further ones are registered by them."""

    slug = "already-administered"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that succeeded: `secret` goes into the cookie and nowhere else."""

    account: Account
    session_id: str
    expires_at: datetime
    secret: str = field(repr=False)


def first_administrator(
    session: Session, *, login: str, display_name: str, password: str
) -> Account:
    """Register the first administrator, from the command line; `Conflict` once there is one."""
    if session.scalar(select(Account.id).where(Account.is_administrator).limit(1)):
        raise AlreadyAdministered("there is an administrator already")
    return register(
        session,
        actor=service("cli"),
        login=login,
        display_name=display_name,
        password=password,
        is_administrator=True,
    )


def register(
    session: Session,
    *,
    actor: Actor,
    login: str,
    display_name: str,
    password: str | None = None,
    kind: AccountKind = AccountKind.PERSON,
    is_administrator: bool = False,
) -> Account:
    """
    Open an account.

    A person needs a password; an API client has none and comes with tokens. Raises
    `Invalid` naming the field, or `LoginTaken`.
    """
    tidy = login.strip().lower()
    if not _LOGIN.match(tidy):
        raise Invalid(
            "a login has 2 to 64 letters, digits or . _ @ + - and begins with one of the first two",
            field="login",
        )
    if (kind is AccountKind.PERSON) != (password is not None):
        raise Invalid("people sign in with a password, API clients with tokens", field="password")
    if is_administrator and kind is not AccountKind.PERSON:
        raise Invalid("an administrator is a person", field="is_administrator")
    if queries.by_login(session, tidy):
        raise LoginTaken("this login is taken", field="login")
    account = Account(
        id=new_id(),
        login=tidy,
        display_name=line(display_name, field="display_name"),
        kind=kind,
        is_administrator=is_administrator,
        password_digest=credentials.digest_password(password) if password is not None else None,
        made_at=clock.now(),
        disabled_at=None,
    )
    session.add(account)
    details: dict[str, Json] = {
        "login": tidy,
        "display_name": account.display_name,
        "kind": str(kind),
        "is_administrator": is_administrator,
    }
    _record(session, EventType.ACCOUNT_CREATION, account, actor, details)
    return account


def authenticate(session: Session, *, login: str, password: str) -> Account:
    """
    Whose login and password these are; changes nothing.

    Raises `Unauthenticated`, in the same words and at the same cost whether the login, the
    password or the account is at fault. Takes tens of milliseconds on purpose: not to be
    called while holding a write lock.
    """
    account = queries.by_login(session, login)
    digest = account.password_digest if account else None
    matches = credentials.password_matches(password, digest)
    if not matches or account is None or account.disabled_at is not None:
        raise Unauthenticated("login and password do not fit together")
    return account


def sign_in(
    session: Session, *, account_id: str, lifetime: timedelta, replacing: str | None = None
) -> SignIn:
    """
    Open a session for somebody who was authenticated.

    Every sign-in has a secret of its own; the session behind the cookie that the browser
    showed before (`replacing`) ends.
    """
    account = queries.get(session, account_id)
    if account.disabled_at is not None:
        raise Unauthenticated("login and password do not fit together")
    now = clock.now()
    secret = credentials.new_session_secret()
    sitting = AccountSession(
        id=new_id(),
        account_id=account.id,
        secret_digest=credentials.secret_digest(secret),
        made_at=now,
        expires_at=now + lifetime,
    )
    ended = [AccountSession.expires_at <= now]
    if replacing is not None:
        ended.append(AccountSession.secret_digest == credentials.secret_digest(replacing))
    session.execute(delete(AccountSession).where(or_(*ended)))
    session.add(sitting)
    actor = Actor(account.id, ActorKind.PERSON, account.display_name, via=sitting.id)
    _record(session, EventType.ACCOUNT_SIGN_IN, account, actor, {"session": sitting.id})
    return SignIn(account, sitting.id, sitting.expires_at, secret)


def sign_out(session: Session, *, actor: Actor, secret: str) -> None:
    """End the session that this cookie opens; `Unauthenticated` if it opens none."""
    admission = queries.admitted_by_session(session, secret)
    session.execute(delete(AccountSession).where(AccountSession.id == admission.via))
    _record(
        session,
        EventType.ACCOUNT_SIGN_OUT,
        admission.account,
        actor,
        {"session": admission.via},
    )


def issue_token(
    session: Session,
    *,
    actor: Actor,
    account: Account,
    name: str,
    expires_at: datetime,
    scopes: frozenset[Permission] | None = None,
) -> tuple[Token, str]:
    """
    Issue a token for an account; the second value is the secret, shown this once.

    It carries what the account may do, narrowed to `scopes` if any are given, until
    `expires_at`, at most a year ahead.
    """
    now = clock.now()
    if not now < expires_at <= now + LONGEST_TOKEN_LIFE:
        raise Invalid("a token expires in the future, within a year", field="expires_at")
    if account.disabled_at is not None:
        raise Conflict("this account was disabled")
    made = credentials.new_token()
    token = Token(
        id=new_id(),
        account_id=account.id,
        name=line(name, field="name"),
        prefix=made.prefix,
        secret_digest=credentials.secret_digest(made.secret),
        scopes=None if scopes is None else sorted(map(str, scopes)),
        made_at=now,
        expires_at=expires_at,
        last_used_at=None,
        revoked_at=None,
    )
    session.add(token)
    scoped: list[Json] | None = None if token.scopes is None else list(token.scopes)
    details: dict[str, Json] = {
        "token": token.id,
        "prefix": token.prefix,
        "scopes": scoped,
        "expires_at": clock.spell(expires_at),
    }
    _record(session, EventType.TOKEN_ISSUE, account, actor, details)
    return token, made.secret


def revoke_token(session: Session, *, actor: Actor, token: Token) -> None:
    """End a token for good; `Conflict` if it was revoked before."""
    if token.revoked_at is not None:
        raise Conflict("this token was revoked before")
    token.revoked_at = clock.now()
    account = queries.get(session, token.account_id)
    _record(session, EventType.TOKEN_REVOCATION, account, actor, {"token": token.id})


def note_use(session: Session, *, token_id: str) -> None:
    """Keep when a token was last used, to five minutes; not a change that custody records."""
    token = session.get(Token, token_id)
    now = clock.now()
    if token and (token.last_used_at is None or token.last_used_at + USE_NOTED_EVERY <= now):
        token.last_used_at = now


def change_password(session: Session, *, actor: Actor, account: Account, password: str) -> None:
    """Set a new password and end every session of the account."""
    if account.kind is not AccountKind.PERSON:
        raise Invalid("API clients have no password", field="password")
    account.password_digest = credentials.digest_password(password)
    _end_sessions(session, account)
    _record(session, EventType.ACCOUNT_PASSWORD_CHANGE, account, actor, {})


def disable(session: Session, *, actor: Actor, account: Account) -> None:
    """Close an account: its sessions end and its tokens open nothing; what it did stays."""
    if account.disabled_at is not None:
        raise Conflict("this account was disabled before")
    if account.id == actor.id:
        raise Conflict("nobody disables their own account")
    account.disabled_at = clock.now()
    _end_sessions(session, account)
    _record(session, EventType.ACCOUNT_DISABLING, account, actor, {})


def _end_sessions(session: Session, account: Account) -> None:
    session.execute(delete(AccountSession).where(AccountSession.account_id == account.id))


def _record(
    session: Session, event: EventType, account: Account, actor: Actor, details: dict[str, Json]
) -> None:
    record(session, event, subject=Subject("account", account.id), actor=actor, details=details)
