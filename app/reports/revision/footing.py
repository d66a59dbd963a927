"""
What becomes of things that stand on the older text when there is a newer one.

Nothing is moved: an anchor belongs to the text it was made in. It is only told whether its words
stand in the newer text where the older text's words went, somewhere else, or no longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.reports.anchoring import Anchoring
from app.reports.revision.words import Place, Revision
from transcription.difference import ChangeKind


class Footing(StrEnum):
    """How an anchor of the older text fares in the newer one."""

    STANDS = "stands"
    ELSEWHERE = "elsewhere"
    """The same words stand in the newer text, at another place of it."""
    FALLEN = "fallen"


@dataclass(frozen=True, slots=True)
class Fate:
    """One thing on the older text, what became of its words, and what stands in their place."""

    item: Anchoring
    footing: Footing
    newer: Place | None
    """Where its words stand in the newer text; where they fell, what stands there now."""


def fates(
    anchorings: Sequence[Anchoring], revision: Revision, *, older_id: str, newer: str
) -> list[Fate]:
    """What became of everything that stands on the older text, in its order."""
    return [_fate(item, revision, newer) for item in anchorings if item.snapshot_id == older_id]


def _fate(item: Anchoring, revision: Revision, newer: str) -> Fate:
    start, end = item.anchor.start, item.anchor.end
    met = [
        one
        for one in revision.stretches
        if (one.older.start < end and start < one.older.end)
        or (one.kind is ChangeKind.ADDED and start < one.older.start < end)
    ]
    if len(met) == 1 and met[0].kind is ChangeKind.SAME:
        at = _nearest(newer, item.anchor.exact, met[0].newer.start + start - met[0].older.start)
        if at is not None and met[0].newer.start <= at < met[0].newer.end:
            return Fate(item, Footing.STANDS, Place(at, at + len(item.anchor.exact)))
    at = newer.find(item.anchor.exact)
    if at >= 0:
        return Fate(item, Footing.ELSEWHERE, Place(at, at + len(item.anchor.exact)))
    if not met:
        return Fate(item, Footing.FALLEN, None)
    now = Place(met[0].newer.start, max(one.newer.end for one in met))
    # Of words that both texts have, only those that the anchor covered.
    if met[0].kind is ChangeKind.SAME:
        now = Place(now.start + max(0, start - met[0].older.start), now.end)
    if met[-1].kind is ChangeKind.SAME:
        covered = max(0, end - met[-1].older.start)
        now = Place(now.start, min(now.end, met[-1].newer.start + covered))
    return Fate(item, Footing.FALLEN, now if now.start < now.end else None)


def _nearest(text: str, words: str, to: int) -> int | None:
    """Where the words stand nearest to a place."""
    places = (text.rfind(words, 0, to + len(words)), text.find(words, to))
    return min((at for at in places if at >= 0), key=lambda at: abs(at - to), default=None)
