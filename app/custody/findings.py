"""What a verification says: one `Check` per numbered step, and the places at fault."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import InstrumentedAttribute, Session

CHUNK = 256
_MOST_PLACES = 20


class Outcome(StrEnum):
    """What became of a claim."""

    PROVEN = "proven"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Check:
    """
    One step: what it claims, whether that held, and why or where not.

    `places` names the first twenty faults, each as `thing: what is wrong with it`.
    """

    step: int
    claim: str
    outcome: Outcome
    detail: str
    places: tuple[str, ...] = ()


class Findings:
    """The faults of one step, as they are found."""

    def __init__(self, step: int, claim: str) -> None:
        self.step, self.claim = step, claim
        self.faults = 0
        self._places: list[str] = []

    def fault(self, place: str, what: str) -> None:
        """Note that something is wrong at `place`."""
        self.faults += 1
        if len(self._places) < _MOST_PLACES:
            self._places.append(f"{place}: {what}")

    def check(self, held: str, *, not_checked: str | None = None) -> Check:
        """The step's outcome; `held` describes it if there were no faults."""
        if self.faults:
            outcome, detail = Outcome.FAILED, f"{self.faults} faults"
        elif not_checked is not None:
            outcome, detail = Outcome.NOT_CHECKED, not_checked
        else:
            outcome, detail = Outcome.PROVEN, held
        return Check(self.step, self.claim, outcome, detail, tuple(self._places))


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row whose stored values do not even fit their columns."""

    key: Any
    why: str


def in_order(
    session: Session, statement: Select[*tuple[Any, ...]], key: InstrumentedAttribute[int]
) -> Iterator[Row[Any] | Unreadable]:
    """
    Every row of `statement` in the order of `key`, a chunk in memory at a time.

    A value that cannot be read becomes `Unreadable` instead of ending the walk.
    """
    rows: list[Row[Any] | Unreadable]
    last: int | None = None
    while True:
        keys = select(key).order_by(key).limit(CHUNK)
        if last is not None:
            keys = keys.where(key > last)
        found = session.scalars(keys).all()
        if not found:
            return
        try:
            rows = list(
                session.execute(
                    statement.where(key >= found[0], key <= found[-1]).order_by(key)
                ).all()
            )
        except (ValueError, LookupError, TypeError, StatementError):
            rows = [_one(session, statement, key, value) for value in found]
        yield from rows
        last = found[-1]


def _one(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    key: InstrumentedAttribute[int],
    value: int,
) -> Row[Any] | Unreadable:
    try:
        return session.execute(statement.where(key == value)).one()
    except (ValueError, LookupError, TypeError, StatementError) as error:
        return Unreadable(value, f"cannot be read: {type(error).__name__}")
