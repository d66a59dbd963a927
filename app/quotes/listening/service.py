"""
What is done about listening blind: say where, begin, file what was heard, give up, reveal.

One listening is open at a time in a case, so that filing is about one window. Several may be
filed before any is revealed: somebody who has ten quotes to judge hears all ten first. Nothing is
revealed while one is open, or while the case demands another.
"""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.core import clock
from app.core.actor import Actor
from app.core.errors import Conflict, Forbidden, Invalid
from app.core.identity import new_id
from app.core.languages import UNDETERMINED
from app.core.plaintext import optional_prose, prose
from app.custody.events import EventType
from app.custody.models import Sealed
from app.custody.service import Subject, record
from app.quotes import independence, reading_comparison, stakes
from app.quotes.listening import queries, shown
from app.quotes.listening.models import AssignedSpan, Listening, ListeningStep, StepKind
from app.quotes.listening.places import place_of
from app.quotes.listening.queries import Standing, State
from app.quotes.listening.window import LONGEST_MS, window
from app.quotes.models import Quote
from app.recordings import queries as recordings
from app.transcripts import readings
from app.transcripts.models import Blindness, Confidence
from app.transcripts.readings import Hearing


class NothingToHear(Conflict):
    """Nobody knows where the quote would be heard, or nothing of it can be played."""

    slug: ClassVar[str] = "nothing-to-hear"


class ListeningOver(Conflict):
    """The listening stands elsewhere than this asks for; `state` says where."""

    slug: ClassVar[str] = "listening-over"


class ListeningFirst(Conflict):
    """Another listening has to end before this; `listening_id` or `waiting` says which."""

    slug: ClassVar[str] = "listening-first"


class NotTheListener(Forbidden):
    """A listening is its listener's own until it is filed."""

    slug: ClassVar[str] = "not-the-listener"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a listener files: words, or that they could not tell."""

    text: str | None = None
    could_not_tell: bool = False
    language: str = UNDETERMINED
    confidence: Confidence | None = None
    note: str | None = None


def assign(
    session: Session, *, actor: Actor, quote: Quote, start_ms: int, end_ms: int, reason: str
) -> AssignedSpan:
    """Say where a quote of a held recording is to be listened for; the earlier word stays."""
    instance = recordings.original_of(session, quote.recording_id) if quote.recording_id else None
    found = recordings.identification_of(session, instance.id) if instance else None
    if found is None or found.duration_ms is None:
        raise NothingToHear("no sound of what this quotes is held and decoded")
    if not 0 <= start_ms < end_ms <= found.duration_ms:
        raise Invalid(f"a span of the {found.duration_ms} ms of the recording", field="end_ms")
    if end_ms - start_ms > LONGEST_MS:
        raise Invalid(f"at most {LONGEST_MS} ms are listened to at once", field="end_ms")
    row = AssignedSpan(
        id=new_id(),
        case_id=quote.case_id,
        quote_id=quote.id,
        start_ms=start_ms,
        end_ms=end_ms,
        reason=prose(reason, field="reason"),
        assigned_by=actor.id,
        assigned_at=clock.now(),
    )
    record(
        session,
        EventType.QUOTE_SPAN,
        subject=Subject("quote", quote.id),
        actor=actor,
        case_id=quote.case_id,
        rows=[row],
        details={"start_ms": start_ms, "end_ms": end_ms},
    )
    return row


def begin(session: Session, *, actor: Actor, quote: Quote) -> Listening:
    """
    Set out to listen to a quote's place; from the commit on the case's words are closed to them.

    Raises `NotAPerson`, `NotIndependent` for somebody with a stake in the quote, `NothingToHear`,
    `ListeningFirst` while they have another one open in the case, and `ListeningOver` for a
    place that they listened to already.
    """
    stakes.require_person(session, actor)
    independence.require(actor.id, stakes.known_to(session, quote))
    # Two windows of one person that begin at once on PostgreSQL wait for one another here.
    session.scalars(select(Account.id).where(Account.id == actor.id).with_for_update())
    place = place_of(session, quote)
    if place is None:
        raise NothingToHear("nobody knows yet where this would be heard, or it cannot be played")
    for item in queries.of_listener(session, actor.id, case_ids=[quote.case_id]):
        if item.state is State.OPEN:
            raise ListeningFirst(
                "finish the listening that you have begun", listening_id=item.listening.id
            )
        if item.listening.quote_id == quote.id and item.listening.place == place.span:
            raise ListeningOver("you have listened to this place", state=str(item.state))
    heard = window(place.span, duration_ms=place.duration_ms, drawn_from=quote.id)
    row = Listening(
        id=new_id(),
        case_id=quote.case_id,
        quote_id=quote.id,
        recording_id=quote.recording_id,
        instance_id=place.instance_id,
        start_ms=place.span.start_ms,
        end_ms=place.span.end_ms,
        heard_from_ms=heard.start_ms,
        heard_to_ms=heard.end_ms,
        basis=place.basis,
        basis_id=place.basis_id,
        listener_id=actor.id,
        listener_name=actor.name,
        begun_at=clock.now(),
    )
    _record(session, EventType.LISTENING_START, row, [row], actor=actor)
    return row


def file(session: Session, *, actor: Actor, listening: Listening, heard: Heard) -> Standing:
    """
    Keep what was heard, before anything else is known to the listener.

    It is a reading like any other, recorded as blind unless the account was given words before.
    Raises `NotTheListener`, `ListeningOver`, and `Invalid` for neither words nor a lack of them.
    """
    _require(session, actor, listening, State.OPEN)
    words = (heard.text or "").strip()
    if bool(words) == heard.could_not_tell:
        raise Invalid("say what you heard, or that you could not tell", field="text")
    quote = session.get_one(Quote, listening.quote_id)
    known = shown.before(session, account_id=actor.id, quote=quote)
    reading = None
    if words:
        reading = readings.drafted(
            session,
            actor=actor,
            recording=recordings.get(session, listening.recording_id),
            hearing=_hearing(actor, listening, heard, blind=not known),
        )
    step = _step(listening, 1, StepKind.FILED, note=optional_prose(heard.note, field="note"))
    step.reading_id = reading.id if reading else None
    step.shown = known
    rows: list[Sealed] = [reading, step] if reading else [step]
    _record(session, EventType.LISTENING_FILING, listening, rows, actor=actor)
    reading_comparison.compare_due(session, actor=actor, quotes=[quote], heard_at=listening.place)
    return queries.standing(session, listening)


def withdraw(session: Session, *, actor: Actor, listening: Listening, reason: str) -> Standing:
    """Give a listening up before anything was filed; it stays, with the reason."""
    _require(session, actor, listening, State.OPEN)
    step = _step(listening, 1, StepKind.WITHDRAWN, note=prose(reason, field="reason"))
    _record(session, EventType.LISTENING_WITHDRAWAL, listening, [step], actor=actor)
    return queries.standing(session, listening)


def reveal(session: Session, *, actor: Actor, listening: Listening) -> Standing:
    """
    Open the words to the listener who filed what they heard.

    Raises `ListeningFirst` while another listening of theirs is open in the case, or the case
    demands one that they have not begun.
    """
    _require(session, actor, listening, State.FILED)
    case_ids = [listening.case_id]
    for item in queries.of_listener(session, actor.id, case_ids=case_ids):
        if item.state is State.OPEN:
            raise ListeningFirst(
                "finish the listening that you have begun", listening_id=item.listening.id
            )
    demanded = [
        item.quote.id
        for item in queries.waiting(session, actor.id, case_ids=case_ids)
        if item.demanded
    ]
    if demanded:
        raise ListeningFirst(
            "this case demands that you listen to its other quotes first", waiting=demanded
        )
    step = _step(listening, 2, StepKind.REVEALED)
    _record(session, EventType.LISTENING_REVEAL, listening, [step], actor=actor)
    return queries.standing(session, listening)


def _hearing(actor: Actor, listening: Listening, heard: Heard, *, blind: bool) -> Hearing:
    return Hearing(
        start_ms=listening.heard_from_ms,
        end_ms=listening.heard_to_ms,
        text=heard.text or "",
        listener=actor.name,
        language=heard.language,
        confidence=heard.confidence,
        blind=Blindness.BLIND if blind else Blindness.NOT_BLIND,
        instance_id=listening.instance_id,
    )


def _require(session: Session, actor: Actor, listening: Listening, state: State) -> None:
    if listening.listener_id != actor.id:
        raise NotTheListener("this listening is somebody else's")
    session.scalars(select(Listening.id).where(Listening.id == listening.id).with_for_update())
    now = queries.standing(session, listening).state
    if now is not state:
        raise ListeningOver(f"this listening is {now}, not {state}", state=str(now))


def _step(
    listening: Listening, ordinal: int, kind: StepKind, *, note: str | None = None
) -> ListeningStep:
    return ListeningStep(
        id=new_id(),
        case_id=listening.case_id,
        listening_id=listening.id,
        ordinal=ordinal,
        kind=kind,
        note=note,
        made_at=clock.now(),
    )


def _record(
    session: Session, event: EventType, listening: Listening, rows: list[Sealed], *, actor: Actor
) -> None:
    record(
        session,
        event,
        subject=Subject("recording", listening.recording_id),
        actor=actor,
        case_id=listening.case_id,
        rows=rows,
        details={"listening": listening.id, "quote": listening.quote_id},
    )
