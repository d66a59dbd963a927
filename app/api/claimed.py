"""How claims look on the wire."""

from typing import Annotated, Any

from pydantic import Field

from app.api.anchors import AnchorOut
from app.api.assessed import StatedIn
from app.api.wire import Spelled, UtcInstant, Wire
from app.claims.models import Claim, ClaimWithdrawal
from app.claims.predicates import Comparison, Definition, Predicate
from app.claims.queries import Standing, State
from app.claims.service import MOST_VIA, Assertion, Via
from app.claims.terms import Modality, SubjectKind
from app.claims.values import json_schema
from app.reports.attribution.values import Force


class ViaShape(Wire):
    """A publication that it came through: a report of the case, or as it is described."""

    report_id: str | None = None
    as_described: str | None = None


class ClaimIn(Wire):
    """
    What a passage asserts. `value` has the shape of its predicate (`GET /predicates`); without
    somebody who says it, the report itself does.
    """

    subject_kind: Spelled[SubjectKind]
    subject_id: str
    predicate: Spelled[Predicate]
    value: dict[str, Any]
    modality: Spelled[Modality] = Modality.ASSERTED
    said_by_id: str | None = None
    said_by_as_described: str | None = None
    force: Spelled[Force] | None = None
    via: Annotated[list[ViaShape], Field(max_length=MOST_VIA, default_factory=list)]
    anchor: StatedIn

    def assertion(self) -> Assertion:
        """The value that the feature understands."""
        plain = {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name not in {"via", "anchor"}
        }
        return Assertion(**plain, via=[Via(**each.model_dump()) for each in self.via])


class WithdrawalIn(Wire):
    """Why a claim is withdrawn: what was read wrongly."""

    reason: str


class WithdrawalOut(Wire):
    """That a claim was withdrawn, by whom, when and why."""

    id: str
    claim_id: str
    log_index: int
    reason: str
    withdrawn_by: str
    withdrawn_at: UtcInstant

    @classmethod
    def of(cls, row: ClaimWithdrawal) -> "WithdrawalOut":
        """Shape a withdrawal."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class ClaimOut(Wire):
    """One claim, and whether it is in force. `exact` of the anchor is its raw wording."""

    id: str
    case_id: str
    log_index: int
    report_id: str
    subject_kind: SubjectKind
    subject_id: str
    predicate: Predicate
    value: dict[str, Any]
    modality: Modality
    said_by_id: str | None
    said_by_as_described: str | None
    force: Force | None
    via: list[ViaShape]
    earliest: str | None
    latest: str | None
    anchor: AnchorOut
    supersedes_id: str | None
    recorded_by: str
    recorded_at: UtcInstant
    state: State
    superseded_by: str | None
    withdrawal: WithdrawalOut | None

    @classmethod
    def of(cls, standing: Standing) -> "ClaimOut":
        """Shape a claim with what became of it."""
        row: Claim = standing.claim
        made = {"via", "anchor", "state", "superseded_by", "withdrawal"}
        return cls(
            **{name: getattr(row, name) for name in cls.model_fields if name not in made},
            via=[ViaShape(**each) for each in row.via],
            anchor=AnchorOut.of(row.snapshot_id, row.anchor),
            state=standing.state,
            superseded_by=standing.superseded_by,
            withdrawal=WithdrawalOut.of(standing.withdrawal) if standing.withdrawal else None,
        )


class ClaimListing(Wire):
    """Claims, oldest first, whatever became of them."""

    items: list[ClaimOut]


class PredicateOut(Wire):
    """What can be claimed: of which subjects, the usual first, and in which shape."""

    predicate: Predicate
    says: str
    subjects: list[SubjectKind]
    comparison: Comparison
    value: dict[str, Any]

    @classmethod
    def of(cls, definition: Definition) -> "PredicateOut":
        """Shape a predicate's definition, with the JSON Schema of its value."""
        return cls(
            predicate=definition.predicate,
            says=definition.says,
            subjects=list(definition.subjects),
            comparison=definition.comparison,
            value=json_schema(definition.value),
        )


class PredicateListing(Wire):
    """The closed list of predicates, and its edition."""

    version: str
    items: list[PredicateOut]
