"""One quote under review: what was found, what listeners heard, whether they agree, who decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.quotes import queries, readers
from app.quotes.listening import agreement, service
from app.quotes.listening import queries as listening
from app.quotes.listening.places import newest_assignment
from app.quotes.listening.queries import Manner
from app.quotes.models import Alignment, Decision
from app.quotes.review import Ruling, state_of
from app.recordings import queries as recordings
from app.reports import queries as reports
from app.web.fields import lines, moment
from app.web.refusals import Refused, attempted
from app.web.rendering import page

router = APIRouter()

Seeing = Annotated[Caller, allowed(Permission.QUOTE_READ)]
Writer = Annotated[Caller, allowed(Permission.QUOTE_WRITE)]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and how its reviewer came to it."""

    row: Decision
    manner: Manner


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was found in one transcript, and everything that was decided on it."""

    alignment: Alignment
    state: str
    decisions: Sequence[Decided]

    @property
    def in_force(self) -> str:
        """The decision that the next one supersedes; empty where there is none."""
        return self.decisions[-1].row.id if self.decisions else ""


@router.get("/quotes/{quote_id}")
def quote(quote_id: str, request: Request, session: Reading, caller: Seeing) -> Response:
    """The quote, and everything that speaks for it or against it."""
    return show(request, session, caller, quote_id)


@router.post("/quotes/{quote_id}/spans")
def assign(
    quote_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    start: Annotated[str, Form()] = "",
    end: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Say where the quote is to be listened for, whatever was found."""
    found = queries.get(session, quote_id)
    caller.require(Permission.QUOTE_WRITE, found.case_id, thing="quote")
    refused = attempted(
        session,
        lambda: service.assign(
            session,
            actor=caller.actor,
            quote=found,
            start_ms=moment(start, field="from"),
            end_ms=moment(end, field="to"),
            reason=lines(reason),
        ),
        form="assign",
        given={"start": start, "end": end, "reason": reason},
    )
    if refused:
        return show(request, session, caller, quote_id, refused=refused)
    return RedirectResponse(f"/quotes/{quote_id}", status_code=303)


def show(
    request: Request,
    session: Session,
    caller: Caller,
    quote_id: str,
    *,
    refused: Refused | None = None,
) -> Response:
    """The page as it stands now, with the form that was `refused` as it was sent."""
    found = queries.get(session, quote_id)
    caller.require(Permission.QUOTE_READ, found.case_id, thing="quote")
    caller.require(Permission.TRANSCRIPT_READ, found.case_id, thing="quote")
    heard = listening.of_quotes(session, [found.id])
    standing = queries.standing(session, found)
    own = [item for item in heard if item.listening.listener_id == caller.account_id]
    waiting = listening.waiting(
        session, caller.account_id, case_ids=[found.case_id], quote_id=found.id
    )
    may_listen = caller.may(Permission.LISTENING_WRITE, found.case_id)
    recording_id = found.recording_id
    everyone = readers.voices(session, [found.id]).get(found.id, [])
    elsewhere = [voice for voice in everyone if voice not in standing.voices]
    return page(
        request,
        "quote.html",
        caller=caller,
        section="Reports",
        status=refused.status if refused else 200,
        refused=refused,
        quote=found,
        report=reports.get(session, found.report_id),
        number=recordings.get(session, recording_id).catalogue_no if recording_id else None,
        standing=standing,
        voices=[*standing.voices, *elsewhere],
        elsewhere={voice.reading.id for voice in elsewhere},
        heard=heard,
        blind={item.reading.id: item.is_blind for item in heard if item.reading},
        pairs=agreement.pairs(heard),
        beside=agreement.Beside,
        stances=readers.Stance,
        proposals=_proposals(session, found.id),
        rulings=list(Ruling),
        own=own,
        assigned=newest_assignment(session, found.id),
        may_assign=recording_id is not None and caller.may(Permission.QUOTE_WRITE, found.case_id),
        may_begin=may_listen and next(waiting, None) is not None,
        may_decide=caller.may(Permission.ALIGNMENT_DECIDE, found.case_id),
    )


def _proposals(session: Session, quote_id: str) -> list[Proposed]:
    """Everything found for a quote, newest first."""
    told = []
    for alignment in reversed(queries.alignments_of(session, quote_id)):
        chain = queries.decisions_of(session, alignment.id)
        manners = listening.manners(session, chain)
        state = state_of(chain[-1].ruling if chain else None)
        decided = [Decided(row, manners[row.id]) for row in chain]
        told.append(Proposed(alignment, str(state), decided))
    return told
