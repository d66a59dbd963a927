"""
Quotes, what was found for them in the audio, and what reviewers said to that.

Aligning is done here and now: it compares words with words and takes milliseconds. What
an alignment says names words of the transcript, so reading one asks for both permissions.
"""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.accounts.permissions import Permission
from app.api.anchors import naming
from app.api.instances import address_of
from app.api.once import Once
from app.api.quoted import (
    AlignmentIn,
    AlignmentOut,
    DecisionIn,
    DecisionListing,
    DecisionOut,
    QuoteIn,
    QuoteListing,
    QuoteOut,
)
from app.api.wire import FIRST, Cursor, Id, Limit, Listing, LogIndex, listing
from app.cases.caller import Caller
from app.core import paging
from app.core.canonical import Json
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.quotes import annotation, queries, review, service
from app.quotes.annotation import Addresses
from app.quotes.listening import queries as listening
from app.quotes.models import Alignment, Decision, Quote
from app.recordings import queries as recordings
from app.reports import queries as reports
from app.transcripts import queries as transcripts

router = APIRouter(tags=["quotes"])
API = "/api/v1"
MOST_PAIRS = 40_000_000
"""Quoted times spoken words: what takes longer than seconds is left to a worker."""
Seeing = Annotated[Caller, allowed(Permission.QUOTE_READ)]
Keeping = Annotated[Caller, allowed(Permission.QUOTE_WRITE)]
Deciding = Annotated[Caller, allowed(Permission.ALIGNMENT_DECIDE)]


@router.post("/quotes", status_code=201, response_model=QuoteOut)
def quote(body: QuoteIn, session: Writing, caller: Keeping, once: Once) -> Response:
    """Register words that a frozen text attributes to somebody."""
    with naming("snapshot_id"):
        snapshot = reports.get_snapshot(session, body.snapshot_id)
        caller.require(Permission.QUOTE_WRITE, snapshot.case_id, thing="snapshot")

    def make() -> QuoteOut:
        made = service.quote(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            passage=body.passage(),
            language=body.language,
            form=body.form,
            target=body.target.target(),
            speaker_as_described=body.speaker_as_described,
            in_reply_to=body.in_reply_to,
            occurrence_claim=body.occurrence_claim.claim() if body.occurrence_claim else None,
        )
        return QuoteOut.of(made, queries.standing(session, made))

    return once.answer(session, caller, make, location=lambda made: f"{API}/quotes/{made.id}")


@router.get("/quotes/{quote_id}")
def quote_shown(
    quote_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> QuoteOut:
    """Show a quote, and what may be said of it."""
    found = _quote(session, caller, quote_id, Permission.QUOTE_READ)
    return QuoteOut.of(found, queries.standing(session, found, as_of=as_of))


@router.get("/recordings/{recording_id}/quotes")
def of_recording(
    recording_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> QuoteListing:
    """List the quotes of a recording."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.QUOTE_READ, recording.case_id, thing="recording")
    found = queries.of_recording(session, recording.id, as_of=as_of)
    standings = queries.standings(session, found, as_of=as_of)
    return QuoteListing(items=[QuoteOut.of(quote, standings[quote.id]) for quote in found])


@router.get("/reports/{report_id}/quotes")
def of_report(
    report_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> QuoteListing:
    """List the quotes that a report makes."""
    report = reports.get(session, report_id)
    caller.require(Permission.QUOTE_READ, report.case_id, thing="report")
    found = queries.of_report(session, report.id, as_of=as_of)
    standings = queries.standings(session, found, as_of=as_of)
    return QuoteListing(items=[QuoteOut.of(quote, standings[quote.id]) for quote in found])


@router.post("/quotes/{quote_id}/alignments", status_code=201, response_model=AlignmentOut)
def align(
    quote_id: Id, body: AlignmentIn, session: Writing, caller: Keeping, once: Once
) -> Response:
    """Look for a quote in a transcript of its recording; asking again gives what is there."""
    found = _quote(session, caller, quote_id, Permission.QUOTE_WRITE)
    caller.require(Permission.TRANSCRIPT_READ, found.case_id, thing="quote")

    def make() -> AlignmentOut:
        with naming("transcript_id"):
            transcript = transcripts.get(session, body.transcript_id)
        return AlignmentOut.of(
            service.align(
                session,
                actor=caller.actor,
                quote=found,
                transcript=transcript,
                most_pairs=MOST_PAIRS,
            )
        )

    return once.answer(session, caller, make, location=lambda made: f"{API}/alignments/{made.id}")


@router.get("/quotes/{quote_id}/alignments")
def alignments_of(
    quote_id: Id, session: Reading, caller: Seeing, as_of: LogIndex = None
) -> Response:
    """Everything found for a quote, as a page of W3C Web Annotations with Media Fragments."""
    found = _quote(session, caller, quote_id, Permission.QUOTE_READ)
    caller.require(Permission.TRANSCRIPT_READ, found.case_id, thing="quote")
    contested = queries.standing(session, found, as_of=as_of).contested
    items: list[Json] = [
        _annotation(session, alignment, found, contested=contested, as_of=as_of)
        for alignment in queries.alignments_of(session, found.id, as_of=as_of)
    ]
    return JSONResponse(
        annotation.page(f"{API}/quotes/{found.id}/alignments", items),
        media_type=annotation.MEDIA_TYPE,
    )


@router.get("/alignments")
def awaiting_review(
    request: Request,
    response: Response,
    session: Reading,
    caller: Deciding,
    case_id: str | None = None,
    limit: Limit = FIRST,
    cursor: Cursor = None,
) -> Listing[AlignmentOut]:
    """List the proposals that wait for a reviewer."""
    if case_id is not None:
        caller.require(Permission.ALIGNMENT_DECIDE, case_id, thing="case")
    cases = caller.cases_with(Permission.ALIGNMENT_DECIDE)
    page = paging.page(
        session,
        queries.awaiting_review(case_ids=cases, case_id=case_id),
        key=Alignment.id,
        limit=limit,
        cursor=cursor,
    )
    return listing(request, response, page, of=AlignmentOut.of)


@router.get("/alignments/{alignment_id}")
def alignment(alignment_id: Id, session: Reading, caller: Seeing) -> AlignmentOut:
    """Show what was found for a quote in one transcript, word by word."""
    return AlignmentOut.of(_alignment(session, caller, alignment_id, Permission.QUOTE_READ))


@router.post("/alignments/{alignment_id}/decisions", status_code=201, response_model=DecisionOut)
def decide(
    alignment_id: Id, body: DecisionIn, session: Writing, caller: Deciding, once: Once
) -> Response:
    """
    Rule on a proposal.

    Confirming and overruling is for people without a stake in it: the problem `not-independent`
    says which stakes somebody has (`because`).
    """
    found = _alignment(session, caller, alignment_id, Permission.ALIGNMENT_DECIDE)

    def make() -> DecisionOut:
        made = service.decide(
            session,
            actor=caller.actor,
            alignment=found,
            ruling=body.ruling,
            rationale=body.rationale,
            supersedes=body.supersedes,
        )
        return _decisions(session, [made])[0]

    return once.answer(session, caller, make)


@router.get("/alignments/{alignment_id}/decisions")
def decisions(alignment_id: Id, session: Reading, caller: Seeing) -> DecisionListing:
    """List the decisions on a proposal; the last one is in force."""
    found = _alignment(session, caller, alignment_id, Permission.QUOTE_READ)
    chain = queries.decisions_of(session, found.id)
    return DecisionListing(items=_decisions(session, chain))


def _decisions(session: Reading, chain: Sequence[Decision]) -> list[DecisionOut]:
    manners = listening.manners(session, chain)
    return [DecisionOut.of(decision, listened=manners[decision.id]) for decision in chain]


def _annotation(
    session: Reading, alignment: Alignment, quote: Quote, *, contested: bool, as_of: int | None
) -> dict[str, Json]:
    chain = queries.decisions_of(session, alignment.id, as_of=as_of)
    state = review.state_of(chain[-1].ruling if chain else None)
    transcript = transcripts.get(session, alignment.timed_by)
    # Times of a transcript that is bound to no bytes are moments of nothing that we hold.
    instance = (
        recordings.get_instance(session, transcript.instance_id)
        if transcript.instance_id
        else None
    )
    return annotation.annotation(
        alignment,
        quote,
        state=state,
        supports=review.supports(alignment.verdict, state, contested=contested),
        at=Addresses(
            alignment=f"{API}/alignments/{alignment.id}",
            snapshot=f"{API}/snapshots/{quote.snapshot_id}",
            transcript=f"{API}/transcripts/{alignment.transcript_id}",
            media=f"{address_of(instance)}/content" if instance else None,
            spoken=_address(alignment.spoken_transcript_id),
        ),
    )


def _address(transcript_id: str | None) -> str | None:
    return f"{API}/transcripts/{transcript_id}" if transcript_id else None


def _quote(session: Reading, caller: Caller, quote_id: str, permission: Permission) -> Quote:
    found = queries.get(session, quote_id)
    caller.require(permission, found.case_id, thing="quote")
    return found


def _alignment(
    session: Reading, caller: Caller, alignment_id: str, permission: Permission
) -> Alignment:
    found = queries.get_alignment(session, alignment_id)
    caller.require(permission, found.case_id, thing="alignment")
    caller.require(Permission.TRANSCRIPT_READ, found.case_id, thing="alignment")
    return found
