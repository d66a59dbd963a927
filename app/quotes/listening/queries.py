"""
Reading listenings: what became of each, which wait for somebody, and whose words they close.

`as_of` is a place in the custody log, as everywhere. State is computed from later rows each
time and stored nowhere.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission, Role, granted
from app.cases import queries as cases
from app.core.lookup import found
from app.custody.history import in_order
from app.quotes import stakes
from app.quotes.listening.models import AssignedSpan, Listening, ListeningStep, StepKind
from app.quotes.listening.places import Place, place_of
from app.quotes.models import Alignment, Decision, Quote
from app.transcripts.models import Reading
from transcription.alignment import Verdict


class State(StrEnum):
    """Where a listening stands."""

    OPEN = "open"
    FILED = "filed"
    REVEALED = "revealed"
    WITHDRAWN = "withdrawn"

    @property
    def closes(self) -> bool:
        """Whether the words are closed to the listener meanwhile."""
        return self in {State.OPEN, State.FILED}


class Manner(StrEnum):
    """How the reviewer came to a decision."""

    BLIND_FIRST = "blind_first"
    """They filed what they heard, and no record says that they had been given the words before."""
    AFTER_REVEAL = "after_reveal"
    """They filed what they heard in the span, after they had been given words."""
    WITHOUT = "without"
    """They filed nothing before."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A listening, its steps so far, and what was heard."""

    listening: Listening
    end: ListeningStep | None
    reveal: ListeningStep | None
    reading: Reading | None

    @property
    def state(self) -> State:
        """Where it stands."""
        if self.reveal is not None:
            return State.REVEALED
        return State(self.end.kind) if self.end else State.OPEN

    @property
    def filed(self) -> ListeningStep | None:
        """The filing, if it came to one."""
        return self.end if self.end and self.end.kind is StepKind.FILED else None

    @property
    def is_blind(self) -> bool:
        """Whether it was filed, and no record says that the words had been shown before."""
        return self.filed is not None and not self.filed.shown


@dataclass(frozen=True, slots=True)
class Waiting:
    """A quote that somebody may listen to, or has to, before they read it."""

    quote: Quote
    place: Place
    demanded: bool


def get(session: Session, listening_id: str) -> Listening:
    """The listening, or `NotFound`."""
    return found(session.get(Listening, listening_id), "listening")


def standing(session: Session, listening: Listening) -> Standing:
    """Where one listening stands."""
    return standings(session, [listening])[0]


def standings(
    session: Session, listenings: Collection[Listening], *, as_of: int | None = None
) -> list[Standing]:
    """Where each of these stands, in their order; a constant number of readings."""
    ids = [listening.id for listening in listenings]
    if not ids:
        return []
    statement = select(ListeningStep).where(ListeningStep.listening_id.in_(ids))
    steps = {
        (step.listening_id, step.ordinal): step
        for step in in_order(session, statement, ListeningStep, as_of)
    }
    heard = [step.reading_id for step in steps.values() if step.reading_id]
    rows = session.scalars(select(Reading).where(Reading.id.in_(heard))) if heard else ()
    readings = {row.id: row for row in rows}
    told = []
    for listening in listenings:
        end = steps.get((listening.id, 1))
        reading = readings.get(end.reading_id) if end and end.reading_id else None
        told.append(Standing(listening, end, steps.get((listening.id, 2)), reading))
    return told


def of_quotes(
    session: Session, quote_ids: Collection[str], *, as_of: int | None = None
) -> list[Standing]:
    """Every listening to these quotes, oldest first."""
    statement = select(Listening).where(Listening.quote_id.in_(quote_ids))
    return standings(session, in_order(session, statement, Listening, as_of), as_of=as_of)


def of_listener(session: Session, account_id: str, *, case_ids: Collection[str]) -> list[Standing]:
    """Every listening of this account in these cases, oldest first."""
    statement = select(Listening).where(
        Listening.listener_id == account_id, Listening.case_id.in_(case_ids)
    )
    return standings(session, in_order(session, statement, Listening, None))


def waiting(
    session: Session,
    account_id: str,
    *,
    case_ids: Collection[str],
    quote_id: str | None = None,
) -> Iterator[Waiting]:
    """
    Quotes of these cases (or the one) that this account may listen to blind: with a place in sound
    that can be played, not listened to by them yet, and none that they have a stake in.
    """
    demanding = cases.demanding(session, case_ids)
    heard = select(Listening.quote_id).where(Listening.listener_id == account_id)
    placed = or_(
        exists().where(AssignedSpan.quote_id == Quote.id),
        exists().where(Listening.quote_id == Quote.id),
        exists().where(Alignment.quote_id == Quote.id, Alignment.verdict != Verdict.NOT_FOUND),
    )
    statement = select(Quote).where(
        Quote.case_id.in_(case_ids),
        Quote.recording_id.is_not(None),
        Quote.id.not_in(heard),
        placed,
    )
    if quote_id is not None:
        statement = statement.where(Quote.id == quote_id)
    for quote in session.scalars(statement.order_by(Quote.log_index)).all():
        place = place_of(session, quote)
        if place is not None and not stakes.known_to(session, quote).of(account_id):
            yield Waiting(quote, place, quote.case_id in demanding)


def closed_to(
    session: Session, account_id: str, roles: Mapping[str, frozenset[Role]]
) -> frozenset[str]:
    """
    The cases whose words are closed to an account with these roles: those in which it listens
    and has not revealed, and those that demand listening while a quote waits for it.

    Whoever may not listen there any more is not held to it: they can neither file nor decide.
    """
    listeners = {
        case_id for case_id, held in roles.items() if Permission.LISTENING_WRITE in granted(held)
    }
    if not listeners:
        return frozenset()
    closed = listeners.intersection(_listening_in(session, account_id))
    for case_id in cases.demanding(session, listeners - closed):
        if next(waiting(session, account_id, case_ids=[case_id]), None) is not None:
            closed.add(case_id)
    return frozenset(closed)


def manners(
    session: Session, decisions: Collection[Decision], *, as_of: int | None = None
) -> dict[str, Manner]:
    """How each of these decisions was come to, by identifier."""
    if not decisions:
        return {}
    alignments = select(Alignment.id, Alignment.quote_id).where(
        Alignment.id.in_({decision.alignment_id for decision in decisions})
    )
    about = {row.id: row.quote_id for row in session.execute(alignments)}
    heard = of_quotes(session, set(about.values()), as_of=as_of)
    return {
        decision.id: manner(
            heard,
            quote_id=about[decision.alignment_id],
            reviewer_id=decision.reviewer_id,
            before=decision.log_index,
        )
        for decision in decisions
    }


def manner(
    heard: Sequence[Standing], *, quote_id: str, reviewer_id: str, before: int | None = None
) -> Manner:
    """How somebody would come to a decision on a quote at a place in the log; `None` is now."""
    filed = [
        item
        for item in heard
        if item.listening.quote_id == quote_id
        and item.listening.listener_id == reviewer_id
        and item.filed is not None
        and (before is None or item.filed.log_index < before)
    ]
    if not filed:
        return Manner.WITHOUT
    return Manner.BLIND_FIRST if any(item.is_blind for item in filed) else Manner.AFTER_REVEAL


def _listening_in(session: Session, account_id: str) -> Sequence[str]:
    """The cases of listenings that were neither revealed nor given up."""
    over = select(ListeningStep.listening_id).where(ListeningStep.kind != StepKind.FILED)
    return session.scalars(
        select(Listening.case_id).where(
            Listening.listener_id == account_id, Listening.id.not_in(over)
        )
    ).all()
