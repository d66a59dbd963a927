"""
Cases, and who was admitted to them when.

A membership is not a row that changes but a series of rulings: the newest one for an
account, a case and a role says whether it is granted.
"""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.permissions import Role
from app.core.database import Base, choice
from app.custody.models import Sealed


class Case(Sealed, Base):
    """A case: the fence around recordings, reports and everything said about them."""

    __tablename__ = "case_record"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    name: Mapped[str] = mapped_column(comment="what its members call it")
    description: Mapped[str | None] = mapped_column(comment="what it is about, if anybody said")
    made_at: Mapped[datetime] = mapped_column(comment="when it was opened")


class Membership(Sealed, Base):
    """One ruling on one role of one account in one case; the newest stands."""

    __tablename__ = "case_membership"
    __table_args__ = (Index("ix_case_membership_account_id_case_id", "account_id", "case_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case")
    account_id: Mapped[str] = mapped_column(comment="whose role is ruled on")
    role: Mapped[Role] = mapped_column(choice(Role), comment="the role in that case")
    granted: Mapped[bool] = mapped_column(comment="true: admitted; false: dismissed")
    made_at: Mapped[datetime] = mapped_column(comment="when it was ruled")


class ListeningRule(Sealed, Base):
    """One ruling on whether a case's reviewers listen before they read; the newest stands."""

    __tablename__ = "case_listening_rule"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case")
    demanded: Mapped[bool] = mapped_column(comment="true: first the sound, then the words")
    ruled_at: Mapped[datetime] = mapped_column(comment="when it was ruled")
