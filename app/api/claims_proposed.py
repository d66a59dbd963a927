"""How claims look on the wire that rules propose, and how one of them is accepted or rejected."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from app.api.anchors import AnchorOut, PassageIn
from app.api.claimed import ViaShape
from app.api.wire import Spelled, UtcInstant, Wire
from app.claims import reading, values
from app.claims.models import ClaimProposalRejection
from app.claims.predicates import Predicate
from app.claims.proposals import At, Changes, Proposals, Proposed
from app.claims.reading.proposal import SubjectRole
from app.claims.service import MOST_VIA, Via
from app.claims.terms import Modality, SubjectKind
from app.reports.anchor import anchor_at
from app.reports.attribution.values import Force
from app.reports.models import Snapshot


class ClaimProposalOut(Wire):
    """
    A claim that rules propose. It is about something that only a person can name: `role` says of what sort,
    `subject` in which words the text has it, `subject_kinds` what it may be bound to, the usual first.

    `claim_id` names the claim recorded in its place, `rejection_id` that it was said to be none. The
    `to_id` of a proposed `event_link` is empty: it is named on acceptance.
    """

    anchor: AnchorOut
    predicate: Predicate
    value: dict[str, Any]
    modality: Modality
    role: SubjectRole
    subject: str | None
    subject_kinds: list[SubjectKind]
    said_by: str | None
    force: Force | None
    via: list[str]
    why: str
    claim_id: str | None
    rejection_id: str | None

    @classmethod
    def of(cls, item: Proposed, snapshot: Snapshot) -> "ClaimProposalOut":
        """Shape a proposal."""
        each = item.proposal
        return cls(
            anchor=AnchorOut.of(snapshot.id, anchor_at(snapshot.text, each.start, each.end)),
            predicate=each.predicate,
            value=values.to_json(each.value),
            modality=each.modality,
            role=each.role,
            subject=each.subject,
            subject_kinds=list(each.kinds),
            said_by=each.said_by,
            force=each.force,
            via=list(each.via),
            why=each.why,
            claim_id=item.claim.id if item.claim else None,
            rejection_id=item.rejection.id if item.rejection else None,
        )


class ClaimProposalListing(Wire):
    """
    What rules read in one snapshot, in the order of its text; `note` says what they did not.

    `published` is the day that relative dates were counted from, null where the report is not dated to
    the day.
    """

    method: str
    version: str
    language: str
    published: date | None
    note: str
    items: list[ClaimProposalOut]

    @classmethod
    def of(cls, read: Proposals, snapshot: Snapshot) -> "ClaimProposalListing":
        """Shape a reading."""
        return cls(
            method=reading.METHOD,
            version=reading.VERSION,
            language=read.language,
            published=read.published,
            note=read.note,
            items=[ClaimProposalOut.of(item, snapshot) for item in read.items],
        )


class PlacedIn(Wire):
    """Which proposal is meant: by its place in the text and what it claims."""

    start: int
    end: int
    predicate: Spelled[Predicate]

    def at(self) -> At:
        """The value that the feature understands."""
        return At(start=self.start, end=self.end, predicate=self.predicate)


class ClaimAcceptanceIn(PlacedIn):
    """
    Which proposal is accepted, of what it is claimed, and what is said otherwise than proposed.

    What is left out stays as proposed; a null `said_by_as_described` is the report itself. `event_id`
    names the event of an `event_link`.
    """

    subject_kind: Spelled[SubjectKind]
    subject_id: str
    event_id: str | None = None
    passage: PassageIn | None = None
    value: dict[str, Any] | None = None
    modality: Spelled[Modality] | None = None
    said_by_id: str | None = None
    said_by_as_described: str | None = None
    force: Spelled[Force] | None = None
    via: Annotated[list[ViaShape], Field(max_length=MOST_VIA)] | None = None

    def changes(self) -> Changes:
        """The value that the feature understands."""
        named = "said_by_as_described" in self.model_fields_set
        return Changes(
            passage=self.passage.passage() if self.passage else None,
            value=self.value,
            modality=self.modality,
            said_by_id=self.said_by_id,
            said_by=(self.said_by_as_described or "") if named else None,
            force=self.force,
            via=None if self.via is None else [Via(**each.model_dump()) for each in self.via],
        )


class ClaimRejectionIn(PlacedIn):
    """Which proposal is none, and why."""

    reason: str


class ClaimRejectionOut(Wire):
    """That a proposed claim is said to be none, by whom, when and why."""

    id: str
    log_index: int
    report_id: str
    predicate: Predicate
    anchor: AnchorOut
    proposed_by: str
    reason: str
    rejected_by: str
    rejected_at: UtcInstant

    @classmethod
    def of(cls, row: ClaimProposalRejection) -> "ClaimRejectionOut":
        """Shape a rejection."""
        return cls(
            **{name: getattr(row, name) for name in cls.model_fields if name != "anchor"},
            anchor=AnchorOut.of(row.snapshot_id, row.anchor),
        )
