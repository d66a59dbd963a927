"""
The parts that values of claims are made of: a number with its operator, a date as the words
give it, a place, somebody by name.

Values are frozen dataclasses that stand for JSON without floats: `to_json` spells one, `from_json`
reads it strictly, with unknown fields refused by name. Names are lines of text as the report has
them, perhaps with the identifier of the agent or place that a person took them for; nothing else
is free text. Dates are spelled in EDTF (ISO 8601-2), and never without what they stand on.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from app.agents.models import IdentityStatus
from app.claims.edtf import bounds
from app.claims.terms import DigestAlgorithm, Operator, PlaceStatus, TimeBasis, TimePrecision, Unit
from app.core.canonical import Json
from app.core.errors import Invalid
from app.core.languages import language
from app.core.plaintext import line

Value = TypeVar("Value")

_HEX = {
    DigestAlgorithm.MD5: 32,
    DigestAlgorithm.SHA1: 40,
    DigestAlgorithm.SHA256: 64,
    DigestAlgorithm.SHA512: 128,
}
_CURRENCY = re.compile(r"[A-Z]{3}\Z")


class Strict:
    """A value that is read strictly: every field in its type, and no field that it has not."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemporalValue(Strict):
    """
    A date as some words give it.

    `raw` are the words. `edtf` is null where nothing can be told; then `basis` is `unresolved`
    and `reason` says why. `earliest` and `latest` are the first and the last day it can mean; an
    open end is null. `anchor_date` is what a relative date was counted from, `reason` says
    in words what the reading stood on, `resolver` names the rules and their version (null: a
    person read it). `zone` is the time zone as stated ("local time"), null where none is.
    """

    raw: str
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    basis: TimeBasis = TimeBasis.UNRESOLVED
    precision: TimePrecision = TimePrecision.UNKNOWN
    anchor_date: date | None = None
    zone: str | None = None
    reason: str | None = None
    resolver: str | None = None

    def __post_init__(self) -> None:
        """Refuse what contradicts itself; `Invalid` names the field."""
        line(self.raw, field="raw")
        for field in ("zone", "reason", "resolver"):
            text = getattr(self, field)
            if text is not None:
                line(text, field=field)
        if (self.basis is TimeBasis.UNRESOLVED) != (self.edtf is None):
            raise Invalid("a date is unresolved exactly where it has no EDTF", field="edtf")
        if self.edtf is None:
            if self.earliest or self.latest:
                raise Invalid("an unresolved date has no bounds", field="earliest")
            return
        bounds(self.edtf, field="edtf")
        if self.earliest is None and self.latest is None:
            raise Invalid("a date that is read has a first or a last day", field="earliest")
        if self.earliest and self.latest and self.latest < self.earliest:
            raise Invalid("the last day is before the first", field="latest")
        if self.basis is TimeBasis.RELATIVE_TO_PUBLICATION and self.anchor_date is None:
            raise Invalid(
                "a relative date says from which date it was counted", field="anchor_date"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Strict):
    """A number of things, with what the words say of it; `several` has no number."""

    operator: Operator
    number: int | None = None

    def __post_init__(self) -> None:
        """Refuse a number where there is none, and none where there must be one."""
        if (self.operator is Operator.SEVERAL) != (self.number is None):
            raise Invalid("only `several` goes without a number", field="number")
        if self.number is not None and not 0 <= self.number < 2**53:
            raise Invalid("a count is a whole number from 0", field="number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Strict):
    """An amount in whole units; of money, in the minor unit of `currency` (ISO 4217)."""

    operator: Operator
    amount: int
    unit: Unit
    currency: str | None = None

    def __post_init__(self) -> None:
        """Refuse a negative amount, and money without its currency."""
        if self.operator is Operator.SEVERAL:
            raise Invalid("an amount has a number", field="operator")
        if not 0 <= self.amount < 2**53:
            raise Invalid("an amount is a whole number from 0", field="amount")
        if (self.unit is Unit.MONEY) != (self.currency is not None):
            raise Invalid("money, and only money, has a currency", field="currency")
        if self.currency is not None and not _CURRENCY.match(self.currency):
            raise Invalid("a currency is three capital letters (ISO 4217)", field="currency")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredDigest(Strict):
    """A digest of the bytes, as it is printed: what comes in later can be held against it."""

    algorithm: DigestAlgorithm
    hex: str

    def __post_init__(self) -> None:
        """Refuse what is no digest of this algorithm."""
        if not re.fullmatch(rf"[0-9a-f]{{{_HEX[self.algorithm]}}}", self.hex):
            raise Invalid(
                f"a {self.algorithm} digest has {_HEX[self.algorithm]} lower-case hex characters",
                field="hex",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Strict):
    """
    Somebody or some body, as the report calls them: person, organisation, unit, office.

    `name` holds the name, or where `identity` is `described_only` the description; it is
    null only for somebody unknown or withheld. `agent_id` is whom a person took it for.
    """

    name: str | None = None
    identity: IdentityStatus = IdentityStatus.NAMED
    agent_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse somebody who is named without a name."""
        if self.name is not None:
            line(self.name, field="name")
        elif self.identity in (IdentityStatus.NAMED, IdentityStatus.DESCRIBED_ONLY):
            raise Invalid("give the name or the description that is printed", field="name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Strict):
    """
    Where, as the report calls it: `within` are the larger places it names, the nearest first.

    `place_id` is the place of the catalogue that a person took it for.
    """

    name: str | None = None
    within: tuple[str, ...] = ()
    status: PlaceStatus = PlaceStatus.NAMED
    place_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse a place that is named without a name."""
        for larger in self.within:
            line(larger, field="within")
        if self.name is not None:
            line(self.name, field="name")
        elif self.status in (PlaceStatus.NAMED, PlaceStatus.DESCRIBED_ONLY):
            raise Invalid("give the name or the description that is printed", field="name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language(Strict):
    """A language by its ISO 639-1 code, or `und`."""

    code: str

    def __post_init__(self) -> None:
        """Refuse a code that stands for nothing."""
        language(self.code, field="code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Strict):
    """What something is called: an operation, a call sign, a series."""

    name: str

    def __post_init__(self) -> None:
        """Refuse a blank one."""
        line(self.name, field="name")


def to_json(value: object) -> dict[str, Any]:
    """The JSON of a value: every field, absent ones as null, dates as ISO 8601."""
    spelled: dict[str, Any] = _adapter(type(value)).dump_python(value, mode="json")
    return spelled


def from_json(kind: type[Value], data: Json, *, field: str = "value") -> Value:
    """Read a value strictly; `Invalid` names the field at fault below `field`."""
    try:
        read: Value = _adapter(kind).validate_json(json.dumps(data))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = ".".join([field, *(str(part) for part in first["loc"])])
        raise Invalid(f"{path}: {first['msg']}", field=path) from error
    except Invalid as error:
        _within(kind, data, field=field)
        raise Invalid(error.message, field=f"{field}.{error.field}") from error
    return read


def _within(kind: type[Any], data: Json, *, field: str) -> None:
    """Raise what a part of a value is refused for, by its whole path; a part names only its own."""
    if not isinstance(data, dict):
        return
    for name, hint in get_type_hints(kind).items():
        parts = [each for each in (hint, *get_args(hint)) if isinstance(each, type)]
        below = [each for each in parts if issubclass(each, Strict)]
        given = data.get(name)
        for place, item in enumerate(given) if isinstance(given, list) else [(None, given)]:
            if below and isinstance(item, dict):
                path = f"{field}.{name}" + ("" if place is None else f".{place}")
                from_json(below[0], item, field=path)


def json_schema(kind: type[Any]) -> dict[str, Any]:
    """The JSON Schema of a kind of value, for whoever writes one."""
    return _adapter(kind).json_schema()


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:  # building one takes a millisecond, using it some microseconds
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
