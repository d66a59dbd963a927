"""
Units over one another, drawn: the superior above, the subordinate below, lines between them.

Boxes and lines alone, so that the page needs no script; what is drawn is also said in a list. A
unit stands below everything it is said to belong to, and where claims go round in a circle, where
it was met first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.claims.hierarchy import Step

_LETTER, _BOX, _ROW, _GAP, _MARGIN = 8, 30, 66, 16, 6
_LONGEST = 34
"""How many letters of a name a box holds."""


@dataclass(frozen=True, slots=True)
class Box:
    """A unit, its left upper corner, and whether the page is about it."""

    key: str
    text: str
    x: int
    y: int
    width: int
    height: int
    is_subject: bool


@dataclass(frozen=True, slots=True)
class Line:
    """From the top of the lower unit to the bottom of the upper one; `claims` say so."""

    x1: int
    y1: int
    x2: int
    y2: int
    claims: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything drawn, and the size of the sheet."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def drawing(steps: Sequence[Step], *, subject: str, names: dict[str, str]) -> Drawing | None:
    """The drawing of some steps; `names` are what units are called here. None where there are none."""
    if not steps:
        return None
    units = {unit.key: unit for step in steps for unit in (step.lower, step.upper)}
    levels = _levels(steps, list(units))
    rows = [
        [key for key in units if levels[key] == level] for level in sorted(set(levels.values()))
    ]
    texts = {key: _short(names.get(key) or unit.name or "unknown") for key, unit in units.items()}
    widths = {key: len(text) * _LETTER + 2 * _GAP for key, text in texts.items()}
    spans = [sum(widths[key] for key in row) + _GAP * (len(row) - 1) for row in rows]
    width = max(spans) + 2 * _MARGIN
    boxes: dict[str, Box] = {}
    for number, (row, span) in enumerate(zip(rows, spans, strict=True)):
        x = (width - span) // 2
        for key in row:
            boxes[key] = Box(
                key=key,
                text=texts[key],
                x=x,
                y=_MARGIN + number * _ROW,
                width=widths[key],
                height=_BOX,
                is_subject=key == subject,
            )
            x += widths[key] + _GAP
    lines = tuple(_line(boxes[s.lower.key], boxes[s.upper.key], len(s.claims)) for s in steps)
    height = 2 * _MARGIN + (len(rows) - 1) * _ROW + _BOX
    return Drawing(width, height, tuple(boxes.values()), lines)


def _levels(steps: Sequence[Step], keys: Sequence[str]) -> dict[str, int]:
    """How far down each unit stands: one below the lowest it belongs to; circles are cut."""
    above: dict[str, list[str]] = {key: [] for key in keys}
    for step in steps:
        above[step.lower.key].append(step.upper.key)
    levels: dict[str, int] = {}
    open_: set[str] = set()

    def level(key: str) -> int:
        if key in open_:  # a circle: it is cut where it closes
            return -1
        if key not in levels:
            open_.add(key)
            levels[key] = 1 + max((level(other) for other in above[key]), default=-1)
            open_.discard(key)
        return levels[key]

    for key in keys:
        level(key)
    return levels


def _line(lower: Box, upper: Box, claims: int) -> Line:
    return Line(
        lower.x + lower.width // 2,
        lower.y,
        upper.x + upper.width // 2,
        upper.y + upper.height,
        claims,
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
