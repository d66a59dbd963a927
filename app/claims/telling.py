"""
A value in a few words for people: what is listed beside the passage it was read in.

Made from the value alone and in one way, so that two claims with one value read alike. It repeats
no wording and adds none; what it leaves out is in the JSON.
"""

from typing import Any

from app.claims import facts, values
from app.claims.predicates import Predicate
from app.claims.terms import Counted, Metric, Operator, SubjectKind, Unit
from app.claims.values import Count, Named, Place, Quantity, TemporalValue

_OPERATORS = {
    Operator.EXACTLY: "",
    Operator.AT_LEAST: "at least ",
    Operator.AT_MOST: "at most ",
    Operator.MORE_THAN: "more than ",
    Operator.FEWER_THAN: "fewer than ",
    Operator.ABOUT: "about ",
}
_ONE = {Counted.TIMES_SAID: "time said", Metric.CASUALTIES: "casualty"}
"""A single one of what does not only lose its "s"."""


def told(predicate: Predicate, value: object) -> str:
    """One line: the predicate and its value, as "date: 2024-11"."""
    return f"{_words(predicate)}: {of(value)}"


def of(value: object) -> str:  # noqa: C901, PLR0911, PLR0912 - one short line for each kind of value
    """The value alone."""
    match value:
        case TemporalValue():
            return value.edtf or f"unresolved (“{value.raw}”)"
        case Count():
            return _count(value)
        case Quantity():
            return _quantity(value)
        case Named():
            return value.name or _words(value.identity)
        case Place():
            return ", ".join([value.name or _words(value.status), *value.within])
        case values.Language():
            return value.code
        case values.Title():
            return value.name
        case facts.Kind():
            return _words(value.nature)
        case facts.Doing():
            return _doing(value)
        case facts.Conduct():
            return _conduct(value)
        case facts.UnitChain():
            return " < ".join(of(unit) for unit in value.units)
        case facts.Role():
            return value.title
        case facts.SpeakerIdentity():
            return of(value.who) if value.who else _words(value.identity)
        case facts.Tally():
            return _joined(
                _count(value.count), _counted(value.count, value.counted), value.circumstance
            )
        case facts.Statistic():
            return _statistic(value)
        case facts.Control():
            return f"{_quantity(value.share)} held by {of(value.by)}"
        case facts.EventLink():
            return f"{_words(value.kind)} ({value.to_kind})"
        case _:
            return _fields(value)


def _fields(value: Any) -> str:
    """Every field that says something, in the order of the value: enough for short values."""
    said = []
    for name in value.__dataclass_fields__:
        item = getattr(value, name)
        if item is None or str(item) == "unstated" or isinstance(item, SubjectKind):
            continue
        text = of(item) if hasattr(item, "__dataclass_fields__") else _words(item)
        said.append(f"{name} {text}" if name in {"by", "of", "against", "to"} else text)
    return " ".join(said)


def _conduct(value: facts.Conduct) -> str:
    deeds = ", ".join(_doing(each) for each in value.deeds)
    said = [of(value.by) if value.by else "", str(value.act or "")]
    said.append(f"to {deeds}" if value.act and deeds else deeds)
    if value.extent:
        said.append(f"({_words(value.extent)})")
    return " ".join(part for part in said if part)


def _doing(value: facts.Doing) -> str:
    return ("not " if value.negated else "") + _joined(value.deed, value.upon)


def _statistic(value: facts.Statistic) -> str:
    said = [
        _count(value.count),
        _counted(value.count, value.metric),
        "in all" if value.total else "",
    ]
    said += [of(value.period) if value.period else ""]
    said += [f"as of {of(value.as_of)}" if value.as_of else ""]
    said += [f"({value.counting})" if value.counting != "unstated" else ""]
    return " ".join(part for part in said if part)


def _count(value: Count) -> str:
    if value.number is None:
        return "several"
    return f"{_OPERATORS[value.operator]}{value.number}"


def _counted(count: Count, things: Counted | Metric) -> str:
    return _ONE.get(things, things.removesuffix("s")) if count.number == 1 else str(things)


def _quantity(value: Quantity) -> str:
    amount = str(value.amount)
    unit = f" {value.unit}"
    if value.unit is Unit.PER_MILLE:
        whole, rest = divmod(value.amount, 10)
        amount, unit = f"{whole}.{rest}" if rest else str(whole), " %"
    elif value.unit is Unit.MONEY:
        unit = f" {value.currency} (minor units)"
    elif value.unit is Unit.MILLISECONDS:
        amount, unit = str(value.amount // 1000), " s"
    return f"{_OPERATORS[value.operator]}{amount}{unit}"


def _joined(*parts: object) -> str:
    return " ".join(_words(part) for part in parts if part is not None)


def _words(word: object) -> str:
    return str(word).replace("_", " ")
