"""
Reading what was published.

`as_of` is a place in the custody log: with it, a query answers as it would have then.
Statuses and roots are computed, never stored, so that they cannot disagree with the rows
they stand on.
"""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.core.lookup import found
from app.custody.history import in_order, until
from app.reports import lineage
from app.reports.models import (
    Citation,
    LinkRejection,
    Report,
    ReportLink,
    ReportStatus,
    Snapshot,
)


def get(session: Session, report_id: str) -> Report:
    """The report, or `NotFound`."""
    return found(session.get(Report, report_id), "report")


def get_snapshot(session: Session, snapshot_id: str) -> Snapshot:
    """The snapshot, or `NotFound`."""
    return found(session.get(Snapshot, snapshot_id), "snapshot")


def listing(*, case_ids: Collection[str], case_id: str | None = None) -> Select[Report]:
    """The reports of these cases, or of the one among them that is named."""
    statement = select(Report).where(Report.case_id.in_(case_ids))
    return statement.where(Report.case_id == case_id) if case_id else statement


def reports_in(session: Session, case_id: str, *, as_of: int | None = None) -> dict[str, Report]:
    """Every report of a case, by identifier, oldest first."""
    statement = select(Report).where(Report.case_id == case_id)
    return {report.id: report for report in in_order(session, statement, Report, as_of)}


def snapshots_of(
    session: Session, report_id: str, *, as_of: int | None = None
) -> Sequence[Snapshot]:
    """Every frozen text of a report, oldest first."""
    statement = select(Snapshot).where(Snapshot.report_id == report_id)
    return in_order(session, statement, Snapshot, as_of)


def newest_snapshot_of(
    session: Session, report_id: str, *, as_of: int | None = None
) -> Snapshot | None:
    """The text frozen last, or `None` for a report whose words are not held."""
    found = snapshots_of(session, report_id, as_of=as_of)
    return found[-1] if found else None


def statuses_of(
    session: Session, report_ids: Collection[str], *, as_of: int | None = None
) -> dict[str, ReportStatus]:
    """For each report, whether its words are held."""
    statement = select(Snapshot.report_id).where(Snapshot.report_id.in_(report_ids))
    held = set(session.scalars(until(statement, Snapshot, as_of)))
    return {
        report_id: ReportStatus.HELD if report_id in held else ReportStatus.CITED_NOT_HELD
        for report_id in report_ids
    }


def links_of(
    session: Session, report_id: str, *, as_of: int | None = None
) -> Sequence[ReportLink]:
    """The links that lead from a report or to it, oldest first."""
    statement = select(ReportLink).where(
        or_(ReportLink.from_report_id == report_id, ReportLink.to_report_id == report_id)
    )
    return in_order(session, statement, ReportLink, as_of)


def links_in(session: Session, case_id: str, *, as_of: int | None = None) -> Sequence[ReportLink]:
    """Every link between reports of a case, oldest first."""
    statement = select(ReportLink).where(ReportLink.case_id == case_id)
    return in_order(session, statement, ReportLink, as_of)


def rejections_in(
    session: Session, case_id: str, *, as_of: int | None = None
) -> Sequence[LinkRejection]:
    """Every proposed link of a case that somebody rejected, oldest first."""
    statement = select(LinkRejection).where(LinkRejection.case_id == case_id)
    return in_order(session, statement, LinkRejection, as_of)


def newest_snapshots_in(
    session: Session, case_id: str, *, most: int, as_of: int | None = None
) -> dict[str, Snapshot]:
    """The newest text of each report of a case, of those frozen last, at most so many."""
    newest = (
        until(select(func.max(Snapshot.log_index)), Snapshot, as_of)
        .where(Snapshot.case_id == case_id)
        .group_by(Snapshot.report_id)
    )
    statement = select(Snapshot).where(Snapshot.case_id == case_id, Snapshot.log_index.in_(newest))
    found = session.scalars(statement.order_by(Snapshot.log_index.desc()).limit(most))
    return {snapshot.report_id: snapshot for snapshot in found}


def citations_of(
    session: Session, recording_id: str, *, as_of: int | None = None
) -> Sequence[Citation]:
    """Every passage that speaks of a recording, oldest first."""
    statement = select(Citation).where(Citation.recording_id == recording_id)
    return in_order(session, statement, Citation, as_of)


def citations_in(
    session: Session, report_id: str, *, as_of: int | None = None
) -> Sequence[Citation]:
    """Every passage of a report that speaks of a recording, oldest first."""
    statement = select(Citation).where(Citation.report_id == report_id)
    return in_order(session, statement, Citation, as_of)


def lineage_of(
    session: Session,
    report_ids: Iterable[str],
    *,
    case_id: str,
    as_of: int | None = None,
) -> lineage.Lineage:
    """The independent roots of some reports of one case, claimed and inferred links alike."""
    links = links_in(session, case_id, as_of=as_of)
    return lineage.trace(report_ids, edges(links))


def sources_of(
    session: Session, told: Sequence[lineage.Told], *, case_id: str, as_of: int | None = None
) -> tuple[lineage.Source, ...]:
    """The independent sources of statements of one thing, in the reports of one case."""
    return lineage.independent(told, edges(links_in(session, case_id, as_of=as_of)))


def edges(links: Iterable[ReportLink]) -> list[tuple[str, str]]:
    """Which report rests on which; of a mutual link each on the other, so that they count as one."""
    found = []
    for link in links:
        if link.relation.rests_on:
            found.append((link.from_report_id, link.to_report_id))
        if link.relation.is_mutual:
            found.append((link.to_report_id, link.from_report_id))
    return found
