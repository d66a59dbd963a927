"""How restatements of assessments, and relations between them, look on the wire."""

from typing import Any

from pydantic import Field

from app.api.anchors import AnchorOut, PassageIn
from app.api.wire import Spelled, UtcInstant, Wire
from app.assessments.drift import Drift
from app.assessments.retelling.models import RelationKind, Withdrawal
from app.assessments.retelling.queries import Holding, Related, Restated
from app.assessments.retelling.service import Retold


class DecisionIn(Wire):
    """How a restatement departs. Left out: as the rules propose. `note` says why otherwise."""

    drift: list[Spelled[Drift]] | None = None
    note: str | None = None


class RestatementIn(PassageIn, DecisionIn):
    """A passage of another report that restates an assessment."""

    snapshot_id: str
    language: str | None = Field(default=None, description="left out: the report's")

    def retold(self) -> Retold:
        """The value that the feature understands."""
        return Retold(
            passage=self.passage(), language=self.language, drift=self.drift, note=self.note
        )


class ReasonIn(Wire):
    """Why something is withdrawn."""

    reason: str


class WithdrawalOut(Wire):
    """That it was recorded wrongly, who said so, when and why."""

    id: str
    log_index: int
    reason: str
    withdrawn_by: str
    withdrawn_at: UtcInstant

    @classmethod
    def of(cls, row: Withdrawal) -> "WithdrawalOut":
        """Shape a withdrawal."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class ReasonOut(Wire):
    """What the rules say on one axis, naming the words; null drift: none on this axis."""

    axis: str
    drift: Drift | None
    sentence: str


class RestatementOut(Wire):
    """Another report's wording of an assessment: how it departs, as decided and as proposed."""

    id: str
    assessment_id: str
    recording_id: str
    report_id: str
    case_id: str
    log_index: int
    anchor: AnchorOut
    language: str
    drift: list[Drift]
    proposed: list[Drift]
    reasons: list[ReasonOut]
    method: str
    version: str
    note: str | None
    supersedes_id: str | None
    restated_by: str
    restated_at: UtcInstant
    holding: Holding
    withdrawal: WithdrawalOut | None

    @classmethod
    def of(cls, one: Restated) -> "RestatementOut":
        """Shape a restatement with what became of it."""
        row = one.restatement
        made = {"anchor", "drift", "proposed", "reasons", "holding", "withdrawal"}
        return cls(
            **{name: getattr(row, name) for name in cls.model_fields if name not in made},
            anchor=AnchorOut.of(row.snapshot_id, row.anchor),
            drift=one.drift,
            proposed=[Drift(value) for value in row.proposed],
            reasons=[_reason(each) for each in row.reasons],
            holding=one.holding,
            withdrawal=WithdrawalOut.of(one.withdrawal) if one.withdrawal else None,
        )


def _reason(told: dict[str, Any]) -> ReasonOut:
    drift = Drift(told["drift"]) if told["drift"] else None
    return ReasonOut(axis=told["axis"], drift=drift, sentence=told["sentence"])


class RelationIn(Wire):
    """How an assessment stands to another of the same case, and what shows it."""

    other_id: str
    kind: Spelled[RelationKind]
    reason: str


class RelationOut(Wire):
    """That an assessment repeats, cites or disputes another."""

    id: str
    assessment_id: str
    other_id: str
    kind: RelationKind
    log_index: int
    reason: str
    related_by: str
    related_at: UtcInstant
    holding: Holding
    withdrawal: WithdrawalOut | None

    @classmethod
    def of(cls, one: Related) -> "RelationOut":
        """Shape a relation with what became of it."""
        made = {"holding", "withdrawal"}
        return cls(
            **{name: getattr(one.relation, name) for name in cls.model_fields if name not in made},
            holding=one.holding,
            withdrawal=WithdrawalOut.of(one.withdrawal) if one.withdrawal else None,
        )


class RetellingOut(Wire):
    """What became of one assessment, oldest first."""

    restatements: list[RestatementOut]
    relations: list[RelationOut]
