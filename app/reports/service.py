"""
What people do with reports: register, freeze a text, link, cite.

A report belongs to one case, and so does everything that is said of it: a link or citation
across cases would tell members of one what the other holds, and is refused as if the other
thing did not exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from app.core import clock, dates, languages, plaintext
from app.core.actor import Actor
from app.core.errors import Invalid
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.recordings.models import Recording
from app.reports.anchor import Passage, columns
from app.reports.lineage import Relation
from app.reports.models import (
    Citation,
    Layer,
    Report,
    ReportKind,
    ReportLink,
    Snapshot,
    SnapshotMethod,
)
from app.reports.snapshot import freeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is known of a publication; `None` is not known, an empty `authors` is none named."""

    kind: ReportKind
    language: str
    title: str | None = None
    publisher: str | None = None
    authors: Sequence[str] | None = None
    url: str | None = None
    published_edtf: str | None = None
    published_raw: str | None = None


def register(session: Session, *, actor: Actor, case_id: str, particulars: Particulars) -> Report:
    """
    Enter a publication into a case, whether or not its words are held.

    Raises as `drafted` does.
    """
    report = drafted(actor=actor, case_id=case_id, particulars=particulars)
    record(
        session,
        EventType.REPORT_CREATION,
        subject=Subject("report", report.id),
        actor=actor,
        case_id=case_id,
        rows=[report],
    )
    return report


def drafted(*, actor: Actor, case_id: str, particulars: Particulars) -> Report:
    """
    The row of a publication, for a verb to enter.

    Raises `Invalid` naming the field: a language nobody knows, a date that does not parse, an
    address that is no web address.
    """
    given = particulars
    return Report(
        id=new_id(),
        case_id=case_id,
        kind=given.kind,
        title=_line(given.title, field="title"),
        publisher=_line(given.publisher, field="publisher"),
        authors=(
            None
            if given.authors is None
            else [plaintext.line(name, field="authors") for name in given.authors]
        ),
        language=languages.language(given.language),
        url=None if given.url is None else web_address(given.url),
        published_edtf=(
            None
            if given.published_edtf is None
            else dates.edtf(given.published_edtf, field="published_edtf")
        ),
        published_raw=_line(given.published_raw, field="published_raw"),
        registered_by=actor.id,
        registered_at=clock.now(),
    )


def snapshot(
    session: Session,
    *,
    actor: Actor,
    report: Report,
    text: str,
    retrieved_at: datetime | None = None,
    method: SnapshotMethod = SnapshotMethod.PASTED,
    extraction_id: str | None = None,
) -> Snapshot:
    """
    Freeze a text of the report, exactly as given; the same text twice is two observations.

    `retrieved_at` is when somebody read it at its source, as they say. What was read from a page that
    is kept names that reading (`app.reports.intake`).
    """
    frozen = freeze(text)
    if retrieved_at is not None and retrieved_at > clock.now():
        raise Invalid("a text cannot have been read in the future", field="retrieved_at")
    row = Snapshot(
        id=new_id(),
        report_id=report.id,
        case_id=report.case_id,
        text=frozen.text,
        text_sha256=str(frozen.text_sha256),
        method=method,
        retrieved_at=retrieved_at,
        extraction_id=extraction_id,
        frozen_by=actor.id,
        frozen_at=clock.now(),
    )
    record(
        session,
        EventType.REPORT_SNAPSHOT,
        subject=Subject("report", report.id),
        actor=actor,
        case_id=report.case_id,
        rows=[row],
        details={"snapshot": row.id, "text_sha256": row.text_sha256},
    )
    return row


def link(
    session: Session,
    *,
    actor: Actor,
    source: Report,
    target: Report | Particulars,
    relation: Relation,
    layer: Layer,
    snapshot: Snapshot | None = None,
    passage: Passage | None = None,
    rationale: str | None = None,
    proposed_by: str | None = None,
) -> ReportLink:
    """
    Record how `source` stands to `target`, and the passage in which it says so.

    A target that is no report of the case yet is entered with it, known only by being cited. A link that
    nobody claims needs a reason. Circles are kept as claimed. `proposed_by` names the rules by which a
    person came to it.
    """
    entered = []
    if isinstance(target, Particulars):
        target = drafted(actor=actor, case_id=source.case_id, particulars=target)
        entered.append(target)
    if target.case_id != source.case_id:
        raise Invalid("no such report in this case", field="to_report_id")
    if target.id == source.id:
        raise Invalid("a report cannot stand to itself", field="to_report_id")
    if layer is Layer.INFERRED and rationale is None:
        raise Invalid("an inferred link needs a rationale", field="rationale")
    if (snapshot is None) != (passage is None):
        raise Invalid("an anchor needs a snapshot and a passage", field="anchor")
    if snapshot is not None and snapshot.report_id != source.id:
        raise Invalid("not a snapshot of this report", field="anchor.snapshot_id")
    anchor = passage.locate(snapshot.text) if snapshot and passage else None
    row = ReportLink(
        id=new_id(),
        case_id=source.case_id,
        from_report_id=source.id,
        to_report_id=target.id,
        relation=relation,
        layer=layer,
        snapshot_id=snapshot.id if snapshot else None,
        **columns(anchor),
        rationale=None if rationale is None else plaintext.prose(rationale, field="rationale"),
        linked_by=actor.id,
        linked_at=clock.now(),
    )
    record(
        session,
        EventType.REPORT_LINK,
        subject=Subject("report", source.id),
        actor=actor,
        case_id=source.case_id,
        rows=[*entered, row],
        details={
            "link": row.id,
            "to": target.id,
            "relation": str(relation),
            **({"proposed_by": proposed_by} if proposed_by else {}),
        },
    )
    return row


def cite(
    session: Session,
    *,
    actor: Actor,
    snapshot: Snapshot,
    recording: Recording,
    passage: Passage,
) -> Citation:
    """Record that a passage speaks of a recording, which need not be held."""
    if recording.case_id != snapshot.case_id:
        raise Invalid("no such recording in this case", field="recording_id")
    anchor = passage.locate(snapshot.text)
    row = Citation(
        id=new_id(),
        case_id=snapshot.case_id,
        report_id=snapshot.report_id,
        recording_id=recording.id,
        snapshot_id=snapshot.id,
        **columns(anchor),
        cited_by=actor.id,
        cited_at=clock.now(),
    )
    record(
        session,
        EventType.CITATION_CREATION,
        subject=Subject("citation", row.id),
        actor=actor,
        case_id=row.case_id,
        rows=[row],
        details={"report": row.report_id, "recording": recording.id},
    )
    return row


def _line(text: str | None, *, field: str) -> str | None:
    return None if text is None else plaintext.line(text, field=field)


def web_address(url: str) -> str:
    """The address as it came, if it is one of the web, without a password; else `Invalid`."""
    try:
        parts = urlsplit(plaintext.line(url, field="url"))
    except ValueError as error:
        raise Invalid("not a web address", field="url") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise Invalid("not a web address (http or https, without a password)", field="url")
    return url
