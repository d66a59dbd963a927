"""The claims that rules read in a text, on a page of their own: accepted or rejected one by one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy import Select
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.agents import queries as agents
from app.cases.caller import Caller
from app.claims import proposals
from app.claims.facts import EventLink
from app.claims.predicates import Predicate
from app.claims.proposals import At, Changes
from app.claims.reading.proposal import Proposal
from app.claims.telling import of
from app.claims.terms import Modality, SubjectKind
from app.core.errors import Invalid
from app.core.paging import MAX_LIMIT
from app.core.paging import page as page_of
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.incidents import queries as incidents
from app.incidents.models import Incident, Material
from app.incidents.models import Place as IncidentPlace
from app.recordings import queries as recordings
from app.reports import queries as reports
from app.reports.models import Report, Snapshot
from app.web.claimed import naming
from app.web.fields import one_of
from app.web.refusals import Refused, attempted
from app.web.rendering import page

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.CLAIM_READ)]
Writer = Annotated[Caller, allowed(Permission.CLAIM_WRITE)]
MOST = 100
"""How many proposals one page shows; the API gives all."""
_AROUND = 80
"""How many characters of the text stand before and after a passage."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a claim may be about: as a form spells it, and its name."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Row:
    """A proposal as the page shows it."""

    name: str
    proposal: Proposal
    says: str
    before: str
    after: str
    """The words around it."""
    choices: Sequence[tuple[str, Sequence[Choice]]]
    """What it may be bound to, by kind, the usual kind first."""
    chosen: str
    """The one thing of the usual kinds that there is; empty where a person must choose."""
    needs_event: bool


@router.get("/snapshots/{snapshot_id}/claim-proposals")
def listing(snapshot_id: str, request: Request, session: Reading, caller: Reader) -> Response:
    """Every claim that is proposed for a text and that nobody has decided on."""
    return _show(request, session, caller, _mine(session, caller, snapshot_id, writing=False))


@router.post("/snapshots/{snapshot_id}/accepted-claim-proposals")
def accept(
    snapshot_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    start: Annotated[int, Form()],
    end: Annotated[int, Form()],
    predicate: Annotated[str, Form()],
    subject: Annotated[str, Form()] = "",
    event: Annotated[str, Form()] = "",
    modality: Annotated[str, Form()] = "",
    said_by: Annotated[str, Form()] = "",
) -> Response:
    """Record a proposed claim about what was chosen."""
    snapshot = _mine(session, caller, snapshot_id, writing=True)
    given = {"subject": subject, "event": event, "modality": modality, "said_by": said_by}

    def act() -> object:
        return proposals.accept(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            at=_at(start, end, predicate),
            subject=_subject(subject),
            event_id=event.partition(":")[2] or None,
            changes=Changes(
                modality=one_of(Modality, modality, field="modality") if modality else None,
                said_by=said_by,
            ),
        )

    return _answered(request, session, caller, snapshot, start, end, predicate, act, given)


@router.post("/snapshots/{snapshot_id}/rejected-claim-proposals")
def reject(
    snapshot_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    start: Annotated[int, Form()],
    end: Annotated[int, Form()],
    predicate: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Say that a proposed claim is none."""
    snapshot = _mine(session, caller, snapshot_id, writing=True)

    def act() -> object:
        at = _at(start, end, predicate)
        return proposals.reject(
            session, actor=caller.actor, snapshot=snapshot, at=at, reason=reason
        )

    given = {"reason": reason}
    return _answered(request, session, caller, snapshot, start, end, predicate, act, given)


def _answered(
    request: Request,
    session: Session,
    caller: Caller,
    snapshot: Snapshot,
    start: int,
    end: int,
    predicate: str,
    act: Callable[[], object],
    given: dict[str, str],
) -> Response:
    refused = attempted(session, act, form=_name(start, end, predicate), given=given)
    if refused:
        return _show(request, session, caller, snapshot, refused=refused)
    address = f"/snapshots/{snapshot.id}/claim-proposals"
    return RedirectResponse(f"{address}#after-{start}", status_code=303)


def _show(
    request: Request,
    session: Session,
    caller: Caller,
    snapshot: Snapshot,
    *,
    refused: Refused | None = None,
) -> Response:
    read = proposals.proposals(session, snapshot)
    bound = _Choices(session, caller, snapshot.case_id)
    return page(
        request,
        "claim_proposals.html",
        caller=caller,
        section="Reports",
        status=refused.status if refused else 200,
        refused=refused,
        report=reports.get(session, snapshot.report_id),
        snapshot=snapshot,
        read=read,
        method=proposals.METHOD,
        rows=[bound.row(item.proposal, snapshot.text) for item in read.open[:MOST]],
        left_out=max(0, len(read.open) - MOST),
        decided=len(read.items) - len(read.open),
        incidents=bound.of(SubjectKind.INCIDENT),
        modalities=list(Modality),
        may_claim=caller.may(Permission.CLAIM_WRITE, snapshot.case_id),
    )


class _Choices:
    """What claims of a case can be about, each kind looked up once."""

    def __init__(self, session: Session, caller: Caller, case_id: str) -> None:
        self.session, self.caller, self.case_id = session, caller, case_id
        self._named = naming(session, caller)
        self._known: dict[SubjectKind, Sequence[Choice]] = {}

    def row(self, proposal: Proposal, text: str) -> Row:
        """A proposal with what it may be bound to."""
        groups = [(kind.value, self.of(kind)) for kind in proposal.kinds]
        filled = [(name, choices) for name, choices in groups if choices]
        usual = [choice for _, choices in filled[:1] for choice in choices]
        return Row(
            name=_name(proposal.start, proposal.end, proposal.predicate),
            proposal=proposal,
            says=of(proposal.value),
            before=text[max(0, proposal.start - _AROUND) : proposal.start],
            after=text[proposal.end : proposal.end + _AROUND],
            choices=filled,
            chosen=usual[0].value if len(usual) == 1 else "",
            needs_event=isinstance(proposal.value, EventLink),
        )

    def of(self, kind: SubjectKind) -> Sequence[Choice]:
        """The things of a kind in this case, under names that the caller may know."""
        if kind not in self._known:
            self._known[kind] = [
                Choice(f"{kind.value}:{each}", self._named(kind, each).name)
                for each in self._identifiers(kind)
            ]
        return self._known[kind]

    def _identifiers(self, kind: SubjectKind) -> Sequence[str]:
        mine = {self.case_id}
        if kind in {SubjectKind.RECORDING, SubjectKind.SERIES}:
            readable = self.caller.cases_with(Permission.RECORDING_READ) & mine
            found = recordings.search(self.session, case_ids=readable, limit=MAX_LIMIT).items
            if kind is SubjectKind.RECORDING:
                return [each.id for each in found]
            titles = recordings.descriptions_of(self.session, found)
            return sorted({each.series for each in titles.values() if each.series})
        if kind is SubjectKind.AGENT:
            listed = agents.listed(self.session, case_ids=mine, limit=MAX_LIMIT, cursor=None)
            return [each.id for each in listed.items]
        if kind is SubjectKind.CLAIM:
            return []
        statement, key = _listing(kind, mine)
        return [
            each.id for each in page_of(self.session, statement, key=key, limit=MAX_LIMIT).items
        ]


def _listing(kind: SubjectKind, mine: set[str]) -> tuple[Select[Any], Any]:
    """How the things of a kind are listed, and by which column."""
    match kind:
        case SubjectKind.REPORT:
            return reports.listing(case_ids=mine), Report.id
        case SubjectKind.INCIDENT:
            return incidents.listing(case_ids=mine), Incident.id
        case SubjectKind.MATERIAL:
            return incidents.materials(case_ids=mine), Material.id
        case _:
            return incidents.places(case_ids=mine), IncidentPlace.id


def _mine(session: Session, caller: Caller, snapshot_id: str, *, writing: bool) -> Snapshot:
    found = reports.get_snapshot(session, snapshot_id)
    permission = Permission.CLAIM_WRITE if writing else Permission.CLAIM_READ
    caller.require(permission, found.case_id, thing="report")
    caller.require(Permission.REPORT_READ, found.case_id, thing="report")
    return found


def _at(start: int, end: int, predicate: str) -> At:
    return At(start=start, end=end, predicate=one_of(Predicate, predicate, field="predicate"))


def _subject(chosen: str) -> tuple[SubjectKind, str]:
    """What a form names: `kind:identifier`."""
    kind, _, identifier = chosen.partition(":")
    if not identifier:
        raise Invalid("choose what it is about", field="subject")
    return one_of(SubjectKind, kind, field="subject"), identifier


def _name(start: int, end: int, predicate: str) -> str:
    """What a proposal is called on its page."""
    return f"c-{start}-{end}-{predicate}"
