"""
Anchors: a place in a frozen text that anybody can check.

An anchor says where (`start`, `end`: half-open, in Unicode code points) and what (`exact`, with
the words around it as `prefix` and `suffix`), and the two must agree: `text[start:end] ==
exact`, character for character, always. It serialises as the two selectors of the W3C Web
Annotation Data Model, TextPositionSelector and TextQuoteSelector.

Words that are nearly there are not there. When the wording stands in the text only after
quotation marks and spaces are folded, that is told to whoever asked, so that they can
correct what they pasted; the anchor itself is never bent to fit.
"""

import re
from dataclasses import dataclass, fields

from app.core.canonical import Json
from app.core.errors import Invalid

CONTEXT = 32
"""How many characters of prefix and suffix an anchor keeps, as W3C's examples do."""

MAX_PASSAGE = 100_000
"""The longest passage that is looked for, in characters."""
MAX_PLACES = 10_000
"""How many places of one passage are told apart; more need a `start`."""

_MARKS = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛ʼ′`´", "'") | dict.fromkeys("–—‒―", "-")
)
_SPACES = re.compile(r"\s+")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of one text: half-open `[start, end)` in code points, and what stands there."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    def holds(self, text: str) -> bool:
        """Whether this anchor is true of `text`, its surroundings included."""
        return (
            0 <= self.start < self.end <= len(text)
            and text[self.start : self.end] == self.exact
            and text[: self.start].endswith(self.prefix)
            and text[self.end :].startswith(self.suffix)
        )

    def selectors(self) -> list[Json]:
        """The W3C selectors: TextQuoteSelector, then TextPositionSelector."""
        return [
            {
                "type": "TextQuoteSelector",
                "exact": self.exact,
                "prefix": self.prefix,
                "suffix": self.suffix,
            },
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
        ]


def columns(anchor: Anchor | None) -> dict[str, int | str | None]:
    """An anchor as the columns of a row (`models.Anchored`), all of them null without one."""
    return {field.name: getattr(anchor, field.name, None) for field in fields(Anchor)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What somebody asks to be anchored: the words, and if these recur, which of them."""

    exact: str
    start: int | None = None
    occurrence: int = 0
    prefix: str | None = None
    suffix: str | None = None

    def locate(self, text: str) -> Anchor:
        """Anchor it in `text`; raises as `locate` does."""
        return locate(
            text,
            self.exact,
            start=self.start,
            occurrence=self.occurrence,
            prefix=self.prefix,
            suffix=self.suffix,
        )


def locate(
    text: str,
    exact: str,
    *,
    start: int | None = None,
    occurrence: int = 0,
    prefix: str | None = None,
    suffix: str | None = None,
) -> Anchor:
    """
    Anchor `exact` in `text`: at `start` if that is given, else at its nth `occurrence` (from 0)
    among those that the given `prefix` and `suffix` surround.

    Raises `Invalid` naming `exact` (empty, or not there: with `found_after_folding`, whether it
    would be there if quotation marks, dashes and spaces were alike), `start`, `occurrence`,
    `prefix` or `suffix`. Evidence in the facts is positions and counts, never the text.
    """
    if not exact.strip():
        raise Invalid("a quoted passage cannot be empty", field="exact")
    if len(exact) > MAX_PASSAGE:
        raise Invalid(f"a passage holds at most {MAX_PASSAGE} characters", field="exact")
    if start is not None:
        _stands_at(text, exact, start)
        return _surrounded(anchor_at(text, start, start + len(exact)), text, prefix, suffix)
    places = _places(text, exact)
    if not places:
        raise _absent(text, exact)
    fitting = [
        place
        for place in places
        if text.endswith(prefix or "", 0, place)
        and text.startswith(suffix or "", place + len(exact))
    ]
    if not fitting:
        raise Invalid(
            "the passage is in the text, but not between this prefix and suffix",
            field="prefix" if prefix else "suffix",
            occurrences=len(places),
        )
    if not 0 <= occurrence < len(fitting):
        raise Invalid(
            f"the passage occurs {len(fitting)} times, counted from 0",
            field="occurrence",
            occurrences=len(fitting),
        )
    place = fitting[occurrence]
    return anchor_at(text, place, place + len(exact))


def anchor_at(text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`; `Invalid` when that is no passage of the text."""
    if not 0 <= start < end <= len(text):
        raise Invalid("no such passage in the text", field="start", length=len(text))
    return Anchor(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )


def _stands_at(text: str, exact: str, start: int) -> None:
    if start >= 0 and text.startswith(exact, start):
        return
    places = _places(text, exact)
    if not places:
        raise _absent(text, exact)
    nearest = min(places, key=lambda place: abs(place - start))
    raise Invalid(
        "the passage does not stand at this position", field="start", nearest_start=nearest
    )


def _surrounded(anchor: Anchor, text: str, prefix: str | None, suffix: str | None) -> Anchor:
    if not text[: anchor.start].endswith(prefix or ""):
        raise Invalid("other words stand before the passage", field="prefix")
    if not text[anchor.end :].startswith(suffix or ""):
        raise Invalid("other words stand after the passage", field="suffix")
    return anchor


def _places(text: str, exact: str) -> list[int]:
    """Where `exact` starts, overlapping ones included."""
    found = []
    place = text.find(exact)
    while place >= 0:
        found.append(place)
        if len(found) > MAX_PLACES:
            raise Invalid("the passage recurs too often to be told apart", field="exact")
        place = text.find(exact, place + 1)
    return found


def _absent(text: str, exact: str) -> Invalid:
    nearly = _folded(exact) in _folded(text)
    return Invalid(
        "the passage is not in the text"
        + (", except with other quotation marks, dashes or spaces" if nearly else ""),
        field="exact",
        found_after_folding=nearly,
    )


def _folded(text: str) -> str:
    return _SPACES.sub(" ", text.translate(_UNSEEN).translate(_MARKS)).strip()
