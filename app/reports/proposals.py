"""
The links to other reports that rules read in a report's text, and what people make of them.

Proposals are computed and stored nowhere: the texts are frozen and the rules are pinned, so that asking
again gives the same. What the text claims (`sources`) is proposed with the words in which it does and
with the report that is meant (`fitting`), which need not be registered; what its text shares with
another (`overlap`) is proposed as an inference, led from the later to the earlier where the dates tell. A
person accepts, through the one verb that links, or rejects, which is kept.
"""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy.orm import Session

from app.core import clock, plaintext
from app.core.actor import Actor
from app.core.errors import Conflict, Invalid
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.reports import queries, service
from app.reports.anchor import Passage
from app.reports.lineage import Relation
from app.reports.models import Layer, LinkRejection, Report, ReportLink, Snapshot
from app.reports.proposing import METHOD, Proposed, State, proposed
from app.reports.service import Particulars


class AlreadyDecided(Conflict):
    """Somebody has linked or rejected what is proposed, or another link explains it."""

    slug: ClassVar[str] = "link-already-decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a person says otherwise than the proposal; `None` leaves it as proposed."""

    relation: Relation | None = None
    target: Report | None = None
    rationale: str | None = None


def accept(
    session: Session, *, actor: Actor, snapshot: Snapshot, key: str, changes: Changes
) -> ReportLink:
    """
    Link as proposed, or as somebody changes it.

    Which report is meant is decided now: what was accepted a moment ago may be it. Raises `Invalid` for
    a key of nothing proposed, `AlreadyDecided`, and as `service.link` does.
    """
    proposal = _open(session, snapshot, key)
    source = queries.get(session, proposal.from_report_id)
    target: Report | Particulars
    if changes.target is not None:
        target = changes.target
    elif proposal.to_report_id is not None:
        target = queries.get(session, proposal.to_report_id)
    elif proposal.stub is not None:
        target = proposal.stub
    else:
        raise Invalid("name the report that is meant", field="to_report_id")
    place = proposal.place
    passage = Passage(exact=place.of(snapshot.text), start=place.start) if place else None
    inferred = proposal.layer is Layer.INFERRED
    return service.link(
        session,
        actor=actor,
        source=source,
        target=target,
        relation=changes.relation or proposal.relation,
        layer=proposal.layer,
        snapshot=snapshot if passage else None,
        passage=passage,
        rationale=changes.rationale or ("; ".join(proposal.why.values()) if inferred else None),
        proposed_by=METHOD,
    )


def reject(
    session: Session, *, actor: Actor, snapshot: Snapshot, key: str, reason: str
) -> LinkRejection:
    """
    Say that a proposed link is none, and why; it is not proposed again.

    Raises `AlreadyDecided`, and `Invalid` naming `key` or `reason`.
    """
    proposal = _open(session, snapshot, key)
    row = LinkRejection(
        id=new_id(),
        case_id=snapshot.case_id,
        report_id=snapshot.report_id,
        to_report_id=proposal.to_report_id,
        proposal=proposal.key,
        relation=proposal.relation,
        proposed_by=METHOD,
        reason=plaintext.prose(reason, field="reason"),
        rejected_by=actor.id,
        rejected_at=clock.now(),
    )
    record(
        session,
        EventType.REPORT_LINK_REJECTION,
        subject=Subject("report", snapshot.report_id),
        actor=actor,
        case_id=snapshot.case_id,
        rows=[row],
        details={"rejection": row.id, "proposed_by": METHOD},
    )
    return row


def _open(session: Session, snapshot: Snapshot, key: str) -> Proposed:
    """The proposal of this key, if it still waits for somebody."""
    each = next((each for each in proposed(session, snapshot).items if each.key == key), None)
    if each is None:
        raise Invalid("no such link is proposed for this text", field="key")
    if each.state is not State.OPEN:
        raise AlreadyDecided(
            f"this link is {each.state.value} already",
            **({"link_id": each.link_id} if each.link_id else {}),
        )
    return each
