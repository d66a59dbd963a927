"""
How recordings stand to one another, and who may say so.

Two recordings are never made one by a likeness of words: `same_as` needs a reason in bytes
or provenance, stated by one person and confirmed by another. `not_same_as` is a finding of
the same rank, and while it stands no `same_as` between the two can be confirmed. Nothing
is merged: a confirmed link is shown, and both recordings stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.actor import Actor
from app.core.errors import Conflict, Forbidden, Invalid, NotFound
from app.custody.history import in_order
from app.recordings.models import ClaimedHop, LinkRuling, Recording, RecordingLink
from app.recordings.provenance import Ground, LinkDecision, LinkKind, LinkState

FIRM_GROUNDS = frozenset({Ground.BYTES, Ground.PROVENANCE})


@dataclass(frozen=True, slots=True)
class LinkStanding:
    """A link, where it stands, and everything that was said about it since."""

    link: RecordingLink
    state: LinkState
    rulings: Sequence[LinkRuling]


@dataclass(frozen=True, slots=True)
class ShownHop:
    """What a hop says of people, as far as this reader may know it."""

    agent_id: str | None
    agent_as_described: str | None
    claimed_by: str | None
    note: str | None
    withheld: bool


def state_of(link: RecordingLink, rulings: Sequence[LinkRuling]) -> LinkState:
    """Where a link stands after these rulings, oldest first: the last word counts."""
    if rulings:
        match rulings[-1].decision:
            case LinkDecision.CONFIRMED:
                return LinkState.CONFIRMED
            case LinkDecision.WITHDRAWN:
                return LinkState.WITHDRAWN
    return LinkState.PROPOSED if link.kind is LinkKind.SAME_AS else LinkState.STATED


def require_statable(
    recording: Recording, other: Recording, *, kind: LinkKind, ground: Ground
) -> None:
    """Raise unless this may be stated: two recordings of one case, on a ground firm enough."""
    if other.case_id != recording.case_id:
        raise NotFound("no such recording")
    if other.id == recording.id:
        raise Invalid("a recording is not linked to itself", field="other_id")
    if kind is LinkKind.SAME_AS and ground not in FIRM_GROUNDS:
        raise Invalid(
            "same_as needs a reason in bytes or provenance; likeness of wording is none",
            field="ground",
        )


def require_ruling(
    session: Session, link: RecordingLink, *, actor: Actor, decision: LinkDecision
) -> None:
    """Raise unless this actor may rule so now."""
    state = standing_of(session, link).state
    if state is LinkState.WITHDRAWN:
        raise Conflict("this link was withdrawn; state it anew", link_id=link.id)
    if decision is LinkDecision.WITHDRAWN:
        return
    if actor.id == link.stated_by:
        raise Forbidden("a link is confirmed by another person than the one who stated it")
    if state is LinkState.CONFIRMED:
        raise Conflict("this link is confirmed already", link_id=link.id)
    if link.kind is LinkKind.SAME_AS:
        for against in links_of(session, link.recording_id):
            pair = {against.link.recording_id, against.link.other_id}
            if (
                against.link.kind is LinkKind.NOT_SAME_AS
                and against.state is not LinkState.WITHDRAWN
                and pair == {link.recording_id, link.other_id}
            ):
                raise Conflict(
                    "it stands that these two are not the same; that comes first",
                    link_id=against.link.id,
                )


def link_of(session: Session, recording_id: str, link_id: str) -> RecordingLink:
    """A link from or to this recording; `NotFound` when it has none of this identifier."""
    link = session.get(RecordingLink, link_id)
    if link is None or recording_id not in {link.recording_id, link.other_id}:
        raise NotFound("no such link")
    return link


def standing_of(
    session: Session, link: RecordingLink, *, as_of: int | None = None
) -> LinkStanding:
    """A link with what was said about it, up to a place in the custody log."""
    rulings = select(LinkRuling).where(LinkRuling.link_id == link.id)
    said = in_order(session, rulings, LinkRuling, as_of)
    return LinkStanding(link, state_of(link, said), said)


def links_of(
    session: Session, recording_id: str, *, as_of: int | None = None
) -> Sequence[LinkStanding]:
    """Every link from or to a recording, withdrawn ones included, oldest first."""
    links = select(RecordingLink).where(
        (RecordingLink.recording_id == recording_id) | (RecordingLink.other_id == recording_id)
    )
    rows = in_order(session, links, RecordingLink, as_of)
    return [standing_of(session, link, as_of=as_of) for link in rows]


def hops_of(
    session: Session, recording_id: str, *, as_of: int | None = None
) -> Sequence[ClaimedHop]:
    """The claimed way of a recording to us, in the order in which it was written down."""
    hops = select(ClaimedHop).where(ClaimedHop.recording_id == recording_id)
    return in_order(session, hops, ClaimedHop, as_of)


def shown(hop: ClaimedHop, *, source_read: bool) -> ShownHop:
    """
    What a hop says of people, for a reader who may or may not know sources.

    A protected hop tells those who may not neither whom it names nor who says so: the words
    of a claim can give away a source as well as its name does.
    """
    if hop.protected and not source_read:
        return ShownHop(None, None, None, None, withheld=True)
    return ShownHop(hop.agent_id, hop.agent_as_described, hop.claimed_by, hop.note, withheld=False)
