"""
Reading assessments, and which of them are in force.

`as_of` is a place in the custody log: what was recorded at or before it counts. State is
computed from later rows each time and stored nowhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.assessments.models import Assessment, Retraction
from app.assessments.retelling import queries as retelling
from app.assessments.retelling.queries import Holding, Told
from app.assessments.summary import summarise
from app.core.lookup import found
from app.custody.history import in_order


class State(StrEnum):
    """What became of an assessment."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    REPEAT = "repeat"  # told again what another assessment says; counted there


@dataclass(frozen=True, slots=True)
class Standing:
    """An assessment, whether it is in force, and if not, what replaced or withdrew it."""

    assessment: Assessment
    state: State
    superseded_by: str | None = None
    retraction: Retraction | None = None
    repeats: str | None = None
    """The assessment that this one only tells again."""


def get(session: Session, assessment_id: str) -> Assessment:
    """The assessment, or `NotFound`."""
    return found(session.get(Assessment, assessment_id), "assessment")


def of_recording(
    session: Session, recording_id: str, *, as_of: int | None = None, told: Told | None = None
) -> list[Standing]:
    """
    Every assessment of a recording, oldest first, whatever became of it.

    `told` is what became of them at that place, where somebody has read it already.
    """
    made = select(Assessment).where(Assessment.recording_id == recording_id)
    withdrawn = (
        select(Retraction)
        .join(Assessment, Assessment.id == Retraction.assessment_id)
        .where(Assessment.recording_id == recording_id)
    )
    return _standings(
        in_order(session, made, Assessment, as_of),
        in_order(session, withdrawn, Retraction, as_of),
        (told or retelling.of_recording(session, recording_id, as_of=as_of)).repeats,
    )


def by_assessors(
    session: Session, agent_ids: Collection[str], *, as_of: int | None = None
) -> Sequence[Assessment]:
    """Every assessment that these agents are named for, oldest first, whatever became of it."""
    statement = select(Assessment).where(Assessment.assessor_id.in_(agent_ids))
    return in_order(session, statement, Assessment, as_of)


def standing(session: Session, assessment: Assessment) -> Standing:
    """What became of one assessment."""
    newer = session.scalars(select(Assessment).where(Assessment.supersedes_id == assessment.id))
    withdrawn = session.scalars(
        select(Retraction).where(Retraction.assessment_id == assessment.id)
    )
    told = retelling.of_recording(session, assessment.recording_id)
    return _standings([assessment, *newer], withdrawn.all(), told.repeats)[0]


def summary(session: Session, recording_id: str, *, as_of: int | None = None) -> str:
    """One line about the assessments in force, made from counts, disagreement first."""
    told = retelling.of_recording(session, recording_id, as_of=as_of)
    return summary_of(of_recording(session, recording_id, as_of=as_of, told=told), told)


def summary_of(standings: Sequence[Standing], told: Told) -> str:
    """The same line, of standings already read; repeats and restatements are not counted."""
    in_force = [item.assessment for item in standings if item.state is State.IN_FORCE]
    known = {item.id for item in in_force}
    again = {
        one.restatement.report_id
        for one in told.restated
        if one.holding is Holding.HOLDS and one.restatement.assessment_id in known
    }
    return summarise(in_force, restated=len(again))


def _standings(
    assessments: Sequence[Assessment],
    retractions: Sequence[Retraction],
    repeats: Mapping[str, str],
) -> list[Standing]:
    newer = {item.supersedes_id: item.id for item in assessments if item.supersedes_id}
    withdrawn = {item.assessment_id: item for item in retractions}
    found = []
    for assessment in assessments:
        if assessment.id in withdrawn:
            state = State.RETRACTED
        elif assessment.id in newer:
            state = State.SUPERSEDED
        elif assessment.id in repeats:
            state = State.REPEAT
        else:
            state = State.IN_FORCE
        found.append(
            Standing(
                assessment,
                state,
                newer.get(assessment.id),
                withdrawn.get(assessment.id),
                repeats.get(assessment.id),
            )
        )
    return found
