"""
Which report a citation means, among those registered of its publisher.

The same publisher is no evidence: a house that reported one recording in one year reported another in
another. A candidate fits by what it says (`overlap` with the citing text), or, where nothing of it is
held, by what those say who rest on it, or by a day of publication shortly before; a later or a long past
one speaks against it. Where no candidate fits, the citation is of a report that is not registered yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.features import Features
from app.reports.overlap import Overlap, overlap

_LONG_BEFORE = 60
"""After so many days a news report is cited as one of long ago, if at all."""
_FULL_DATE = 10
_RARE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A registered report that could be meant: its text, its date, and the texts that rest on it."""

    report_id: str
    text: Features | None
    published: str | None
    relying: tuple[Features, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Whether a candidate is meant, and why; `strength` orders those that are."""

    report_id: str
    fits: bool
    why: str
    strength: int = 0


def fits(citing: Features, candidates: Sequence[Candidate], *, published: str | None) -> list[Fit]:
    """Each candidate judged, the best first. `published` is when the citing report was (EDTF)."""
    judged = [_judged(citing, each, published, len(candidates)) for each in candidates]
    return sorted(judged, key=lambda fit: (not fit.fits, -fit.strength))


def is_before(one: str | None, other: str | None) -> bool | None:
    """Whether a date lies before another; None where their precision does not tell, or one is unknown."""
    if one is None or other is None:
        return None
    length = min(len(one), len(other), _FULL_DATE)
    if one[:length] != other[:length]:
        return one[:length] < other[:length]
    if len(one) > _FULL_DATE and len(other) > _FULL_DATE and one != other:
        return one < other
    return None


def _judged(citing: Features, candidate: Candidate, published: str | None, among: int) -> Fit:
    if is_before(published, candidate.published):
        why = "it was published later than the report that cites it"
        return Fit(report_id=candidate.report_id, fits=False, why=why)
    if candidate.text is not None:
        common = overlap(citing, candidate.text)
        alike = not common.is_expected_among(among)
        why = told(common) if alike else f"the texts are of different things: {told(common)}"
        return _fit(candidate, common, why, alike=alike)
    if candidate.relying:
        common = max((overlap(citing, text) for text in candidate.relying), key=_rarity)
        alike = not common.is_expected_among(among)
        why = f"nothing of it is held; a report that rests on it and this one: {told(common)}"
        return _fit(candidate, common, why, alike=alike)
    gap = _days(candidate.published, published)
    if gap is None:
        why = (
            "nothing but its publisher speaks for it: no text, no day, no report that rests on it"
        )
    elif gap > _LONG_BEFORE:
        why = f"it was published {gap} days before, and nothing of it is held to compare"
    else:
        why = f"nothing of it is held; it was published {gap} days before"
        return Fit(report_id=candidate.report_id, fits=True, why=why, strength=1)
    return Fit(report_id=candidate.report_id, fits=False, why=why)


def told(common: Overlap) -> str:
    """What two texts have in common, in a sentence."""
    parts = [
        f"{each.shared} of {each.of} {_NAMED[each.what]}" for each in common.shared if each.of
    ]
    shared = ", ".join(parts) if parts else "nothing that could be compared"
    return f"they share {shared}: {_rarely(common.once_in)}"


def _rarely(once_in: int) -> str:
    """How often unrelated reports have so much in common."""
    if once_in <= 1:
        return "no more than unrelated reports do"
    if once_in > _RARE:
        return "by chance in less than one of a million pairs of unrelated reports"
    return f"by chance in one of {once_in} pairs of unrelated reports"


_NAMED = {"runs": "runs of four words", "numbers": "numbers", "names": "names"}


def _fit(candidate: Candidate, common: Overlap, why: str, *, alike: bool) -> Fit:
    strength = common.once_in if alike else 0
    return Fit(report_id=candidate.report_id, fits=alike, why=why, strength=strength)


def _rarity(common: Overlap) -> int:
    return common.once_in


def _days(earlier: str | None, later: str | None) -> int | None:
    """Whole days between two dates of which each names its day; None where one does not."""
    if earlier is None or later is None or min(len(earlier), len(later)) < _FULL_DATE:
        return None
    first, second = (date.fromisoformat(text[:_FULL_DATE]) for text in (earlier, later))
    return (second - first).days
