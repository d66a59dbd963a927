"""
The tables of claims.

A claim is what one passage of one frozen text asserts: of something, with a value, as firmly as
it is worded, by whoever is said to say it. The passage is the raw wording, and there is no claim
without one. Nothing here is true or false: claims that cannot both be so are conflicts, which are
computed (`conflicts`) and stored nowhere; what people say of a conflict is stored. A claim that is
replaced or withdrawn stays.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.claims import predicates
from app.claims.predicates import Predicate
from app.claims.terms import Modality, SubjectKind
from app.core.database import Base, choice
from app.custody.models import Sealed
from app.reports.attribution.values import Force
from app.reports.models import Anchored


class ConflictRuling(StrEnum):
    """What a person says of a conflict; none of it takes a claim away."""

    EXPLAINED = "explained"  # how it came about
    CHOSEN = "chosen"  # which claim is used here, and why
    REOPENED = "reopened"  # what was ruled no longer holds


class Claim(Anchored, Sealed, Base):
    """What one passage asserts."""

    __tablename__ = "claim"
    __table_args__ = (Index(None, "case_id", "subject_kind", "subject_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(comment="the report's case, repeated")
    report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="the report that asserts it"
    )
    subject_kind: Mapped[SubjectKind] = mapped_column(
        choice(SubjectKind), comment="what sort of thing it is about"
    )
    subject_id: Mapped[str] = mapped_column(comment="which one; of a series, its name")
    predicate: Mapped[Predicate] = mapped_column(choice(Predicate), comment="what is claimed")
    value: Mapped[dict[str, Any]] = mapped_column(comment="in the shape of the predicate")
    modality: Mapped[Modality] = mapped_column(choice(Modality), comment="how firmly it is said")
    said_by_id: Mapped[str | None] = mapped_column(
        ForeignKey("agent.id"), comment="the agent who says it; null: see said_by_as_described"
    )
    said_by_as_described: Mapped[str | None] = mapped_column(
        comment="who says it, as the report has it; both null: the report itself"
    )
    force: Mapped[Force | None] = mapped_column(
        choice(Force), comment="the verb's force: said, denied, …; null: the report itself says it"
    )
    via: Mapped[list[Any]] = mapped_column(
        comment="through which publications it came, the nearest first: report_id, as_described"
    )
    earliest: Mapped[str | None] = mapped_column(
        comment="first day of the date in the value (ISO 8601), to ask by; null: none"
    )
    latest: Mapped[str | None] = mapped_column(
        comment="last day of the date in the value (ISO 8601), to ask by; null: none"
    )
    supersedes_id: Mapped[str | None] = mapped_column(
        ForeignKey("claim.id"), unique=True, comment="the claim this one replaces"
    )
    recorded_by: Mapped[str] = mapped_column(comment="account that recorded it")
    recorded_at: Mapped[datetime] = mapped_column(comment="when, our clock")

    def typed_value(self) -> object:
        """The value in its type; `Invalid` if it was made under another edition of the list."""
        return predicates.read(self.subject_kind, self.predicate, self.value, self.modality)


class ClaimWithdrawal(Sealed, Base):
    """The withdrawal of a claim without another in its place: it was read wrongly."""

    __tablename__ = "claim_withdrawal"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the claim's case, repeated")
    claim_id: Mapped[str] = mapped_column(
        ForeignKey("claim.id"), unique=True, comment="the claim withdrawn"
    )
    reason: Mapped[str] = mapped_column(comment="why")
    withdrawn_by: Mapped[str] = mapped_column(comment="account that withdrew it")
    withdrawn_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class ConflictDecision(Sealed, Base):
    """What a person said of a conflict; the newest of a conflict is in force."""

    __tablename__ = "conflict_decision"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the case of the claims")
    conflict_key: Mapped[str] = mapped_column(
        index=True, comment="the conflict: digest of kind, subject, predicate and both values"
    )
    claim_ids: Mapped[list[str]] = mapped_column(comment="the claims on its sides at that time")
    ruling: Mapped[ConflictRuling] = mapped_column(choice(ConflictRuling), comment="what was said")
    chosen_claim_id: Mapped[str | None] = mapped_column(
        ForeignKey("claim.id"), comment="the claim used here; null unless ruled chosen"
    )
    reason: Mapped[str] = mapped_column(comment="the explanation, or why it was chosen")
    supersedes_id: Mapped[str | None] = mapped_column(
        ForeignKey("conflict_decision.id"), unique=True, comment="the decision this one replaces"
    )
    decided_by: Mapped[str] = mapped_column(comment="account that decided")
    decided_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class ClaimProposalRejection(Anchored, Sealed, Base):
    """A claim that rules proposed and a person says is none, so that it is not proposed again."""

    __tablename__ = "claim_proposal_rejection"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the report's case, repeated")
    report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="the report it was read in"
    )
    predicate: Mapped[Predicate] = mapped_column(choice(Predicate), comment="what was proposed")
    proposed_by: Mapped[str] = mapped_column(comment="the rules that proposed it, and version")
    reason: Mapped[str] = mapped_column(comment="why it is not claimed there")
    rejected_by: Mapped[str] = mapped_column(comment="account that says so")
    rejected_at: Mapped[datetime] = mapped_column(comment="when, our clock")
