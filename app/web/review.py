"""Marking quotes in a report, having them looked for, and ruling on what was found."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.http.caller import allowed
from app.http.parts import PartsOf
from app.http.transactions import Writing
from app.quotes import queries, service, supports
from app.quotes.proposals import accept as accept_proposal
from app.quotes.review import Ruling
from app.quotes.wording import Target, TargetKind
from app.recordings import queries as recording_queries
from app.reports import queries as report_queries
from app.web import proposals, quotes, recordings, reports
from app.web.fields import lines, one_of, optional
from app.web.passages import passage
from app.web.refusals import attempted
from transcription.quotation.proposal import QuoteForm

router = APIRouter()

Writer = Annotated[Caller, allowed(Permission.QUOTE_WRITE)]
Decider = Annotated[Caller, allowed(Permission.ALIGNMENT_DECIDE)]


@router.post("/quotes")
def quote(
    request: Request,
    session: Writing,
    caller: Writer,
    snapshot_id: Annotated[str, Form()],
    exact: Annotated[str, Form()] = "",
    start: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
    form: Annotated[str, Form()] = "direct",
    recording_id: Annotated[str, Form()] = "",
    speaker_as_described: Annotated[str, Form()] = "",
) -> Response:
    """Mark words of a snapshot as a quote: of a recording, or of somebody's statement."""
    snapshot = report_queries.get_snapshot(session, snapshot_id)
    caller.require(Permission.QUOTE_WRITE, snapshot.case_id, thing="report")
    kind = TargetKind.RECORDING if recording_id else TargetKind.STATEMENT
    refused = attempted(
        session,
        lambda: service.quote(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            passage=passage(snapshot.text, exact, start),
            language=language,
            form=one_of(QuoteForm, form, field="form"),
            target=Target(kind=kind, recording_id=recording_id or None),
            speaker_as_described=optional(speaker_as_described),
        ),
        form="quote",
        given={
            "exact": exact,
            "start": start,
            "language": language,
            "form": form,
            "recording_id": recording_id,
            "speaker_as_described": speaker_as_described,
        },
    )
    if refused:
        return reports.show(request, session, caller, snapshot.report_id, refused=refused)
    return RedirectResponse(f"/reports/{snapshot.report_id}", status_code=303)


@router.post("/snapshots/{snapshot_id}/accepted-proposals")
def accept(
    snapshot_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    start: Annotated[int, Form()],
    end: Annotated[int, Form()],
    exact: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
    form: Annotated[str, Form()] = "direct",
    target: Annotated[str, Form()] = "",
    speaker_as_described: Annotated[str, Form()] = "",
    with_claim: Annotated[str, Form()] = "",
) -> Response:
    """Accept a proposed quote, as it is or adjusted."""
    snapshot = report_queries.get_snapshot(session, snapshot_id)
    caller.require(Permission.QUOTE_WRITE, snapshot.case_id, thing="report")
    name = proposals.name_of(start, end)
    refused = attempted(
        session,
        lambda: accept_proposal(
            session,
            actor=caller.actor,
            snapshot=snapshot,
            start=start,
            end=end,
            changes=proposals.changed(
                snapshot,
                start=start,
                exact=exact,
                language=language,
                form=form,
                target=target,
                speaker=speaker_as_described,
                with_claim=bool(with_claim),
            ),
        ),
        form=name,
        given={
            "exact": exact,
            "language": language,
            "form": form,
            "target": target,
            "speaker_as_described": speaker_as_described,
            "with_claim": with_claim,
        },
    )
    if refused:
        return reports.show(request, session, caller, snapshot.report_id, refused=refused)
    return RedirectResponse(f"/reports/{snapshot.report_id}#proposals-head", status_code=303)


@router.post("/recordings/{recording_id}/alignments")
def align(recording_id: str, session: Writing, caller: Writer) -> Response:
    """Look for every quote of a recording in every transcript of it that stands."""
    recording = recording_queries.get(session, recording_id)
    caller.require(Permission.QUOTE_WRITE, recording.case_id, thing="recording")
    service.align_all(session, actor=caller.actor, recording_id=recording_id)
    return RedirectResponse(f"/recordings/{recording_id}", status_code=303)


@router.post("/alignments/{alignment_id}/supports")
def ask(
    alignment_id: str,
    request: Request,
    session: Writing,
    parts: PartsOf,
    caller: Writer,
) -> Response:
    """Ask an engine of each word of an aligned quote; it becomes a job."""
    alignment = queries.get_alignment(session, alignment_id)
    caller.require(Permission.QUOTE_WRITE, alignment.case_id, thing="alignment")
    refused = attempted(
        session,
        lambda: supports.request(
            session, actor=caller.actor, alignment=alignment, settings=parts.settings
        ),
        form=f"support-{alignment.quote_id}",
        given={},
    )
    if refused:
        return recordings.show(request, session, caller, alignment.recording_id, refused=refused)
    address = f"/recordings/{alignment.recording_id}#{alignment.quote_id}"
    return RedirectResponse(address, status_code=303)


@router.post("/alignments/{alignment_id}/decisions")
def decide(
    alignment_id: str,
    request: Request,
    session: Writing,
    caller: Decider,
    ruling: Annotated[str, Form()] = "",
    rationale: Annotated[str, Form()] = "",
    supersedes: Annotated[str, Form()] = "",
    from_page: Annotated[str, Form()] = "recording",
) -> Response:
    """
    Rule on an alignment, with a reason; the decision before it is superseded, not changed.

    `from_page` is the page that the form stands on (`recording` or `quote`), and where it leads.
    """
    alignment = queries.get_alignment(session, alignment_id)
    caller.require(Permission.ALIGNMENT_DECIDE, alignment.case_id, thing="alignment")
    on_quote = from_page == "quote"
    refused = attempted(
        session,
        lambda: service.decide(
            session,
            actor=caller.actor,
            alignment=alignment,
            ruling=one_of(Ruling, ruling, field="ruling"),
            rationale=lines(rationale),
            supersedes=supersedes or None,
        ),
        form=f"decide-{alignment.id if on_quote else alignment.quote_id}",
        given={"ruling": ruling, "rationale": rationale},
    )
    if on_quote:
        if refused:
            return quotes.show(request, session, caller, alignment.quote_id, refused=refused)
        return RedirectResponse(f"/quotes/{alignment.quote_id}#{alignment_id}", status_code=303)
    if refused:
        return recordings.show(request, session, caller, alignment.recording_id, refused=refused)
    address = f"/recordings/{alignment.recording_id}#{alignment.quote_id}"
    return RedirectResponse(address, status_code=303)
