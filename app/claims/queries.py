"""
Reading claims, and which of them are in force.

`as_of` is a place in the custody log: what was recorded at or before it counts. A claim that was
superseded or withdrawn is given with its state; only claims in force stand in conflict.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from app.claims.models import Claim, ClaimWithdrawal
from app.claims.predicates import Predicate
from app.claims.terms import SubjectKind
from app.core.lookup import found
from app.custody.history import in_order
from app.recordings import queries as recordings

_NAMED_ONE_BY_ONE = 500
"""How many identifiers one statement names: databases have a limit."""


class State(StrEnum):
    """What became of a claim."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim, whether it is in force, and if not, what replaced or withdrew it."""

    claim: Claim
    state: State
    superseded_by: str | None = None
    withdrawal: ClaimWithdrawal | None = None


def get(session: Session, claim_id: str) -> Claim:
    """The claim, or `NotFound`."""
    return found(session.get(Claim, claim_id), "claim")


def listing(
    *,
    case_ids: Collection[str],
    case_id: str | None = None,
    subject_kind: SubjectKind | None = None,
    subject_id: str | None = None,
    predicate: Predicate | None = None,
    report_id: str | None = None,
) -> Select[Claim]:
    """The claims of these cases, narrowed to what is named."""
    statement = select(Claim).where(Claim.case_id.in_(case_ids))
    for column, wanted in (
        (Claim.case_id, case_id),
        (Claim.subject_kind, subject_kind),
        (Claim.subject_id, subject_id),
        (Claim.predicate, predicate),
        (Claim.report_id, report_id),
    ):
        if wanted is not None:
            statement = statement.where(column == wanted)
    return statement


def of_recording(
    session: Session, recording_id: str, *, as_of: int | None = None
) -> list[Standing]:
    """Every claim about a recording, and about the series it was published in, oldest first."""
    recording = recordings.get(session, recording_id)
    series = recordings.description_of(session, recording_id, as_of=as_of).series
    about: ColumnElement[bool] = (Claim.subject_kind == SubjectKind.RECORDING) & (
        Claim.subject_id == recording_id
    )
    if series is not None:
        about = or_(
            about, (Claim.subject_kind == SubjectKind.SERIES) & (Claim.subject_id == series)
        )
    return _read(session, select(Claim).where(Claim.case_id == recording.case_id, about), as_of)


def of_report(session: Session, report_id: str, *, as_of: int | None = None) -> list[Standing]:
    """Every claim that a report makes, oldest first."""
    return _read(session, select(Claim).where(Claim.report_id == report_id), as_of)


def of_case(session: Session, case_id: str, *, as_of: int | None = None) -> list[Standing]:
    """Every claim of a case, oldest first."""
    return _read(session, select(Claim).where(Claim.case_id == case_id), as_of)


def standing(session: Session, claim: Claim) -> Standing:
    """What became of one claim."""
    return standings(session, [claim])[0]


def standings(
    session: Session, claims: Sequence[Claim], *, as_of: int | None = None
) -> list[Standing]:
    """What became of several claims, in their order."""
    newest = select(Claim).where(_among(Claim.supersedes_id, Claim.case_id, claims))
    gone = select(ClaimWithdrawal).where(
        _among(ClaimWithdrawal.claim_id, ClaimWithdrawal.case_id, claims)
    )
    newer = {row.supersedes_id: row.id for row in in_order(session, newest, Claim, as_of)}
    withdrawn = {row.claim_id: row for row in in_order(session, gone, ClaimWithdrawal, as_of)}
    return [_standing(claim, newer, withdrawn) for claim in claims]


def in_force(standings: Sequence[Standing]) -> list[Claim]:
    """The claims of some standings that are in force."""
    return [item.claim for item in standings if item.state is State.IN_FORCE]


def _read(session: Session, statement: Select[Claim], as_of: int | None) -> list[Standing]:
    return standings(session, in_order(session, statement, Claim, as_of), as_of=as_of)


def _among(column: Any, case: Any, claims: Sequence[Claim]) -> ColumnElement[bool]:
    """Rows about these claims; of many, all rows of their cases, and few of them are too many."""
    if len(claims) <= _NAMED_ONE_BY_ONE:
        named: ColumnElement[bool] = column.in_([claim.id for claim in claims])
        return named
    told: ColumnElement[bool] = case.in_({claim.case_id for claim in claims})
    return told


def _standing(
    claim: Claim, newer: dict[str | None, str], withdrawn: dict[str, ClaimWithdrawal]
) -> Standing:
    if claim.id in withdrawn:
        state = State.WITHDRAWN
    elif claim.id in newer:
        state = State.SUPERSEDED
    else:
        state = State.IN_FORCE
    return Standing(claim, state, newer.get(claim.id), withdrawn.get(claim.id))
