"""
A quoted passage as its marks give it, before anybody asks who speaks.

Passages nest: words quoted within quoted words are a passage inside another. They never
cross, and none is deeper than `DEEPEST`; what a text piles up beyond that is not read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from transcription.quotation.layout import trimmed
from transcription.quotation.proposal import QuoteForm, Stretch, Way

DEEPEST = 4
"""How many passages may stand within one another, the outermost counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """
    Quoted words (`place`) and the same with their marks (`outer`).

    `inside` is the place in the list of the passage that this one stands in; `depth` counts
    from 0. `why` says how its ends were found; `form` is given where these already tell it.
    """

    place: Stretch
    outer: Stretch
    way: Way
    closed: bool
    why: str
    form: QuoteForm | None = None
    depth: int = 0
    inside: int | None = None


def passage(
    text: str,
    outer: Stretch,
    inner: Stretch,
    *,
    why: str,
    way: Way = Way.MARKS,
    closed: bool = True,
    form: QuoteForm | None = None,
) -> Passage | None:
    """
    The passage between two marks; None where no word stands between them.

    White space inside the marks is left out, and so is a comma before the closing one, which
    is the reporter's.
    """
    place = trimmed(text, inner.start, inner.end)
    while place is not None and closed and text[place.end - 1] in ",،":
        place = trimmed(text, place.start, place.end - 1)
    if place is None or not any(c.isalnum() for c in place.of(text)):
        return None
    return Passage(place=place, outer=outer, way=way, closed=closed, why=why, form=form)


def nested(passages: Iterable[Passage], text: str) -> list[Passage]:
    """
    The passages in order, each with what it stands in.

    One that repeats the whole of the passage around it says nothing new and is left out, as is
    one that would cross another or stand too deep.
    """
    result: list[Passage] = []
    around: list[int] = []
    for each in sorted(passages, key=lambda p: (p.outer.start, -p.outer.end)):
        while around and result[around[-1]].outer.end <= each.outer.start:
            around.pop()
        if around:
            parent = result[around[-1]]
            if not parent.place.holds(each.place) or len(around) >= DEEPEST:
                continue
            if each.outer.holds(_core(parent.place, text)):
                continue
        result.append(replace(each, depth=len(around), inside=around[-1] if around else None))
        around.append(len(result) - 1)
    return result


def _core(place: Stretch, text: str) -> Stretch:
    """A stretch without the full stop at its end."""
    return Stretch(place.start, place.end - (text[place.end - 1] in ".,!?…"))
