"""Times with one end, with two, about and in a zone: what frames make of the time within them."""

from dataclasses import replace
from datetime import date, timedelta

from app.claims.temporal.periods import NoSuchDate, Period, Reading, spelled
from app.claims.terms import TimeBasis, TimePrecision

_DAY = timedelta(days=1)
_INTERVAL = TimePrecision.INTERVAL


def one_sided(read: Reading, which: str) -> Reading | None:
    """Since a time, until it, before it, after it; an end that is an interval has its own edge."""
    made = []
    for period in read.periods:
        open_period = _open(period, which)
        if open_period is None:
            return None
        made.append(open_period)
    return replace(read, periods=tuple(made))


def _open(period: Period, which: str) -> Period | None:
    first, last = period.first, period.last
    plain = period.edtf
    match which:
        case "since" if first is not None:
            left = plain.split("/")[0]
            return Period(f"{left}/..", first, None, _INTERVAL)
        case "until" if last is not None:
            right = plain.split("/")[-1]
            return Period(f"../{right}", None, last, _INTERVAL)
        case "before" if first is not None:
            end = first - _DAY
            return Period(f"../{end.isoformat()}", None, end, _INTERVAL)
        case "after" if last is not None:
            begin = last if period.precision is TimePrecision.DAY else last + _DAY
            return Period(f"{begin.isoformat()}/..", begin, None, _INTERVAL)
    return None


def since_start(read: Reading, stretch: str) -> Reading | None:
    """As in "since the start of the year": open from the first day of a time."""
    return one_sided(read, "since") if stretch == "early" else None


def between(first: Reading, last: Reading) -> Reading | None:
    """From one time to another."""
    if len(first.periods) > 1 or len(last.periods) > 1:
        return None
    one, two = first.periods[0], last.periods[0]
    if "/" in one.edtf or "/" in two.edtf or one.first is None or two.last is None:
        return None
    if two.first is not None and one.first > two.last:
        raise NoSuchDate("it would end before it begins")
    basis = first.basis if last.basis is TimeBasis.EXPLICIT else last.basis
    why = last.why if first.why == last.why else f"{first.why}; {last.why}"
    period = Period(f"{one.edtf}/{two.edtf}", one.first, two.last, _INTERVAL)
    return Reading((period,), basis, why, last.zone)


def approximately(read: Reading) -> Reading | None:
    """About a time: the bounds reach as far again to both sides as it is long, at least a day."""
    if len(read.periods) > 1 or "/" in read.periods[0].edtf or read.periods[0].edtf[-1] == "~":
        return None
    period = read.periods[0]
    first, last = period.first, period.last
    if first is None or last is None:
        return None
    length = (last - first) + _DAY
    wide = replace(
        spelled(f"{period.edtf}~"), first=_later(first, -length), last=_later(last, length)
    )
    return replace(read, periods=(wide,), why=f"{read.why}; about")


def zoned(read: Reading, zone: str) -> Reading | None:
    """A day in a zone that is named; in nobody's "local time" it may be the day before or after."""
    if zone != "local":
        return replace(read, zone=zone, why=f"{read.why}; the day is that of the zone named")
    wide = tuple(
        replace(
            period,
            first=_later(period.first, -_DAY) if period.first else None,
            last=_later(period.last, _DAY) if period.last else None,
        )
        for period in read.periods
    )
    why = "it is not said whose local time, so that elsewhere it may be the day before or after"
    return replace(read, periods=wide, zone=zone, why=f"{read.why}; {why}")


def _later(day: date, length: timedelta) -> date:
    try:
        return day + length
    except OverflowError:
        return day
