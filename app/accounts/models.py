"""
Accounts, and the two things that stand for one: a session and a token.

These rows are operational and change; what happened to them is in the custody log, which
copies the names it needs. No secret is stored: passwords as Argon2id, sessions and tokens
as the SHA-256 of 256 random bits.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice


class AccountKind(StrEnum):
    """Who stands behind an account."""

    PERSON = "person"
    API_CLIENT = "api_client"


class Account(Base):
    """Someone who may work here."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    login: Mapped[str] = mapped_column(unique=True, comment="what they sign in with; lower case")
    display_name: Mapped[str] = mapped_column(comment="what the custody log calls them")
    kind: Mapped[AccountKind] = mapped_column(
        choice(AccountKind), comment="a person, or a program with an account of its own"
    )
    is_administrator: Mapped[bool] = mapped_column(comment="runs the house; reads nothing in it")
    password_digest: Mapped[str | None] = mapped_column(
        comment="Argon2id; null: cannot sign in with a password"
    )
    made_at: Mapped[datetime] = mapped_column(comment="when it was registered")
    disabled_at: Mapped[datetime | None] = mapped_column(
        comment="since when it opens nothing; null: it is in use"
    )


class AccountSession(Base):
    """One sign-in of one person at one browser."""

    __tablename__ = "account_session"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7; named in the custody log")
    account_id: Mapped[str] = mapped_column(
        ForeignKey("account.id"), index=True, comment="who signed in"
    )
    secret_digest: Mapped[str] = mapped_column(unique=True, comment="sha256:… of the cookie")
    made_at: Mapped[datetime] = mapped_column(comment="when they signed in")
    expires_at: Mapped[datetime] = mapped_column(comment="when it stops opening anything")


class Token(Base):
    """A key that a program carries: the secret is shown once, when it is issued."""

    __tablename__ = "token"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7; named in the custody log")
    account_id: Mapped[str] = mapped_column(
        ForeignKey("account.id"), index=True, comment="whose rights it carries, at most"
    )
    name: Mapped[str] = mapped_column(comment="what it is for, in the owner's words")
    prefix: Mapped[str] = mapped_column(comment="its first characters, by which people tell it")
    secret_digest: Mapped[str] = mapped_column(unique=True, comment="sha256:… of the whole token")
    scopes: Mapped[list[str] | None] = mapped_column(
        comment="the permissions it is limited to; null: all that its account has"
    )
    made_at: Mapped[datetime] = mapped_column(comment="when it was issued")
    expires_at: Mapped[datetime] = mapped_column(comment="when it stops opening anything")
    last_used_at: Mapped[datetime | None] = mapped_column(
        comment="last use, to five minutes; null: never used"
    )
    revoked_at: Mapped[datetime | None] = mapped_column(
        comment="since when it opens nothing; null: not revoked"
    )
