"""What a publisher changed between two texts of a report, and what stood on the older one."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.accounts.permissions import Permission
from app.api.anchors import naming
from app.api.wire import Id, Wire
from app.cases.caller import Caller
from app.core.errors import Invalid
from app.evidence import anchorings
from app.http.caller import allowed
from app.http.transactions import Reading
from app.reports import queries
from app.reports.anchoring import AnchoredKind
from app.reports.revision import footing, notices, words
from app.reports.revision.footing import Fate, Footing
from app.reports.revision.words import Place
from transcription.difference import ChangeKind

router = APIRouter(tags=["reports"])
Seeing = Annotated[Caller, allowed(Permission.REPORT_READ)]


class PassageOut(Wire):
    """Characters of one text, half-open, and what stands there; empty where something is missing."""

    start: int
    end: int
    text: str


class ChangeOut(Wire):
    """Words of the older text and what the newer one has in their place."""

    kind: ChangeKind
    older: PassageOut
    newer: PassageOut


class FateOut(Wire):
    """One thing on the older text; `newer` is where its words are, or what stands there instead."""

    kind: AnchoredKind
    id: str
    footing: Footing
    newer: PassageOut | None


class RevisionOut(Wire):
    """
    Two texts compared. `is_silent`: words differ, and none of the new ones says so.

    `counts` are words, by how they differ; `words` are all words of both.
    """

    older_id: str
    newer_id: str
    words: list[int]
    counts: dict[str, int]
    changes: list[ChangeOut]
    notices: list[PassageOut]
    is_silent: bool
    anchors: list[FateOut]


@router.get("/snapshots/{snapshot_id}/revision")
def revision(
    snapshot_id: Id,
    session: Reading,
    caller: Seeing,
    to: Annotated[str, Query(max_length=64, description="the newer snapshot of the same report")],
) -> RevisionOut:
    """Compare a frozen text with a newer one of its report, word by word."""
    older = queries.get_snapshot(session, snapshot_id)
    caller.require(Permission.REPORT_READ, older.case_id, thing="snapshot")
    with naming("to"):
        newer = queries.get_snapshot(session, to)
    if newer.report_id != older.report_id:
        raise Invalid("not a snapshot of this report", field="to")
    report = queries.get(session, older.report_id)
    found = words.compare(older.text, newer.text)
    said = notices.new_notices(found, newer.text, language=report.language)
    standing = anchorings.of_report(session, report.id, case_id=report.case_id, caller=caller)
    return RevisionOut(
        older_id=older.id,
        newer_id=newer.id,
        words=list(found.words),
        counts={str(kind): count for kind, count in found.counts.items()},
        changes=[
            ChangeOut(
                kind=one.kind,
                older=_passage(older.text, one.older),
                newer=_passage(newer.text, one.newer),
            )
            for one in found.changes
        ],
        notices=[_passage(newer.text, one.place) for one in said],
        is_silent=not found.is_empty and not said,
        anchors=[
            _fate(one, newer.text)
            for one in footing.fates(standing, found, older_id=older.id, newer=newer.text)
        ],
    )


def _fate(one: Fate, newer: str) -> FateOut:
    return FateOut(
        kind=one.item.kind,
        id=one.item.id,
        footing=one.footing,
        newer=_passage(newer, one.newer) if one.newer else None,
    )


def _passage(text: str, place: Place) -> PassageOut:
    return PassageOut(start=place.start, end=place.end, text=text[place.start : place.end])
