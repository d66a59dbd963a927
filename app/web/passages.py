"""
Passages of a report's text on its page: everything that stands on them, marked, and words that
somebody marked with the mouse or pasted, found again in the frozen text.

A page is not the text. HTML has one line end where a text may have another, so a browser counts
characters that we do not have; a passage is looked for with every line end as one, and
what is anchored is what stands there in the frozen text, character for character.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.anchor import Passage
from app.reports.anchoring import Anchoring, Rechecked
from app.web.fields import lines
from app.web.marking import Piece, pieces

_LINE_END = re.compile(r"\r\n|\r")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the text: what it is called on the page, and where its entry is."""

    name: str
    item: Anchoring
    here: bool
    """Whether it stands in the text shown; else in an earlier or later one."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The text cut where anything begins or ends, and everything that stands on it."""

    pieces: Sequence[Piece]
    marks: Sequence[Mark]
    rechecked: Rechecked

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each mark by its name."""
        return {mark.name: mark.item.kind.value for mark in self.marks}


def marked(
    text: str,
    snapshot_id: str,
    anchorings: Sequence[Anchoring],
    rechecked: Rechecked,
    *,
    proposed: Sequence[tuple[int, int, str]] = (),
) -> Marked:
    """Mark a text; a kept thing covers a proposal where both stand."""
    marks = [Mark(item.id, item, item.snapshot_id == snapshot_id) for item in anchorings]
    spans = [
        *proposed,
        *(
            (mark.item.anchor.start, mark.item.anchor.end, mark.name)
            for mark in marks
            if mark.here
        ),
    ]
    return Marked(pieces(text, spans), marks, rechecked)


def passage(text: str, exact: str, start: str = "") -> Passage:
    """
    The passage that a form names by its words and, where they were marked with the mouse, by
    how many characters stand before them on the page.

    Words that are not at that place are looked for as if none had been named.
    """
    words = lines(exact)
    shown = _LINE_END.sub("\n", text)
    at = int(start) if start.isascii() and start.isdecimal() and len(start) < 10 else None  # noqa: PLR2004 - digits of any text's length
    if at is None or not words or not shown.startswith(words, at):
        if words and words not in text and (found := shown.find(words)) >= 0:
            at = found  # pasted from the page, which has one kind of line end
        else:
            return Passage(exact=words)
    first, last = _within(text, at), _within(text, at + len(words))
    return Passage(exact=text[first:last], start=first)


def _within(text: str, shown: int) -> int:
    """The place in the text of a place on the page: a line end of two counts once there."""
    place = shown
    for found in re.finditer(r"\r\n", text):
        if found.start() >= place:
            break
        place += 1
    return place
