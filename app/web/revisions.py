"""Two texts of a report on one page: what was changed, whether it was said, what fell by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.permissions import Permission
from app.cases.caller import Caller
from app.core.errors import NotFound
from app.evidence import anchorings
from app.http.caller import allowed
from app.http.transactions import Reading
from app.reports import queries
from app.reports.revision import footing, notices, words
from app.reports.revision.words import Revision
from app.web.rendering import page
from transcription.difference import ChangeKind

router = APIRouter()
Reader = Annotated[Caller, allowed(Permission.REPORT_READ)]


@dataclass(frozen=True, slots=True)
class Part:
    """Words of one text, and how they stand to the other."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of both texts, cut where they differ."""

    older: Sequence[Part]
    newer: Sequence[Part]

    @property
    def differs(self) -> bool:
        """Whether any word of it does."""
        return any(one.kind is not ChangeKind.SAME for one in (*self.older, *self.newer))


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that follow one another and all differ, or all do not."""

    differs: bool
    rows: Sequence[Row]


@router.get("/snapshots/{snapshot_id}/revision")
def revision(
    snapshot_id: str, request: Request, session: Reading, caller: Reader, to: str
) -> Response:
    """What differs between a frozen text and a newer one of its report."""
    older, newer = queries.get_snapshot(session, snapshot_id), queries.get_snapshot(session, to)
    caller.require(Permission.REPORT_READ, older.case_id, thing="snapshot")
    if newer.report_id != older.report_id:
        raise NotFound("no such snapshot of this report")
    report = queries.get(session, older.report_id)
    found = words.compare(older.text, newer.text)
    standing = anchorings.of_report(session, report.id, case_id=report.case_id, caller=caller)
    fates = footing.fates(standing, found, older_id=older.id, newer=newer.text)
    return page(
        request,
        "revision.html",
        caller=caller,
        section="Reports",
        report=report,
        older=older,
        newer=newer,
        found=found,
        counts={str(kind): count for kind, count in found.counts.items()},
        groups=groups(found, older.text, newer.text),
        notices=[
            newer.text[one.place.start : one.place.end]
            for one in notices.new_notices(found, newer.text, language=report.language)
        ],
        fates=[
            (one, newer.text[one.newer.start : one.newer.end] if one.newer else "")
            for one in fates
        ],
    )


def groups(found: Revision, older: str, newer: str) -> list[Group]:
    """
    Both texts in rows, a new one wherever words that both have are followed by a line end.

    Every word of both texts is in exactly one row, in order.
    """
    rows: list[Row] = []
    mine: list[Part] = []
    theirs: list[Part] = []

    def end() -> None:
        if mine or theirs:
            rows.append(Row(tuple(mine), tuple(theirs)))
        mine.clear()
        theirs.clear()

    last = 0
    for one in found.stretches:
        if "\n" in older[last : one.older.start]:
            end()
        last = one.older.end
        before, after = (
            older[one.older.start : one.older.end],
            newer[one.newer.start : one.newer.end],
        )
        if one.kind is not ChangeKind.SAME:
            mine.extend([Part(one.kind, before)] if before else [])
            theirs.extend([Part(one.kind, after)] if after else [])
            continue
        # The words are the same; where lines end may differ, and the older text decides.
        spoken = iter(after.split())
        for number, line in enumerate(before.split("\n")):
            if number:
                end()
            count = len(line.split())
            beside = " ".join(word for _, word in zip(range(count), spoken, strict=False))
            mine.extend([Part(one.kind, line)] if line.strip() else [])
            theirs.extend([Part(one.kind, beside)] if beside else [])
    end()
    grouped = groupby(rows, key=lambda row: row.differs)
    return [Group(differs, tuple(inside)) for differs, inside in grouped]
