"""Listening before reading, on pages: what waits, the sound alone, what was heard, the reveal."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.http import spans
from app.http.caller import allowed
from app.http.parts import PartsOf
from app.http.transactions import Reading, Writing
from app.quotes import queries as quotes
from app.quotes.listening import queries, service
from app.quotes.listening.models import Listening
from app.quotes.listening.queries import State
from app.quotes.listening.service import Heard
from app.recordings import queries as recordings
from app.transcripts.models import Confidence
from app.web.fields import lines, one_of
from app.web.refusals import Refused, attempted
from app.web.rendering import page

router = APIRouter()

Listener = Annotated[Caller, allowed(Permission.LISTENING_WRITE)]
SECTION = "Listening"


@router.get("/listening")
def overview(request: Request, session: Reading, caller: Listener) -> Response:
    """What the caller may listen to, and what they have begun or filed."""
    return _overview(request, session, caller)


@router.post("/listenings")
def begin(
    request: Request, session: Writing, caller: Listener, quote_id: Annotated[str, Form()]
) -> Response:
    """Set out to listen; the case's words are closed from now on."""
    quote = quotes.get(session, quote_id)
    caller.require(Permission.LISTENING_WRITE, quote.case_id, thing="quote")
    begun: list[Listening] = []
    refused = attempted(
        session,
        lambda: begun.append(service.begin(session, actor=caller.actor, quote=quote)),
        form=f"begin-{quote_id}",
        given={},
    )
    if refused:
        return _overview(request, session, caller, refused=refused)
    return RedirectResponse(f"/listenings/{begun[0].id}", status_code=303)


@router.get("/listenings/{listening_id}")
def listening(listening_id: str, request: Request, session: Reading, caller: Listener) -> Response:
    """The sound, and a form for what is heard; nothing else."""
    return _show(request, session, caller, spans.own(session, caller, listening_id))


@router.get("/listenings/{listening_id}/audio")
def audio(listening_id: str, request: Request, parts: PartsOf, caller: Listener) -> Response:
    """The window and nothing around it."""
    with parts.database.reading() as session:
        found = spans.own(session, caller, listening_id)
    return spans.sound(request, parts, caller, found)


@router.post("/listenings/{listening_id}/reading")
def file(
    listening_id: str,
    request: Request,
    session: Writing,
    caller: Listener,
    text: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "und",
    confidence: Annotated[str, Form()] = "",
    could_not_tell: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """File what was heard, or that it could not be told."""
    found = spans.own(session, caller, listening_id)

    def act() -> None:
        heard = Heard(
            text=lines(text) or None,
            could_not_tell=bool(could_not_tell),
            language=language,
            confidence=one_of(Confidence, confidence, field="confidence") if confidence else None,
            note=lines(note),
        )
        service.file(session, actor=caller.actor, listening=found, heard=heard)

    given = {
        "text": text,
        "language": language,
        "confidence": confidence,
        "could_not_tell": could_not_tell,
        "note": note,
    }
    refused = attempted(session, act, form="file", given=given)
    if refused:
        return _show(request, session, caller, found, refused=refused)
    return RedirectResponse(f"/listenings/{listening_id}", status_code=303)


@router.post("/listenings/{listening_id}/withdrawal")
def withdraw(
    listening_id: str,
    request: Request,
    session: Writing,
    caller: Listener,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Give the listening up, with a reason."""
    found = spans.own(session, caller, listening_id)
    refused = attempted(
        session,
        lambda: service.withdraw(session, actor=caller.actor, listening=found, reason=reason),
        form="withdraw",
        given={"reason": reason},
    )
    if refused:
        return _show(request, session, caller, found, refused=refused)
    return RedirectResponse("/listening", status_code=303)


@router.post("/listenings/{listening_id}/reveal")
def reveal(listening_id: str, request: Request, session: Writing, caller: Listener) -> Response:
    """Open the words to the listener, and show them the quote with everything found for it."""
    found = spans.own(session, caller, listening_id)
    refused = attempted(
        session,
        lambda: service.reveal(session, actor=caller.actor, listening=found),
        form="reveal",
        given={},
    )
    if refused:
        return _show(request, session, caller, found, refused=refused)
    return RedirectResponse(f"/quotes/{found.quote_id}", status_code=303)


def _overview(
    request: Request, session: Session, caller: Caller, *, refused: Refused | None = None
) -> Response:
    cases = caller.cases_with(Permission.LISTENING_WRITE)
    own = queries.of_listener(session, caller.account_id, case_ids=cases)
    waiting = list(queries.waiting(session, caller.account_id, case_ids=cases))
    ids = {item.listening.recording_id for item in own}
    ids |= {str(item.quote.recording_id) for item in waiting}
    return page(
        request,
        "listening.html",
        caller=caller,
        section=SECTION,
        status=refused.status if refused else 200,
        refused=refused,
        waiting=waiting,
        open=[item for item in own if item.state is State.OPEN],
        filed=[item for item in own if item.state is State.FILED],
        over=[item for item in own if not item.state.closes],
        numbers={one: recordings.get(session, one).catalogue_no for one in ids},
        closed=bool(caller.closed),
    )


def _show(
    request: Request,
    session: Session,
    caller: Caller,
    found: Listening,
    *,
    refused: Refused | None = None,
) -> Response:
    return page(
        request,
        "listen.html",
        caller=caller,
        section=SECTION,
        status=refused.status if refused else 200,
        refused=refused,
        item=queries.standing(session, found),
        number=recordings.get(session, found.recording_id).catalogue_no,
        confidences=list(Confidence),
    )
