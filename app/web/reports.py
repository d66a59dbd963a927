"""Reports: what was published, frozen; its quotes marked where they stand; who repeats whom."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.cases.queries import listed
from app.core.dates import edtf
from app.core.errors import Invalid, NotFound
from app.core.languages import language as known_language
from app.core.paging import MAX_LIMIT
from app.core.paging import page as page_of
from app.evidence import anchorings
from app.http.caller import allowed
from app.http.transactions import Reading, Writing
from app.quotes import queries as quote_queries
from app.recordings import queries as recording_queries
from app.reports import queries, service
from app.reports.anchoring import recheck
from app.reports.lineage import Relation
from app.reports.models import Layer, Report, ReportKind, Snapshot
from app.web import concluded, lineage, linking, proposals
from app.web.fields import lines, one_of, optional
from app.web.passages import marked
from app.web.refusals import Refused, attempted
from app.web.rendering import page
from transcription.quotation.proposal import QuoteForm

router = APIRouter()

Reader = Annotated[Caller, allowed(Permission.REPORT_READ)]
Writer = Annotated[Caller, allowed(Permission.REPORT_WRITE)]


@router.get("/reports")
def listing(
    request: Request, session: Reading, caller: Reader, cursor: str | None = None
) -> Response:
    """The reports of the caller's cases, newest first."""
    found = page_of(
        session,
        queries.listing(case_ids=caller.cases_with(Permission.REPORT_READ)),
        key=Report.id,
        cursor=cursor,
        descending=True,
    )
    return page(
        request,
        "reports.html",
        caller=caller,
        section="Reports",
        reports=found.items,
        statuses=queries.statuses_of(session, [report.id for report in found.items]),
        may_write=caller.may_anywhere(Permission.REPORT_WRITE),
        following=f"/reports?cursor={found.next_cursor}" if found.next_cursor else None,
    )


@router.get("/reports/new")
def form(request: Request, session: Reading, caller: Writer) -> Response:
    """An empty form for a report."""
    return _form(request, session, caller, given={})


@router.post("/reports")
def register(
    request: Request,
    session: Writing,
    caller: Writer,
    case_id: Annotated[str, Form()],
    language: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "news",
    title: Annotated[str, Form()] = "",
    publisher: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
) -> Response:
    """Register a report and freeze its text, or show the form again naming what is wrong."""
    caller.require(Permission.REPORT_WRITE, case_id, thing="case")
    given = {
        "case_id": case_id,
        "language": language,
        "kind": kind,
        "title": title,
        "publisher": publisher,
        "url": url,
        "published": published,
        "text": text,
    }
    try:
        particulars = service.Particulars(
            kind=one_of(ReportKind, kind, field="kind"),
            language=known_language(language),
            title=optional(title),
            publisher=optional(publisher),
            url=optional(url),
            published_edtf=edtf(published, field="published") if published.strip() else None,
        )
        with session.begin_nested():
            report = service.register(
                session, actor=caller.actor, case_id=case_id, particulars=particulars
            )
            if text.strip():
                frozen = lines(text)
                service.snapshot(session, actor=caller.actor, report=report, text=frozen)
    except Invalid as error:
        return _form(request, session, caller, given=given, refused=error.message, status=422)
    return RedirectResponse(f"/reports/{report.id}", status_code=303)


@router.get("/reports/{report_id}")
def report(
    report_id: str,
    request: Request,
    session: Reading,
    caller: Reader,
    snapshot: str | None = None,
) -> Response:
    """A report: a text of it, the newest or the one named, with everything marked that stands on it."""
    return show(request, session, caller, report_id, chosen=snapshot)


def show(
    request: Request,
    session: Session,
    caller: Caller,
    report_id: str,
    *,
    refused: Refused | None = None,
    chosen: str | None = None,
) -> Response:
    """
    The report page as it stands now, with the form that was `refused` as it was sent.

    `chosen` is the snapshot to show instead of the newest.
    """
    found = queries.get(session, report_id)
    caller.require(Permission.REPORT_READ, found.case_id, thing="report")
    quotes = quote_queries.of_report(session, report_id)
    snapshots = queries.snapshots_of(session, report_id)
    snapshot = _chosen(snapshots, chosen)
    standing = anchorings.of_report(session, report_id, case_id=found.case_id, caller=caller)
    proposed = proposals.shown(session, caller, snapshot) if snapshot else None
    return page(
        request,
        "report.html",
        caller=caller,
        section="Reports",
        status=refused.status if refused else 200,
        refused=refused,
        report=found,
        held=queries.statuses_of(session, [report_id])[report_id],
        snapshot=snapshot,
        snapshots=snapshots,
        marked=marked(
            snapshot.text if snapshot else "",
            snapshot.id if snapshot else "",
            standing,
            recheck(standing, snapshots),
            proposed=[(row.start, row.end, row.name) for row in proposed.rows] if proposed else [],
        ),
        proposals=proposed,
        quotes=quotes,
        standings=quote_queries.standings(session, quotes),
        recordings=_recordings(session, caller, found.case_id),
        drawn=lineage.drawn(session, [report_id], case_id=found.case_id, both_ways=True),
        concluded=concluded.shown(session, caller, snapshot) if snapshot else None,
        may_assess=caller.may(Permission.ASSESSMENT_WRITE, found.case_id),
        links_proposed=linking.shown(session, snapshot) if snapshot else None,
        citations=queries.citations_in(session, report_id),
        relations=list(Relation),
        forms=list(QuoteForm),
        linkable=_linkable(session, found),
        may_read_claims=caller.may(Permission.CLAIM_READ, found.case_id),
        may_quote=snapshot is not None and caller.may(Permission.QUOTE_WRITE, found.case_id),
        may_write=caller.may(Permission.REPORT_WRITE, found.case_id),
    )


@router.post("/reports/{report_id}/snapshots")
def snapshot(
    report_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Freeze another version of the text; the earlier ones stay."""
    found = _mine(session, caller, report_id)
    frozen = lines(text)
    refused = attempted(
        session,
        lambda: service.snapshot(session, actor=caller.actor, report=found, text=frozen),
        form="freeze",
        given={"text": text},
    )
    if refused:
        return show(request, session, caller, report_id, refused=refused)
    return RedirectResponse(f"/reports/{report_id}", status_code=303)


@router.post("/reports/{report_id}/links")
def link(
    report_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    to_report_id: Annotated[str, Form()],
    relation: Annotated[str, Form()],
) -> Response:
    """Say that this report cites or repeats another, as it says itself."""
    source, target = _mine(session, caller, report_id), _mine(session, caller, to_report_id)
    refused = attempted(
        session,
        lambda: service.link(
            session,
            actor=caller.actor,
            source=source,
            target=target,
            relation=one_of(Relation, relation, field="relation"),
            layer=Layer.CLAIMED,
        ),
        form="link",
        given={"to_report_id": to_report_id, "relation": relation},
    )
    if refused:
        return show(request, session, caller, report_id, refused=refused)
    return RedirectResponse(f"/reports/{report_id}", status_code=303)


def _chosen(snapshots: Sequence[Snapshot], chosen: str | None) -> Snapshot | None:
    if chosen is None:
        return snapshots[-1] if snapshots else None
    found = next((one for one in snapshots if one.id == chosen), None)
    if found is None:
        raise NotFound("no such snapshot of this report")
    return found


def _mine(session: Session, caller: Caller, report_id: str) -> Report:
    found = queries.get(session, report_id)
    caller.require(Permission.REPORT_WRITE, found.case_id, thing="report")
    return found


def _form(
    request: Request,
    session: Session,
    caller: Caller,
    *,
    given: dict[str, str],
    refused: str | None = None,
    status: int = 200,
) -> Response:
    writable = caller.cases_with(Permission.REPORT_WRITE)
    return page(
        request,
        "report_new.html",
        caller=caller,
        section="Reports",
        status=status,
        given=given,
        refused=refused,
        kinds=list(ReportKind),
        cases=listed(session, case_ids=writable, limit=MAX_LIMIT, cursor=None).items,
    )


def _linkable(session: Session, found: Report) -> list[Report]:
    statement = queries.listing(case_ids={found.case_id})
    others = page_of(session, statement, key=Report.id, limit=MAX_LIMIT, descending=True).items
    return [other for other in others if other.id != found.id]


def _recordings(session: Session, caller: Caller, case_id: str) -> dict[str, tuple[str, str]]:
    """Catalogue number and title of the recordings of the case, by identifier."""
    readable = caller.cases_with(Permission.RECORDING_READ) & {case_id}
    found = recording_queries.search(session, case_ids=readable, limit=MAX_LIMIT).items
    titles = recording_queries.descriptions_of(session, found)
    return {item.id: (item.catalogue_no, titles[item.id].title) for item in found}
