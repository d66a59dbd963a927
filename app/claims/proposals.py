"""
The claims that rules read in a frozen text, and how a person makes claims of them.

Proposals are computed and stored nowhere: text and day of publication are frozen and the rules are
pinned, so that asking again gives the same. What is kept is what somebody accepts, through the one verb
that records a claim, and what somebody says is not claimed there, so that it is not proposed to everybody
again. Both name the rules. A proposal is marked as recorded where a claim of the same predicate, in
force, stands on its passage.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.claims import queries, reading, service, values
from app.claims.edtf import bounds
from app.claims.facts import EventLink
from app.claims.models import Claim, ClaimProposalRejection
from app.claims.predicates import Predicate
from app.claims.reading.proposal import Proposal
from app.claims.service import Assertion, Via
from app.claims.temporal.resolver import Published, Within
from app.claims.terms import Modality, SubjectKind
from app.core import clock
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.core.plaintext import prose
from app.custody.events import EventType
from app.custody.history import in_order
from app.custody.service import Subject, record
from app.reports import queries as reports
from app.reports.anchor import Passage, anchor_at, columns
from app.reports.attribution.values import Force
from app.reports.models import Report, Snapshot

METHOD = f"{reading.METHOD} {reading.VERSION}"
"""The rules that propose, as the custody entry of an accepted claim names them."""
_LONGEST = 100_000


class AlreadyClaimed(Conflict):
    """A claim of the same predicate stands where the proposal does."""

    slug: ClassVar[str] = "claim-already-recorded"


class AlreadyRejected(Conflict):
    """Somebody said already that this is not claimed there."""

    slug: ClassVar[str] = "claim-proposal-already-rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal, the claim in its place, and the rejection of it; `None` where there is none."""

    proposal: Proposal
    claim: Claim | None
    rejection: ClaimProposalRejection | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """Everything that was read in one snapshot; `note` says what was not."""

    language: str
    published: date | None
    note: str
    items: Sequence[Proposed]

    @property
    def open(self) -> Sequence[Proposed]:
        """Those that nobody has accepted or rejected."""
        return [item for item in self.items if item.claim is None and item.rejection is None]


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """By what a proposal is known: its place in the text and what it claims."""

    start: int
    end: int
    predicate: Predicate


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a person says otherwise than the proposal; `None` leaves it as proposed."""

    passage: Passage | None = None
    value: Json | None = None
    modality: Modality | None = None
    said_by_id: str | None = None
    said_by: str | None = None
    """Who says it, as described; empty for the report itself."""
    force: Force | None = None
    via: Sequence[Via] | None = None


def proposals(session: Session, snapshot: Snapshot, *, as_of: int | None = None) -> Proposals:
    """What the rules read in a snapshot, and what became of it."""
    report = reports.get(session, snapshot.report_id)
    published = when_published(report)
    read = _read(snapshot.text, report.language, published, report.publisher or "")
    claims = [
        each
        for each in queries.in_force(queries.of_report(session, report.id, as_of=as_of))
        if each.snapshot_id == snapshot.id
    ]
    refused = select(ClaimProposalRejection).where(
        ClaimProposalRejection.snapshot_id == snapshot.id
    )
    rejections = in_order(session, refused, ClaimProposalRejection, as_of)
    return Proposals(
        language=read.language,
        published=published if isinstance(published, date) else None,
        note=_note(read.note, report),
        items=[
            Proposed(
                proposal=each,
                claim=_in_place(each, claims, read.proposals),
                rejection=_rejected(each, rejections),
            )
            for each in read.proposals
        ],
    )


def when_published(report: Report) -> Published:
    """What relative dates count from: a day, a stretch of days, or nothing that is known."""
    if report.published_edtf is None:
        return None
    known = bounds(report.published_edtf)
    if known.earliest is None or known.latest is None:
        return None
    one = known.earliest == known.latest
    return known.earliest if one else Within(known.earliest, known.latest)


def accept(
    session: Session,
    *,
    actor: Actor,
    snapshot: Snapshot,
    at: At,
    subject: tuple[SubjectKind, str],
    event_id: str | None = None,
    changes: Changes,
) -> Claim:
    """
    Record the claim that is proposed at a place, as it is or as somebody changes it.

    `subject` is what it is about: the rules only say of what sort. `event_id` is the event of a proposed
    `event_link`. Raises `Invalid` naming the field, `AlreadyClaimed`, and as `service.claim` does.
    """
    item = _item(session, snapshot, at)
    if item.claim is not None:
        raise AlreadyClaimed("this claim is recorded already", claim_id=item.claim.id)
    proposal = item.proposal
    described = proposal.said_by if changes.said_by is None else changes.said_by.strip() or None
    if changes.said_by_id is not None:
        described = None
    says = described is not None or changes.said_by_id is not None
    via = [Via(as_described=each) for each in proposal.via] if changes.via is None else changes.via
    return service.claim(
        session,
        actor=actor,
        snapshot=snapshot,
        passage=changes.passage or Passage(exact=proposal.exact, start=proposal.start),
        assertion=Assertion(
            subject_kind=subject[0],
            subject_id=subject[1],
            predicate=proposal.predicate,
            value=_value(proposal, event_id) if changes.value is None else changes.value,
            modality=changes.modality or proposal.modality,
            said_by_id=changes.said_by_id,
            said_by_as_described=described,
            force=(changes.force or proposal.force) if says else None,
            via=via,
        ),
        method=METHOD,
    )


def reject(
    session: Session, *, actor: Actor, snapshot: Snapshot, at: At, reason: str
) -> ClaimProposalRejection:
    """Say that what is proposed at a place is not claimed there; nobody is proposed it again."""
    item = _item(session, snapshot, at)
    if item.claim is not None:
        raise AlreadyClaimed("this claim is recorded already", claim_id=item.claim.id)
    if item.rejection is not None:
        raise AlreadyRejected("this proposal is rejected already", rejection_id=item.rejection.id)
    anchor = anchor_at(snapshot.text, at.start, at.end)
    row = ClaimProposalRejection(
        id=new_id(),
        case_id=snapshot.case_id,
        report_id=snapshot.report_id,
        predicate=at.predicate,
        proposed_by=METHOD,
        reason=prose(reason, field="reason"),
        rejected_by=actor.id,
        rejected_at=clock.now(),
        snapshot_id=snapshot.id,
        **columns(anchor),
    )
    record(
        session,
        EventType.CLAIM_REJECTION,
        subject=Subject("report", snapshot.report_id),
        actor=actor,
        case_id=snapshot.case_id,
        rows=[row],
        details={"predicate": str(at.predicate), "proposed_by": METHOD},
    )
    return row


def _item(session: Session, snapshot: Snapshot, at: At) -> Proposed:
    for item in proposals(session, snapshot).items:
        each = item.proposal
        if (each.start, each.end, each.predicate) == (at.start, at.end, at.predicate):
            return item
    raise Invalid("nothing of this kind is proposed at this place of the text", field="start")


def _value(proposal: Proposal, event_id: str | None) -> Json:
    value = proposal.value
    if isinstance(value, EventLink):
        if not event_id:
            raise Invalid("name the event that it is said to be tied to", field="event_id")
        value = replace(value, to_id=event_id)
    spelled: Json = values.to_json(value)
    return spelled


@lru_cache(maxsize=16)
def _read(text: str, language: str, published: Published, publisher: str) -> reading.Reading:
    """What the rules read; kept for a few texts, because a page is opened again and again."""
    if len(text) > _LONGEST:
        note = f"the text is longer than {_LONGEST} characters and is not read here"
        return reading.Reading(language, (), note)
    return reading.propose(
        text,
        language=language,
        published=published,
        publications=(publisher,) if publisher else (),
    )


def _note(read: str, report: Report) -> str:
    published, dates = when_published(report), ""
    if published is None:
        dates = "the day of publication is not known: dates that count from it are unresolved"
    elif isinstance(published, Within):
        known = f"published on some day from {published.first} to {published.last}"
        dates = f"{known}: dates that depend on which are unresolved"
    return "; ".join(part for part in (read, dates) if part)


def _in_place(
    proposal: Proposal, claims: Sequence[Claim], every: Sequence[Proposal]
) -> Claim | None:
    """
    The claim of the same predicate on the same passage, or else on one that shares words with it
    and is not where another proposal stands.
    """
    same = [each for each in claims if each.predicate is proposal.predicate]
    exact = [each for each in same if (each.start, each.end) == (proposal.start, proposal.end)]
    others = {(each.start, each.end) for each in every if each.predicate is proposal.predicate}
    near = [
        each
        for each in same
        if each.start < proposal.end
        and proposal.start < each.end
        and (each.start, each.end) not in others
    ]
    return next(iter([*exact, *near]), None)


def _rejected(
    proposal: Proposal, rejections: Sequence[ClaimProposalRejection]
) -> ClaimProposalRejection | None:
    at = proposal.start, proposal.end, proposal.predicate
    return next((row for row in rejections if (row.start, row.end, row.predicate) == at), None)
