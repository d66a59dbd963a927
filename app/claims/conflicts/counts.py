"""Two numbers of one thing: no number fits both, or one only says less than the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.claims.conflicts import dates
from app.claims.conflicts.stating import ConflictKind, Explanation, ExplanationCode, Odds, Stated
from app.claims.facts import Control, Statistic, Tally
from app.claims.telling import of
from app.claims.terms import Counting, Operator
from app.claims.values import Count, Quantity

_ABOUT = 10
"""`about` a number is taken as within a tenth of it, upwards and downwards."""
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Range:
    """The whole numbers that a count leaves possible; `high` is null for no end."""

    low: int
    high: int | None

    def meets(self, other: "Range") -> bool:
        """Whether a number is in both."""
        return (self.high is None or other.low <= self.high) and (
            other.high is None or self.low <= other.high
        )


def range_of(operator: Operator, number: int | None) -> Range:
    """Which numbers an operator and its number leave."""
    if number is None:
        return Range(_SEVERAL, None)
    tenth = number // _ABOUT
    ranges = {
        Operator.AT_LEAST: Range(number, None),
        Operator.AT_MOST: Range(0, number),
        Operator.MORE_THAN: Range(number + 1, None),
        Operator.FEWER_THAN: Range(0, number - 1),
        Operator.ABOUT: Range(number - tenth, number + tenth),
    }
    return ranges.get(operator, Range(number, number))


def at_odds(one: Stated, other: Stated) -> Iterator[Odds]:
    """
    Whether two counts of the same thing differ; `compatible` where a number fits both.

    Statistics are of the same thing for one metric, one period and an "as of" that may be one day.
    """
    if isinstance(one.value, Statistic) and isinstance(other.value, Statistic):
        if not _comparable(one.value, other.value):
            return
        yield from _counting(one.value, other.value)
    first, second = _counted(one.value), _counted(other.value)
    if first is None or second is None or first.what != second.what:
        return
    if (first.operator, first.number) == (second.operator, second.number):
        return
    compatible = range_of(first.operator, first.number).meets(
        range_of(second.operator, second.number)
    )
    yield Odds(
        kind=ConflictKind.COUNT,
        first=first.label,
        second=second.label,
        compatible=compatible,
        explanations=tuple(_explanations(first, second, compatible=compatible)),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """A number with its operator, what there is so much of, and both in words."""

    what: str
    operator: Operator
    number: int | None
    label: str


def _counted(value: object) -> _Counted | None:
    match value:
        case Count():
            return _Counted("", value.operator, value.number, of(value))
        case Quantity():
            what = f"{value.unit} {value.currency}"
            return _Counted(what, value.operator, value.amount, of(value))
        case Tally():
            what = f"{value.counted} {value.circumstance}"
            return _Counted(what, value.count.operator, value.count.number, of(value))
        case Control():
            what = f"held by {value.by.name}"
            return _Counted(what, value.share.operator, value.share.amount, of(value))
        case Statistic():
            period = value.period.edtf if value.period else None
            what = f"{value.metric} ({value.of.deed}) {'in all' if value.total else period}"
            label = f"{of(value.count)} {what}"
            return _Counted(what, value.count.operator, value.count.number, label)
        case _:
            return None


def _comparable(one: Statistic, other: Statistic) -> bool:
    if (one.metric, one.of, one.total) != (other.metric, other.of, other.total):
        return False
    if one.as_of and other.as_of and dates.disjoint(one.as_of, other.as_of):
        return False
    if one.period is None or other.period is None:
        return one.total
    return one.period.edtf == other.period.edtf


def _counting(one: Statistic, other: Statistic) -> Iterator[Odds]:
    """One number that was "opened" in one report and "investigated" in another."""
    if (
        one.count == other.count
        and one.counting is not other.counting
        and Counting.UNSTATED not in (one.counting, other.counting)
    ):
        yield Odds(
            kind=ConflictKind.WORDING,
            first=_worded(one),
            second=_worded(other),
            explanations=(
                Explanation(ExplanationCode.RENDERING, "One number, told with two verbs."),
            ),
        )


def _worded(value: Statistic) -> str:
    counted = _counted(value)
    assert counted is not None
    return f"{value.counting}: {counted.label}"


def _explanations(one: _Counted, other: _Counted, *, compatible: bool) -> Iterator[Explanation]:
    first, second = one.number, other.number
    if first is not None and second is not None and first != second:
        exact, rounded = sorted((first, second), key=_zeros)
        if _zeros(rounded) > _zeros(exact) and 2 * abs(exact - rounded) <= 10 ** _zeros(rounded):
            yield Explanation(
                ExplanationCode.ROUNDING, f"{rounded} may be {exact} in round numbers."
            )
    if compatible:
        yield Explanation(
            ExplanationCode.LEAVES_ROOM,
            "Both can be so: “{}” and “{}” have a number in common.".format(
                *sorted((one.label, other.label))
            ),
        )


def _zeros(number: int) -> int:
    """How many zeros a number ends on."""
    text = str(number)
    return len(text) - len(text.rstrip("0")) if number else 0
