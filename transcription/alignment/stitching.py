"""
A quote stitched together from passages that were spoken apart, in this order or another.

The best place stands for some of the quote. What is left before and after it is looked for by
itself, and so on with what is then left; of places alike the nearest is taken. A part must be no
chance by itself, however little of the quote it is. That every word was spoken does not make the
quote true: what stands together in it did not stand together in speech. So this only ever adds a
reason.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcription.alignment import significance
from transcription.alignment.locate import Place, Search
from transcription.alignment.locate import places as places_of
from transcription.alignment.scoring import VARIANT
from transcription.alignment.speech import Speech
from transcription.alignment.sweep import WORDS

_WHOLE = 700
"""A place with so many thousandths of the quote needs no other."""
_LEAST_TOKENS = 3
_FAR = 20
"""Passages less far apart are one, in which words changed places (`roles`)."""
_APART = 100
"""What it costs that a part lies e times as many words away."""


@dataclass(frozen=True, slots=True)
class Stitch:
    """The parts in the order of the quote, as places, with the tokens of the quote each stands for."""

    parts: tuple[Place, ...]
    quoted: tuple[tuple[int, int], ...]

    @property
    def in_order(self) -> bool:
        """Whether they were spoken in the order in which they are quoted."""
        firsts = [part.first for part in self.parts]
        return firsts == sorted(firsts)

    def features(self, speech: Speech) -> dict[str, int | bool]:
        """How many parts, in which order, and how far apart the two are that lie furthest apart."""
        before, after = self.furthest
        found: dict[str, int | bool] = {
            "stitched_parts": len(self.parts),
            "stitched_in_order": self.in_order,
            "stitched_words_apart": speech.first[after.first] - speech.last[before.last - 1] - 1,
        }
        ends = speech.span(before.last - 1, before.last - 1)
        begins = speech.span(after.first, after.first)
        if ends and begins:
            found["stitched_ms_apart"] = begins.start_ms - ends.end_ms
        return found

    def reason(self, search: Search, speech: Speech) -> str:
        """The same in a sentence that names the words."""
        known = self.features(speech)
        apart = f"{known['stitched_words_apart']} words"
        if "stitched_ms_apart" in known:
            apart += f" and {known['stitched_ms_apart'] // 1000} s"
        parts = [
            f"“{' '.join(token.text for token in search.quote[first : last + 1])}”"
            for first, last in self.quoted
        ]
        order = "" if self.in_order else ", which were spoken in another order"
        return f"the quote joins passages spoken {apart} apart: {' and '.join(parts)}{order}"

    @property
    def furthest(self) -> tuple[Place, Place]:
        """The two neighbours in speech that lie furthest apart, the earlier first."""
        spoken = sorted(self.parts, key=lambda part: part.first)
        return max(pairwise(spoken), key=lambda pair: pair[1].first - pair[0].last)


def stitched(search: Search, places: Sequence[Place]) -> Stitch | None:
    """The parts, two or more; None if one place holds the quote, or nothing of the rest was said."""
    best = max(places, key=lambda place: place.score, default=None)
    held = _held(search, best) if best else None
    if best is None or held is None or best.permille >= _WHOLE:
        return None
    parts = [(held, best)]
    left = [(0, held[0]), (held[1] + 1, len(search.quote))]
    while left:
        first, last = left.pop()
        found = _part(search, first, last, [part for _, part in parts])
        if found:
            (begin, end), _ = found
            parts.append(found)
            left += [(first, begin), (end + 1, last)]
    parts.sort(key=lambda part: part[0])
    if len(parts) < 2:  # noqa: PLR2004
        return None
    stitch = Stitch(tuple(part for _, part in parts), tuple(held for held, _ in parts))
    before, after = stitch.furthest
    return stitch if after.first - before.last >= _FAR else None


def _part(
    search: Search, first: int, last: int, others: Sequence[Place]
) -> tuple[tuple[int, int], Place] | None:
    """The best place of some tokens of the quote by themselves, and which of them it holds."""
    if last - first < _LEAST_TOKENS or not any(
        k in WORDS for k in search.pattern.kinds[first:last]
    ):
        return None
    alone = search.part(first, last)
    least = significance.beyond_chance(len(search.spoken))
    near = others[0]

    def worth(place: Place) -> tuple[int, int]:
        apart = max(place.first - near.last, near.first - place.last, 0)
        return place.score - round(_APART * math.log(apart + 1)), -place.first

    found = [place for place in places_of(alone) if place.score >= least]
    free = [place for place in found if not _touch(place, others) and _held(alone, place)]
    if not free:
        return None
    best = max(free, key=worth)
    held = _held(alone, best)
    assert held is not None  # as it was asked above
    return (held[0] + first, held[1] + first), best


def _held(search: Search, place: Place) -> tuple[int, int] | None:
    """The first and last token of the quote that are matched here."""
    matched = [
        step.quoted
        for step in place.steps
        if step.quoted is not None
        and step.last > step.first
        and search.pattern.kinds[step.quoted] in WORDS
        and search.likenesses[search.pattern.rows[step.quoted], search.columns[step.first]]
        >= VARIANT
    ]
    return (matched[0], matched[-1]) if matched else None


def _touch(place: Place, others: Sequence[Place]) -> bool:
    return any(place.first < other.last and other.first < place.last for other in others)
