"""
Reading pages that came in, and getting pages that somebody asked for by their address.

A page is read in the sandbox, from the WARC in which it is kept. What cannot be read is kept as
that, with its reason. Network is used here and nowhere else, only where the operator allows it,
and only through `app.reports.fetching`, which reaches nothing but public addresses.
"""

import io
from typing import cast

from app.core.canonical import Json
from app.core.digest import Digest
from app.core.jobs import Failed, Problem, Run, Waits
from app.core.storage import Area
from app.reports.fetching import fetch as fetching
from app.reports.fetching.refusal import FetchRefused
from app.reports.intake import framing, queries, service
from app.reports.intake.models import Arrived, Capture
from transcription import pages
from transcription.errors import SandboxUnavailable
from transcription.extraction.value import Reading
from transcription.pages import Unreadable

RULES = "1"
"""Under which version a refusal to read is kept: that of the rules around the tools."""


def extract(run: Run) -> dict[str, Json]:
    """Read the text of a capture, and what its page says of itself."""
    with run.database.reading() as session:
        capture = queries.get(session, run.job.subject_id)
    run.progress("reading the page")
    return cast("dict[str, Json]", run.step("read", lambda: _read(run, capture)))


def fetch(run: Run) -> dict[str, Json]:
    """Get a page from its address and keep it; the capture then asks for its own reading."""
    if not run.settings.fetch_reports:
        raise Failed(
            Problem(
                "fetching-off", "Pages are not fetched here", "The operator has not allowed it."
            )
        )
    run.progress("getting the page")
    return cast("dict[str, Json]", run.step("fetch", lambda: _fetch(run)))


def _read(run: Run, capture: Capture) -> Json:
    digest = Digest.parse(capture.warc_sha256)
    limits = pages.limits(unconfined=run.settings.allow_unconfined_decoding)
    try:
        with run.storage.open(digest, area=Area.ORIGINALS) as page:
            reading: Reading | Unreadable = pages.read(page, limits)
    except Unreadable as error:
        reading = error
    except SandboxUnavailable as error:
        problem = Problem("sandbox-unavailable", "Pages cannot be read safely here", str(error))
        raise Waits(problem) from error
    with run.database.writing() as session:
        known = queries.extractions_of(session, capture.id)
        tool, version = (
            ("earwitness", RULES)
            if isinstance(reading, Unreadable)
            else (reading.tool, reading.version)
        )
        for made in known:
            if (made.tool, made.version) == (tool, version):
                return {"extraction": made.id, "outcome": str(made.outcome)}
        if isinstance(reading, Unreadable):
            made = service.refuse(
                session, actor=run.actor, capture=capture, reason=reading.reason, version=RULES
            )
        else:
            made = service.extract(session, actor=run.actor, capture=capture, reading=reading)
        return {"extraction": made.id, "outcome": str(made.outcome), "reason": made.reason}


def _fetch(run: Run) -> Json:
    try:
        answered = fetching.fetch(str(run.job.params["url"]))
    except FetchRefused as refused:
        problem = Problem("fetch-refused", "The page could not be fetched", refused.message)
        raise Failed(problem) from refused
    page = Digest.of_bytes(answered.body)
    frame = framing.response(
        url=answered.url,
        header=answered.header,
        payload=page,
        size=len(answered.body),
        taken_at=answered.at,
    )
    content = io.BytesIO()
    content.writelines((frame.head, answered.body, framing.END))
    kept = content.getvalue()
    warc = run.storage.put_bytes(kept, area=Area.ORIGINALS)
    with run.database.writing() as session:
        made = service.capture(
            session,
            actor=run.actor,
            case_id=str(run.job.case_id),
            page=service.Page(
                arrived=Arrived.FETCHED,
                media_type=answered.media_type,
                url=answered.url,
                retrieved_at=answered.at,
                page=page,
                page_size=len(answered.body),
                page_offset=len(frame.head),
                warc=warc,
                warc_size=len(kept),
            ),
        )
        return {"capture": made.id, "redirects": answered.redirects}
