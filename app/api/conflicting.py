"""How conflicts between claims, rulings on them and sums look on the wire."""

from pydantic import Field

from app.api.claimed import ClaimOut
from app.api.wire import Spelled, UtcInstant, Wire
from app.claims.conflicts.finding import Side
from app.claims.conflicts.stating import ConflictKind, Explanation, ExplanationCode
from app.claims.models import ConflictDecision, ConflictRuling
from app.claims.predicates import Predicate
from app.claims.queries import Standing, State
from app.claims.reconciliation import Outcome, Part, Reconciliation
from app.claims.register import ConflictState, Listed
from app.claims.telling import of as told
from app.claims.terms import Metric, SubjectKind


class SideOut(Wire):
    """What one side stands for, every claim that says so, and how many sources these have."""

    stands_for: str
    source_count: int
    claims: list[ClaimOut]

    @classmethod
    def of(cls, side: Side, listed: Listed) -> "SideOut":
        """Shape a side."""
        return cls(
            stands_for=side.stands_for,
            source_count=listed.sources[side.stands_for],
            claims=[
                ClaimOut.of(Standing(listed.claims[claim.id], State.IN_FORCE))
                for claim in side.claims
            ],
        )


class ExplanationOut(Wire):
    """What may have made one fact into two values: a proposal of the rules."""

    code: ExplanationCode
    says: str

    @classmethod
    def of(cls, explanation: Explanation) -> "ExplanationOut":
        """Shape an explanation."""
        return cls(code=explanation.code, says=explanation.says)


class RulingIn(Wire):
    """
    What somebody says of a conflict. `chosen` names the claim that is used here; `supersedes` the
    ruling in force that one has seen (null: none is).
    """

    ruling: Spelled[ConflictRuling]
    reason: str
    chosen_claim_id: str | None = None
    supersedes: str | None = None


class RulingOut(Wire):
    """What somebody said of a conflict, and which claims it had then."""

    id: str
    conflict_key: str
    log_index: int
    ruling: ConflictRuling
    reason: str
    chosen_claim_id: str | None
    claim_ids: list[str]
    supersedes_id: str | None
    decided_by: str
    decided_at: UtcInstant

    @classmethod
    def of(cls, row: ConflictDecision) -> "RulingOut":
        """Shape a ruling."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class ConflictOut(Wire):
    """Two values of one subject that are at odds; no state takes a claim away."""

    key: str
    case_id: str
    kind: ConflictKind
    subject_kind: SubjectKind
    subject_id: str
    predicate: Predicate
    compatible: bool = Field(description="both may be so: one side says less than the other")
    sides: list[SideOut]
    explanations: list[ExplanationOut]
    state: ConflictState
    rulings: list[RulingOut]
    joined_since: list[str] = Field(description="claims that came after the last ruling")

    @classmethod
    def of(cls, listed: Listed, case_id: str) -> "ConflictOut":
        """Shape a conflict with what was said of it."""
        found = listed.conflict
        return cls(
            key=found.key,
            case_id=case_id,
            kind=found.kind,
            subject_kind=found.subject_kind,
            subject_id=found.subject_id,
            predicate=found.predicate,
            compatible=found.compatible,
            sides=[SideOut.of(side, listed) for side in found.sides],
            explanations=[ExplanationOut.of(each) for each in found.explanations],
            state=listed.state,
            rulings=[RulingOut.of(row) for row in listed.decisions],
            joined_since=list(listed.joined_since),
        )


class ConflictListing(Wire):
    """Conflicts, by subject and predicate."""

    items: list[ConflictOut]


class PartOut(Wire):
    """What was counted in one period; `high` null: no upper end is told."""

    period: str
    low: int
    high: int | None
    claim_ids: list[str]

    @classmethod
    def of(cls, part: Part) -> "PartOut":
        """Shape a part."""
        return cls(
            period=part.period, low=part.low, high=part.high, claim_ids=list(part.claim_ids)
        )


class ReconciliationOut(Wire):
    """A total of one report, its parts, and whether these come to it."""

    subject_kind: SubjectKind
    subject_id: str
    metric: Metric
    of_what: str
    report_id: str
    total: int
    claim_ids: list[str]
    parts: list[PartOut]
    low: int
    high: int | None
    elsewhere: bool = Field(description="the parts are told by another report")
    outcome: Outcome
    rest: int | None = Field(description="what exact parts leave; null: none, or not exact")
    untold: list[str] = Field(description="years of which no part is told")

    @classmethod
    def of(cls, found: Reconciliation) -> "ReconciliationOut":
        """Shape a reconciliation."""
        return cls(
            subject_kind=found.subject_kind,
            subject_id=found.subject_id,
            metric=found.metric,
            of_what=told(found.of),
            report_id=found.report_id,
            total=found.total,
            claim_ids=list(found.claim_ids),
            parts=[PartOut.of(part) for part in found.parts],
            low=found.low,
            high=found.high,
            elsewhere=found.elsewhere,
            outcome=found.outcome,
            rest=found.rest,
            untold=list(found.untold),
        )


class ReconciliationListing(Wire):
    """Every total, with what its parts come to."""

    items: list[ReconciliationOut]
