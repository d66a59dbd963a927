"""How proposed links are shown on the page of a report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.reports import queries
from app.reports.models import Report, Snapshot
from app.reports.proposing import Proposed, State, proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A proposal as the page shows it; `name` is its place on the page."""

    name: str
    key: str
    relation: str
    layer: str
    source: Report | None
    """The report that it leads from, where that is not this one."""
    target: Report | None
    """The report that it leads to, where that is not this one."""
    is_here: bool
    stub_name: str
    stub_date: str
    why: Sequence[str]
    passed_over: Sequence[tuple[Report, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The proposed links that nobody has decided on, and how many a source in common explains."""

    rows: Sequence[Row]
    rejected: Sequence[tuple[Row, str]]
    """Those that somebody said are none, each with the reason."""
    explained: int
    note: str


def shown(session: Session, snapshot: Snapshot) -> Shown:
    """What is proposed for a text."""
    found = proposed(session, snapshot)
    reports = queries.reports_in(session, snapshot.case_id)
    return Shown(
        rows=[
            _row(each, reports, snapshot.report_id)
            for each in found.items
            if each.state is State.OPEN
        ],
        rejected=[
            (_row(each, reports, snapshot.report_id), each.rejection.reason)
            for each in found.items
            if each.rejection is not None
        ],
        explained=sum(each.state is State.EXPLAINED for each in found.items),
        note=found.note,
    )


def name_of(key: str) -> str:
    """What a proposal is called on its page."""
    return "link-" + "".join(c if c.isalnum() else "-" for c in key)


def _row(each: Proposed, reports: Mapping[str, Report], here: str) -> Row:
    stub = each.stub
    return Row(
        name=name_of(each.key),
        key=each.key,
        relation=each.relation.value,
        layer=each.layer.value,
        source=None if each.from_report_id == here else reports[each.from_report_id],
        target=reports.get(each.to_report_id or "") if each.to_report_id != here else None,
        is_here=each.to_report_id == here,
        stub_name=(stub.title or stub.publisher or "") if stub else "",
        stub_date=(stub.published_raw or "") if stub else "",
        why=list(each.why.values()),
        passed_over=[(reports[fit.report_id], fit.why) for fit in each.considered if not fit.fits],
    )
