"""
Totals and their parts: does what an authority counted in all come to what it counted by period?

A pure rule over statistics. A total is added up from the parts of its own report; where that tells
none, from those that other reports tell of the same authority, and it says so. Parts that two
claims give differently, and counts such as "at least 8", are added as ranges. Whatever is left
is told: how many, and of which years nothing is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.claims.conflicts.counts import Range, range_of
from app.claims.conflicts.stating import Stated
from app.claims.facts import Doing, Statistic
from app.claims.terms import Metric, Operator, SubjectKind


class Outcome(StrEnum):
    """What adding up came to."""

    ADDS_UP = "adds_up"
    MAY_ADD_UP = "may_add_up"  # with counts that are not exact
    PARTS_MISSING = "parts_missing"  # the parts come to less
    EXCEEDS = "exceeds"  # the parts come to more
    NO_PARTS = "no_parts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was counted in one period, and the claims that say so; `high` is null for no end."""

    period: str
    low: int
    high: int | None
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """
    One total of one report, and what its parts come to.

    `elsewhere`: the parts are told by another report. `rest` is what the parts leave of an exact
    total; `untold` are the years between the first and the last of which no part is told.
    """

    subject_kind: SubjectKind
    subject_id: str
    metric: Metric
    of: Doing
    report_id: str
    total: int
    claim_ids: tuple[str, ...]
    parts: tuple[Part, ...]
    low: int
    high: int | None
    elsewhere: bool
    outcome: Outcome
    untold: tuple[str, ...]

    @property
    def rest(self) -> int | None:
        """What exact parts leave of the total; negative where they exceed it."""
        return self.total - self.low if self.parts and self.low == self.high else None


def reconcile(claims: Iterable[Stated]) -> list[Reconciliation]:
    """Every exact total among these claims, report by report, with its parts."""
    statistics = [
        (claim, claim.value)
        for claim in sorted(claims, key=lambda claim: claim.id)
        if isinstance(claim.value, Statistic) and not claim.is_denied
    ]
    totals: dict[tuple[object, ...], list[tuple[Stated, Statistic]]] = {}
    for claim, value in statistics:
        if value.total and value.count.operator is Operator.EXACTLY:
            told = (claim.report_id, *_about(claim, value), value.count.number)
            totals.setdefault(told, []).append((claim, value))
    return [_reconciled(same, statistics) for same in totals.values()]


def _reconciled(
    totals: Sequence[tuple[Stated, Statistic]], statistics: Sequence[tuple[Stated, Statistic]]
) -> Reconciliation:
    claim, value = totals[0]
    number = value.count.number or 0
    same = [
        (other, part)
        for other, part in statistics
        if not part.total and _about(other, part) == _about(claim, value) and part.period
    ]
    own = [each for each in same if each[0].report_id == claim.report_id]
    parts = _parts(own or _most_told(same))
    low = sum(part.low for part in parts)
    ends = [part.high for part in parts]
    high = None if None in ends else sum(end for end in ends if end is not None)
    return Reconciliation(
        subject_kind=claim.subject_kind,
        subject_id=claim.subject_id,
        metric=value.metric,
        of=value.of,
        report_id=claim.report_id,
        total=number,
        claim_ids=tuple(each.id for each, _ in totals),
        parts=parts,
        low=low,
        high=high,
        elsewhere=bool(parts) and not own,
        outcome=_outcome(number, parts, low, high),
        untold=_untold(value, parts),
    )


def _most_told(found: Sequence[tuple[Stated, Statistic]]) -> list[tuple[Stated, Statistic]]:
    """
    What is told of the periods of one report, the one that tells most of them.

    Periods of several reports are never added up: one's "2025" is another's "so far this year".
    """
    by_report: dict[str, set[str]] = {}
    for claim, value in found:
        by_report.setdefault(claim.report_id, set()).add(_period(value))
    most: set[str] = max(by_report.values(), key=len, default=set())
    return [(claim, value) for claim, value in found if _period(value) in most]


def _period(value: Statistic) -> str:
    return value.period.edtf or value.period.raw if value.period else ""


def _about(claim: Stated, value: Statistic) -> tuple[object, ...]:
    return claim.subject_kind, claim.subject_id, value.metric, value.of


def _parts(found: Sequence[tuple[Stated, Statistic]]) -> tuple[Part, ...]:
    by_period: dict[str, list[tuple[str, Range]]] = {}
    for claim, value in found:
        counted = range_of(value.count.operator, value.count.number)
        by_period.setdefault(_period(value), []).append((claim.id, counted))
    parts = []
    for period, told in sorted(by_period.items()):
        ends = [counted.high for _, counted in told]
        parts.append(
            Part(
                period=period,
                low=min(counted.low for _, counted in told),
                high=None if None in ends else max(end for end in ends if end is not None),
                claim_ids=tuple(claim_id for claim_id, _ in told),
            )
        )
    return tuple(parts)


def _outcome(total: int, parts: Sequence[Part], low: int, high: int | None) -> Outcome:
    if not parts:
        return Outcome.NO_PARTS
    if low > total:
        return Outcome.EXCEEDS
    if high is not None and high < total:
        return Outcome.PARTS_MISSING
    return Outcome.ADDS_UP if low == high else Outcome.MAY_ADD_UP


def _untold(total: Statistic, parts: Sequence[Part]) -> tuple[str, ...]:
    """The years from the first to the last that is spoken of, without a part."""
    told = {int(part.period[:4]) for part in parts if part.period[:4].isdecimal()}
    if not told:
        return ()
    first, last = min(told), max(told)
    if total.period and total.period.earliest:
        first = min(first, total.period.earliest.year)
    if total.as_of and total.as_of.latest:
        last = max(last, total.as_of.latest.year)
    return tuple(str(year) for year in range(first, last + 1) if year not in told)
