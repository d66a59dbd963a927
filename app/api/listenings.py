"""
Listening before reading: hear a quote's place, file what was heard, and only then be shown it.

From the start of a listening to its reveal every other route answers its listener with
`words-closed` wherever it is about the case: quotes, alignments, transcripts, readings, reports,
the evidence record, the recordings themselves and their bytes. Lists over several cases leave the
closed one out.
"""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.anchors import naming
from app.api.listened import (
    API,
    AgreementListing,
    AgreementOut,
    GivingUpIn,
    HeardIn,
    ListeningIn,
    ListeningListing,
    ListeningOut,
    SpanIn,
    SpanOut,
    VoiceListing,
    VoiceOut,
    WaitingListing,
    WaitingOut,
)
from app.api.once import Once
from app.api.wire import Id, LogIndex
from app.cases.caller import Caller
from app.http import spans
from app.http.caller import allowed
from app.http.parts import PartsOf
from app.http.transactions import Reading, Writing
from app.quotes import queries as quotes
from app.quotes.listening import agreement, queries, service
from app.quotes.models import Quote

router = APIRouter(tags=["listenings"])
Listener = Annotated[Caller, allowed(Permission.LISTENING_WRITE)]
Seeing = Annotated[Caller, allowed(Permission.QUOTE_READ)]
Keeping = Annotated[Caller, allowed(Permission.QUOTE_WRITE)]


@router.get("/listenings/waiting")
def waiting(session: Reading, caller: Listener, case_id: str | None = None) -> WaitingListing:
    """What the caller may listen to, or has to, before they read it."""
    found = queries.waiting(session, caller.account_id, case_ids=_cases(caller, case_id))
    return WaitingListing(items=[WaitingOut.of(item) for item in found])


@router.get("/listenings")
def own(session: Reading, caller: Listener, case_id: str | None = None) -> ListeningListing:
    """The caller's own listenings, in whatever state."""
    found = queries.of_listener(session, caller.account_id, case_ids=_cases(caller, case_id))
    return ListeningListing(items=[ListeningOut.of(item) for item in found])


@router.post("/listenings", status_code=201, response_model=ListeningOut)
def begin(body: ListeningIn, session: Writing, caller: Listener, once: Once) -> Response:
    """Set out to listen to a quote's place; its case's words are closed to the caller from now."""
    with naming("quote_id"):
        quote = quotes.get(session, body.quote_id)
        caller.require(Permission.LISTENING_WRITE, quote.case_id, thing="quote")
    return once.answer(
        session,
        caller,
        lambda: ListeningOut.of(
            queries.standing(session, service.begin(session, actor=caller.actor, quote=quote))
        ),
        location=lambda made: f"{API}/listenings/{made.id}",
    )


@router.get("/listenings/{listening_id}")
def shown(listening_id: Id, session: Reading, caller: Listener) -> ListeningOut:
    """One of the caller's own listenings."""
    found = spans.own(session, caller, listening_id)
    return ListeningOut.of(queries.standing(session, found))


@router.get("/listenings/{listening_id}/audio", response_class=Response)
def audio(listening_id: Id, request: Request, parts: PartsOf, caller: Listener) -> Response:
    """The window to listen to and nothing around it, as Ogg Opus; each answer is an access."""
    with parts.database.reading() as session:
        found = spans.own(session, caller, listening_id)
    return spans.sound(request, parts, caller, found)


@router.post("/listenings/{listening_id}/reading", status_code=201, response_model=ListeningOut)
def file(
    listening_id: Id, body: HeardIn, session: Writing, caller: Listener, once: Once
) -> Response:
    """File what was heard; it is kept as a reading, and cannot be filed again."""
    found = spans.own(session, caller, listening_id)
    return once.answer(
        session,
        caller,
        lambda: ListeningOut.of(
            service.file(session, actor=caller.actor, listening=found, heard=body.heard())
        ),
    )


@router.post("/listenings/{listening_id}/withdrawal", status_code=201, response_model=ListeningOut)
def withdraw(
    listening_id: Id, body: GivingUpIn, session: Writing, caller: Listener, once: Once
) -> Response:
    """Give up a listening before anything was filed; it stays, with the reason."""
    found = spans.own(session, caller, listening_id)
    return once.answer(
        session,
        caller,
        lambda: ListeningOut.of(
            service.withdraw(session, actor=caller.actor, listening=found, reason=body.reason)
        ),
    )


@router.post("/listenings/{listening_id}/reveal", status_code=201, response_model=ListeningOut)
def reveal(listening_id: Id, session: Writing, caller: Listener, once: Once) -> Response:
    """Open the words to the caller, who filed what they heard; recorded as a step of its own."""
    found = spans.own(session, caller, listening_id)
    return once.answer(
        session,
        caller,
        lambda: ListeningOut.of(service.reveal(session, actor=caller.actor, listening=found)),
    )


@router.get("/quotes/{quote_id}/listenings")
def of_quote(
    quote_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> ListeningListing:
    """Every listening to a quote, and what was heard."""
    quote = _read(session, caller, quote_id)
    found = queries.of_quotes(session, [quote.id], as_of=as_of)
    return ListeningListing(items=[ListeningOut.of(item) for item in found])


@router.get("/quotes/{quote_id}/agreement")
def agreement_on(
    quote_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> AgreementListing:
    """How far those who listened to a quote's place agree, two by two, word by word."""
    quote = _read(session, caller, quote_id)
    heard = queries.of_quotes(session, [quote.id], as_of=as_of)
    return AgreementListing(items=[AgreementOut.of(pair) for pair in agreement.pairs(heard)])


@router.get("/quotes/{quote_id}/readers")
def readers_of(
    quote_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> VoiceListing:
    """Whose words bear a quote out and whose do not: the readings of its place, dissent first."""
    quote = _read(session, caller, quote_id)
    standing = quotes.standing(session, quote, as_of=as_of)
    return VoiceListing(items=[VoiceOut.of(voice) for voice in standing.voices])


@router.post("/quotes/{quote_id}/spans", status_code=201, response_model=SpanOut)
def assign(quote_id: Id, body: SpanIn, session: Writing, caller: Keeping, once: Once) -> Response:
    """Say where in the recording a quote is to be listened for; the newest word stands."""
    quote = quotes.get(session, quote_id)
    caller.require(Permission.QUOTE_WRITE, quote.case_id, thing="quote")
    return once.answer(
        session,
        caller,
        lambda: SpanOut.of(
            service.assign(
                session,
                actor=caller.actor,
                quote=quote,
                start_ms=body.start_ms,
                end_ms=body.end_ms,
                reason=body.reason,
            )
        ),
    )


def _cases(caller: Caller, case_id: str | None) -> frozenset[str]:
    if case_id is not None:
        caller.require(Permission.LISTENING_WRITE, case_id, thing="case")
        return frozenset({case_id})
    return caller.cases_with(Permission.LISTENING_WRITE)


def _read(session: Session, caller: Caller, quote_id: str) -> Quote:
    quote = quotes.get(session, quote_id)
    caller.require(Permission.QUOTE_READ, quote.case_id, thing="quote")
    caller.require(Permission.TRANSCRIPT_READ, quote.case_id, thing="quote")
    return quote
