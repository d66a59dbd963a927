"""
What stands on the passages of a report, whichever feature made it.

A quote, a citation, a link, a claim, an assessment: each is a row of its own feature, and each says
in which frozen text and between which characters it stands. Whoever shows a report whole
(its page, its annotations, the check of every anchor) needs no more of them than what an
`Anchoring` holds. Each feature hands its own in by one function in its `anchorings` module,

    in_report(session, report_id, *, as_of=None) -> list[Anchoring]

and `app.evidence.anchorings` is the one place that names these functions.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.core.canonical import Json
from app.core.digest import Digest
from app.reports.anchor import Anchor
from app.reports.models import Snapshot


class AnchoredKind(StrEnum):
    """What sort of thing stands on a passage."""

    QUOTE = "quote"
    CITATION = "citation"
    MENTION = "mention"
    LINK = "link"
    CLAIM = "claim"
    ASSESSMENT = "assessment"
    RESTATEMENT = "restatement"
    MATERIAL = "material"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchoring:
    """
    One thing that stands on a passage.

    `said` is one line for people that does not repeat the passage; `page` is where it is shown,
    `address` where the API has it (`None` where it has no address of its own). `about` is what
    a program may want to know besides, in whole numbers and words.
    """

    kind: AnchoredKind
    id: str
    snapshot_id: str
    anchor: Anchor
    said: str
    made_at: datetime
    page: str | None = None
    address: str | None = None
    about: dict[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rechecked:
    """How many anchors were looked up again in their texts, and the names of those that fell."""

    anchors: int
    fallen: tuple[str, ...]

    @property
    def standing(self) -> int:
        """How many stand where they say."""
        return self.anchors - len(self.fallen)

    @property
    def per_mille(self) -> int | None:
        """The share that stands, rounded down; `None` where there is none to look up."""
        return self.standing * 1000 // self.anchors if self.anchors else None


def recheck(anchorings: Iterable[Anchoring], snapshots: Iterable[Snapshot]) -> Rechecked:
    """
    Look every anchor up again, character for character, in a text that still has its digest.

    An anchor in a text that changed, or in one that is not among `snapshots`, does not stand.
    """
    texts = {
        snapshot.id: snapshot.text
        for snapshot in snapshots
        if str(Digest.of_bytes(snapshot.text.encode())) == snapshot.text_sha256
    }
    checked = list(anchorings)
    fallen = tuple(
        f"{item.kind}:{item.id}"
        for item in checked
        if item.snapshot_id not in texts or not item.anchor.holds(texts[item.snapshot_id])
    )
    return Rechecked(len(checked), fallen)
