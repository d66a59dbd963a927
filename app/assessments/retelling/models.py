"""
The tables of what becomes of an assessment.

A restatement is another report's wording of an assessment: it is tied to that one and is
never an assessment of its own, so a statement that ten reports repeat stays one. How its
wording departs from the first one is proposed by rules and decided by a person; both are
kept. A relation ties two assessments; one that repeats another is not counted beside it.
What was decided wrongly is withdrawn, or replaced by a newer restatement, and stays.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.assessments.models import Question
from app.core.database import Base, choice
from app.custody.models import Sealed
from app.reports.models import Anchored


class RelationKind(StrEnum):
    """How one assessment stands to another; superseding is a column of its own."""

    REPEATS = "repeats"  # the same conclusion of the same assessor, told again
    CITES = "cites"
    DISPUTES = "disputes"


class Relation(Sealed, Base):
    """That one assessment repeats, cites or disputes another."""

    __tablename__ = "assessment_relation"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the assessments' case, repeated")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the first one's recording, repeated"
    )
    assessment_id: Mapped[str] = mapped_column(
        ForeignKey("assessment.id"), index=True, comment="the assessment that repeats, cites, …"
    )
    other_id: Mapped[str] = mapped_column(
        ForeignKey("assessment.id"), index=True, comment="the assessment repeated, cited, …"
    )
    kind: Mapped[RelationKind] = mapped_column(choice(RelationKind), comment="how they stand")
    reason: Mapped[str] = mapped_column(comment="what shows it")
    related_by: Mapped[str] = mapped_column(comment="account that recorded it")
    related_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Restatement(Anchored, Sealed, Base):
    """Another report's wording of an assessment, and how it departs from that."""

    __tablename__ = "assessment_restatement"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the assessment's case, repeated")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="the assessment's recording, repeated"
    )
    assessment_id: Mapped[str] = mapped_column(
        ForeignKey("assessment.id"), index=True, comment="the assessment restated"
    )
    report_id: Mapped[str] = mapped_column(
        ForeignKey("report.id"), index=True, comment="the report that restates it"
    )
    language: Mapped[str] = mapped_column(comment="ISO 639-1 of the restating words, or und")
    drift: Mapped[list[str]] = mapped_column(comment="how it departs, as a person decided")
    proposed: Mapped[list[str]] = mapped_column(comment="how it departs, as the rules propose")
    reasons: Mapped[list[Any]] = mapped_column(
        comment="[{drift, sentence}]: what the rules say of each axis, naming the words"
    )
    method: Mapped[str] = mapped_column(comment="name of the rules that compared")
    version: Mapped[str] = mapped_column(comment="their version")
    note: Mapped[str | None] = mapped_column(
        comment="why a person decides otherwise; null: as proposed"
    )
    supersedes_id: Mapped[str | None] = mapped_column(
        ForeignKey("assessment_restatement.id"),
        unique=True,
        comment="the restatement that this one decides anew; null: none",
    )
    restated_by: Mapped[str] = mapped_column(comment="account that decided it")
    restated_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Withdrawal(Sealed, Base):
    """That a restatement or a relation was recorded wrongly; exactly one of the two is named."""

    __tablename__ = "assessment_withdrawal"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="its case, repeated")
    recording_id: Mapped[str] = mapped_column(
        ForeignKey("recording.id"), index=True, comment="its recording, repeated"
    )
    restatement_id: Mapped[str | None] = mapped_column(
        ForeignKey("assessment_restatement.id"),
        unique=True,
        comment="the restatement withdrawn; null: a relation is",
    )
    relation_id: Mapped[str | None] = mapped_column(
        ForeignKey("assessment_relation.id"),
        unique=True,
        comment="the relation withdrawn; null: a restatement is",
    )
    reason: Mapped[str] = mapped_column(comment="why")
    withdrawn_by: Mapped[str] = mapped_column(comment="account that withdrew it")
    withdrawn_at: Mapped[datetime] = mapped_column(comment="when, our clock")


class Rejection(Anchored, Sealed, Base):
    """That a person said no to what the rules propose at a place, so that it is not proposed again."""

    __tablename__ = "assessment_rejection"

    id: Mapped[str] = mapped_column(primary_key=True, comment="UUIDv7")
    case_id: Mapped[str] = mapped_column(index=True, comment="the snapshot's case, repeated")
    question: Mapped[Question] = mapped_column(
        choice(Question), comment="the question that the passage was proposed to answer"
    )
    reason: Mapped[str] = mapped_column(comment="why it is none")
    method: Mapped[str] = mapped_column(comment="name of the rules that proposed it")
    version: Mapped[str] = mapped_column(comment="their version")
    rejected_by: Mapped[str] = mapped_column(comment="account that said no")
    rejected_at: Mapped[datetime] = mapped_column(comment="when, our clock")
