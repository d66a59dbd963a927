"""
What rules read in a text as claimed: the shape of a claim, but for the things that only a person can name.

A proposal says of what sort of thing it is claimed (`role`) and in which words the text names it; which recording,
incident or agent of the catalogue that is, a person says. Everything points into the text.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.claims.predicates import DEFINITIONS, Predicate
from app.claims.terms import Modality, SubjectKind
from app.reports.attribution.values import Force
from transcription.quotation.proposal import Stretch


class SubjectRole(StrEnum):
    """What in the text it is claimed of."""

    RECORDING = "recording"
    """The recording, or the set of recordings, that the text speaks of."""
    INCIDENT = "incident"
    MATERIAL = "material"
    """A video, a screenshot, a photograph."""
    REPORT = "report"
    AGENT = "agent"
    PLACE = "place"


KINDS = {
    SubjectRole.RECORDING: (SubjectKind.SERIES, SubjectKind.RECORDING),
    SubjectRole.INCIDENT: (SubjectKind.INCIDENT,),
    SubjectRole.MATERIAL: (SubjectKind.MATERIAL,),
    SubjectRole.REPORT: (SubjectKind.REPORT,),
    SubjectRole.AGENT: (SubjectKind.AGENT,),
    SubjectRole.PLACE: (SubjectKind.PLACE,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one rule reads: the passage, what it claims and of what; `modality` where the rule knows it."""

    place: Stretch
    predicate: Predicate
    value: Any
    role: SubjectRole
    why: str
    subject: str | None = None
    modality: Modality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """
    One claim that a text is read to make.

    `subject` are the words for what it is about, null where the text has none of its own. `said_by` is
    null where the report itself says it; `via` are the publications it came through, the nearest first.
    An `event_link` has an empty `to_id` in its value: which event, a person says.
    """

    start: int
    end: int
    exact: str
    predicate: Predicate
    value: Any
    modality: Modality
    role: SubjectRole
    subject: str | None
    said_by: str | None
    force: Force | None
    via: tuple[str, ...]
    why: str

    @property
    def kinds(self) -> tuple[SubjectKind, ...]:
        """The kinds of thing that a person may bind it to: the usual one first."""
        allowed = DEFINITIONS[self.predicate].subjects
        usual = [kind for kind in KINDS[self.role] if kind in allowed]
        return (*usual, *(kind for kind in allowed if kind not in usual))
