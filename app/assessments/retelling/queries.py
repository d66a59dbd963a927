"""
Reading what became of assessments, at a place in the custody log.

What stands is computed from later rows each time: a restatement that was decided anew or
withdrawn stays and is shown as such, and is not among those that hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from app.assessments.drift import Drift
from app.assessments.models import Assessment
from app.assessments.retelling.models import (
    Rejection,
    Relation,
    RelationKind,
    Restatement,
    Withdrawal,
)
from app.core.lookup import found
from app.custody.history import in_order
from app.custody.models import Sealed
from app.reports import queries as reports


class Holding(StrEnum):
    """Whether a restatement or a relation holds."""

    HOLDS = "holds"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Restated:
    """A restatement, and what became of it."""

    restatement: Restatement
    holding: Holding
    withdrawal: Withdrawal | None = None

    @property
    def drift(self) -> list[Drift]:
        """How it departs, as a person decided."""
        return [Drift(value) for value in self.restatement.drift]


@dataclass(frozen=True, slots=True)
class Related:
    """A relation between two assessments, and what became of it."""

    relation: Relation
    holding: Holding
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that became of the assessments of one recording, oldest first."""

    restated: Sequence[Restated]
    related: Sequence[Related]

    def of(self, assessment_id: str) -> list[Restated]:
        """The restatements of one assessment, whatever became of them."""
        return [one for one in self.restated if one.restatement.assessment_id == assessment_id]

    def between(self, assessment_id: str) -> list[Related]:
        """The relations that lead from an assessment or to it."""
        return [
            one
            for one in self.related
            if assessment_id in (one.relation.assessment_id, one.relation.other_id)
        ]

    @property
    def rows(self) -> list[Sealed]:
        """All rows, withdrawals included."""
        gone = [one.withdrawal for one in self.restated] + [one.withdrawal for one in self.related]
        return [
            *(one.restatement for one in self.restated),
            *(one.relation for one in self.related),
            *(row for row in gone if row),
        ]

    @property
    def repeats(self) -> dict[str, str]:
        """For each assessment that only repeats another, which one."""
        return {
            one.relation.assessment_id: one.relation.other_id
            for one in self.related
            if one.holding is Holding.HOLDS and one.relation.kind is RelationKind.REPEATS
        }


def get_restatement(session: Session, restatement_id: str) -> Restatement:
    """The restatement, or `NotFound`."""
    return found(session.get(Restatement, restatement_id), "restatement")


def get_relation(session: Session, relation_id: str) -> Relation:
    """The relation, or `NotFound`."""
    return found(session.get(Relation, relation_id), "relation")


def of_recording(session: Session, recording_id: str, *, as_of: int | None = None) -> Told:
    """Everything that became of a recording's assessments."""
    return _told(
        session,
        select(Restatement).where(Restatement.recording_id == recording_id),
        select(Relation).where(Relation.recording_id == recording_id),
        select(Withdrawal).where(Withdrawal.recording_id == recording_id),
        as_of,
    )


def in_report(session: Session, report_id: str, *, as_of: int | None = None) -> Sequence[Restated]:
    """Every restatement that stands in a report."""
    made = select(Restatement).where(Restatement.report_id == report_id)
    withdrawn = select(Withdrawal).join(Restatement).where(Restatement.report_id == report_id)
    return _restated(
        in_order(session, made, Restatement, as_of),
        in_order(session, withdrawn, Withdrawal, as_of),
    )


def restated(session: Session, row: Restatement) -> Restated:
    """One restatement and what became of it."""
    newer = session.scalars(select(Restatement).where(Restatement.supersedes_id == row.id))
    withdrawn = session.scalars(select(Withdrawal).where(Withdrawal.restatement_id == row.id))
    return _restated([row, *newer], withdrawn.all())[0]


def related(session: Session, row: Relation) -> Related:
    """One relation and what became of it."""
    withdrawn = session.scalars(select(Withdrawal).where(Withdrawal.relation_id == row.id))
    return _related([row], withdrawn.all())[0]


def rejections_in(
    session: Session, snapshot_id: str, *, as_of: int | None = None
) -> Sequence[Rejection]:
    """What people said no to in a text."""
    statement = select(Rejection).where(Rejection.snapshot_id == snapshot_id)
    return in_order(session, statement, Rejection, as_of)


def reports_telling(
    session: Session, assessment: Assessment, *, as_of: int | None = None
) -> list[str]:
    """
    The reports that tell an assessment: its own, and those that restate it.

    Their roots are its independent sources; their number is not.
    """
    told = of_recording(session, assessment.recording_id, as_of=as_of).of(assessment.id)
    again = {one.restatement.report_id for one in told if one.holding is Holding.HOLDS}
    if assessment.snapshot_id:
        again.add(reports.get_snapshot(session, assessment.snapshot_id).report_id)
    return sorted(again)


def _told(
    session: Session,
    made: Select[Restatement],
    tied: Select[Relation],
    withdrawn: Select[Withdrawal],
    as_of: int | None,
) -> Told:
    withdrawals = in_order(session, withdrawn, Withdrawal, as_of)
    return Told(
        _restated(in_order(session, made, Restatement, as_of), withdrawals),
        _related(in_order(session, tied, Relation, as_of), withdrawals),
    )


def _restated(rows: Sequence[Restatement], withdrawals: Sequence[Withdrawal]) -> list[Restated]:
    newer = {row.supersedes_id for row in rows if row.supersedes_id}
    gone = {row.restatement_id: row for row in withdrawals if row.restatement_id}
    return [
        Restated(
            row,
            Holding.WITHDRAWN
            if row.id in gone
            else Holding.SUPERSEDED
            if row.id in newer
            else Holding.HOLDS,
            gone.get(row.id),
        )
        for row in rows
    ]


def _related(rows: Sequence[Relation], withdrawals: Sequence[Withdrawal]) -> list[Related]:
    gone = {row.relation_id: row for row in withdrawals if row.relation_id}
    return [
        Related(row, Holding.WITHDRAWN if row.id in gone else Holding.HOLDS, gone.get(row.id))
        for row in rows
    ]
