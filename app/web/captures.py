"""
Published pages on pages: brought in or fetched, what was read of each, and taking it over.

Nothing of a page is shown as it is: its text is shown as text, and what it says of itself stands in a
form, each field with where it was found, for a person to take over or to put right.
"""

from collections.abc import Mapping
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.cases.queries import listed
from app.core import jobs
from app.core.dates import edtf
from app.core.errors import CatalogError, Invalid, Unavailable
from app.core.paging import MAX_LIMIT
from app.core.paging import page as page_of
from app.custody import jobs as asking
from app.http import arrivals, captures, forms
from app.http.bodies import STREAMED
from app.http.caller import CSRF_FIELD, allowed, require_csrf
from app.http.parts import Parts, PartsOf
from app.http.transactions import Reading, Writing
from app.reports import queries as reports
from app.reports import service as reporting
from app.reports.fetching.address import parse
from app.reports.intake import queries, service
from app.reports.intake.models import Capture
from app.reports.intake.service import Page
from app.reports.models import Report, ReportKind
from app.web.fields import lines, one_of, optional
from app.web.refusals import Refused, attempted
from app.web.rendering import page
from transcription.extraction.value import Refusal

router = APIRouter()
Reader = Annotated[Caller, allowed(Permission.REPORT_READ)]
Writer = Annotated[Caller, allowed(Permission.REPORT_WRITE)]
FormWriter = Annotated[Caller, allowed(Permission.REPORT_WRITE, reads_own_form=True)]


@router.get("/captures")
def listing(
    request: Request, session: Reading, parts: PartsOf, caller: Reader, cursor: str | None = None
) -> Response:
    """The pages that came in, newest first, and where more are brought in."""
    return _listing(request, session, parts, caller, cursor=cursor)


@router.post("/captures", max_body_size=STREAMED)
async def take(request: Request, parts: PartsOf, caller: FormWriter) -> Response:
    """Take the page of the form; what was refused is said on the form."""
    given: Mapping[str, str] = {}
    try:
        length = arrivals.announced(request.headers)
        form = await forms.opened(request)
        require_csrf(request, form.fields.get(CSRF_FIELD))
        given = form.fields
        case_id = form.fields.get("case_id", "")
        await run_sync(
            lambda: captures.require_welcome(parts, caller, case_id=case_id, announced=length)
        )
        said = captures.said(media_type=None, filename=form.filename, url=form.fields.get("url"))
        kept = await captures.keep(parts, form.chunks, announced=length, said=said)
        made = await run_sync(_capture, parts, caller, case_id, kept)
    except CatalogError as error:
        refused = Refused.of(error, form="take", given=given)
        return await run_sync(_refused, request, parts, caller, refused)
    return RedirectResponse(f"/captures/{made}", status_code=303)


@router.post("/fetches")
def fetch(
    request: Request,
    session: Writing,
    parts: PartsOf,
    caller: Writer,
    case_id: Annotated[str, Form()],
    url: Annotated[str, Form()] = "",
) -> Response:
    """Ask a worker to get a page; it is listed when it is here."""
    caller.require(Permission.REPORT_WRITE, case_id, thing="case")
    if not parts.settings.fetch_reports:
        raise Unavailable("pages are not fetched here: the operator has not allowed it")
    refused = attempted(
        session,
        lambda: asking.request(
            session,
            kind=jobs.JobKind.FETCH,
            subject_kind="case",
            subject_id=case_id,
            case_id=case_id,
            params={"url": str(parse(url.strip()))},
            actor=caller.actor,
        ),
        form="fetch",
        given={"case_id": case_id, "url": url},
    )
    if refused:
        return _listing(request, session, parts, caller, refused=refused)
    return RedirectResponse("/jobs", status_code=303)


@router.get("/captures/{capture_id}")
def capture(capture_id: str, request: Request, session: Reading, caller: Reader) -> Response:
    """One page that came in: what was read of it, and the form that takes it over."""
    return _show(request, session, caller, capture_id)


@router.post("/captures/{capture_id}/snapshots")
def freeze(
    capture_id: str,
    request: Request,
    session: Writing,
    caller: Writer,
    text: Annotated[str, Form()] = "",
    report_id: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    publisher: Annotated[str, Form()] = "",
    authors: Annotated[str, Form()] = "",
    language: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "news",
    url: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    published_raw: Annotated[str, Form()] = "",
) -> Response:
    """Freeze the text, of a report that is registered already or of a new one."""
    found = queries.get(session, capture_id)
    caller.require(Permission.REPORT_WRITE, found.case_id, thing="capture")
    made: list[str] = []

    def act() -> None:
        extraction = queries.newest_of(session, found.id)
        if extraction is None:
            raise Invalid("this page has not been read yet", field="text")
        if report_id:
            report = reports.get(session, report_id)
            caller.require(Permission.REPORT_WRITE, report.case_id, thing="report")
        else:
            particulars = reporting.Particulars(
                kind=one_of(ReportKind, kind, field="kind"),
                language=language,
                title=optional(title),
                publisher=optional(publisher),
                authors=[name for line in authors.splitlines() if (name := line.strip())] or None,
                url=optional(url),
                published_edtf=edtf(published, field="published") if published.strip() else None,
                published_raw=optional(published_raw),
            )
            report = reporting.register(
                session, actor=caller.actor, case_id=found.case_id, particulars=particulars
            )
        # A browser changes line ends; what was not touched is frozen as it was read.
        untouched = extraction.text is not None and lines(text) == lines(extraction.text)
        service.freeze(
            session,
            actor=caller.actor,
            report=report,
            capture=found,
            extraction=extraction,
            text=None if untouched else lines(text),
        )
        made.append(report.id)

    given = {
        "text": text,
        "report_id": report_id,
        "title": title,
        "publisher": publisher,
        "authors": authors,
        "language": language,
        "kind": kind,
        "url": url,
        "published": published,
        "published_raw": published_raw,
    }
    refused = attempted(session, act, form="freeze", given=given)
    if refused:
        return _show(request, session, caller, capture_id, refused=refused)
    return RedirectResponse(f"/reports/{made[0]}", status_code=303)


def _listing(
    request: Request,
    session: Session,
    parts: Parts,
    caller: Caller,
    *,
    cursor: str | None = None,
    refused: Refused | None = None,
) -> Response:
    cases = caller.cases_with(Permission.REPORT_READ)
    found = page_of(
        session,
        queries.listing(case_ids=cases),
        key=Capture.id,
        cursor=cursor,
        descending=True,
    )
    writable = caller.cases_with(Permission.REPORT_WRITE)
    return page(
        request,
        "captures.html",
        caller=caller,
        section="Reports",
        status=refused.status if refused else 200,
        refused=refused,
        captures=[(one, queries.newest_of(session, one.id)) for one in found.items],
        following=f"/captures?cursor={found.next_cursor}" if found.next_cursor else None,
        cases=listed(session, case_ids=writable, limit=MAX_LIMIT, cursor=None).items,
        may_fetch=parts.settings.fetch_reports,
    )


def _show(
    request: Request,
    session: Session,
    caller: Caller,
    capture_id: str,
    *,
    refused: Refused | None = None,
) -> Response:
    found = queries.get(session, capture_id)
    caller.require(Permission.REPORT_READ, found.case_id, thing="capture")
    extraction = queries.newest_of(session, found.id)
    reason = extraction.reason if extraction else None
    frozen = queries.snapshots_from(session, found.id)
    return page(
        request,
        "capture.html",
        caller=caller,
        section="Reports",
        status=refused.status if refused else 200,
        refused=refused,
        capture=found,
        extraction=extraction,
        explanation=Refusal(reason).explanation if reason in set(Refusal) else reason,
        frozen=[(one, reports.get(session, one.report_id)) for one in frozen],
        kinds=list(ReportKind),
        reports=_reports(session, found.case_id),
        may_write=caller.may(Permission.REPORT_WRITE, found.case_id),
    )


def _reports(session: Session, case_id: str) -> list[Report]:
    statement = reports.listing(case_ids={case_id})
    found = page_of(session, statement, key=Report.id, limit=MAX_LIMIT, descending=True)
    return list(found.items)


def _capture(parts: Parts, caller: Caller, case_id: str, kept: Page) -> str:
    with parts.database.writing() as session:
        made = captures.capture(session, parts, caller, case_id=case_id, page=kept)
        return made.id


def _refused(request: Request, parts: Parts, caller: Caller, refused: Refused) -> Response:
    with parts.database.reading() as session:
        return _listing(request, session, parts, caller, refused=refused)
