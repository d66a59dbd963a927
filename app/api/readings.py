"""Readings: what named listeners heard in a span of a recording, beside one another."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.once import Once
from app.api.wire import Id, LogIndex, Spelled, UtcInstant, Wire
from app.cases.caller import Caller
from app.core.errors import Invalid
from app.core.languages import UNDETERMINED
from app.http.caller import allowed
from app.http.transactions import Reading as ReadingSession
from app.http.transactions import Writing
from app.recordings import queries as recordings
from app.transcripts import listening, readings
from app.transcripts.listening import ReadingState, Standing
from app.transcripts.models import Blindness, Confidence, Reading, ReadingWithdrawal
from app.transcripts.readings import Hearing
from transcription.span import Span

router = APIRouter(tags=["readings"])
Reader = Annotated[Caller, allowed(Permission.TRANSCRIPT_READ)]
Writer = Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE)]
Moment = Annotated[
    int | None, Query(ge=0, le=2**31 - 1, description="milliseconds from the start")
]


class ReadingIn(Wire):
    """What somebody heard, and when. What is left out was not stated."""

    start_ms: int
    end_ms: int
    text: str = Field(description="verbatim; marks such as [unintelligible] are text too")
    listener: str = Field(description="who listened, as named or described")
    language: str = UNDETERMINED
    confidence: Spelled[Confidence] | None = None
    confidence_as_stated: str | None = Field(
        default=None, description="how sure, in the listener's own words"
    )
    blind: Spelled[Blindness] = Field(
        default=Blindness.NOT_STATED,
        description="whether the listener had seen what others heard there",
    )
    transcript_id: str | None = Field(
        default=None, description="the version of the transcript it is set against"
    )
    note: str | None = None

    def hearing(self) -> Hearing:
        """The value that the feature understands."""
        return Hearing(**{name: getattr(self, name) for name in type(self).model_fields})


class WithdrawalIn(Wire):
    """Why a reading is taken back."""

    reason: str


class WithdrawalOut(Wire):
    """That a reading was taken back, by whom, when and why."""

    id: str
    reading_id: str
    log_index: int
    reason: str
    withdrawn_by: str
    withdrawn_at: UtcInstant

    @classmethod
    def of(cls, row: ReadingWithdrawal) -> "WithdrawalOut":
        """Shape a withdrawal."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})


class ReadingOut(Wire):
    """One reading, and whether it stands; none is the right one."""

    id: str
    recording_id: str
    case_id: str
    log_index: int
    instance_id: str
    pcm_sha256: str
    transcript_id: str | None
    start_ms: int
    end_ms: int
    fragment: str
    text: str
    language: str
    listener: str
    confidence: Confidence | None
    confidence_as_stated: str | None
    blind: Blindness
    note: str | None
    supersedes_id: str | None
    recorded_by: str
    recorded_by_name: str
    recorded_at: UtcInstant
    state: ReadingState
    superseded_by: str | None
    withdrawal: WithdrawalOut | None

    @classmethod
    def of(cls, standing: Standing) -> "ReadingOut":
        """Shape a reading with what became of it."""
        row = standing.reading
        made = {"fragment", "state", "superseded_by", "withdrawal"}
        return cls(
            **{name: getattr(row, name) for name in cls.model_fields if name not in made},
            fragment=row.span.fragment(),
            state=standing.state,
            superseded_by=standing.superseded_by,
            withdrawal=WithdrawalOut.of(standing.withdrawal) if standing.withdrawal else None,
        )


class ReadingsOut(Wire):
    """Every reading of a recording, oldest first, whatever became of it."""

    items: list[ReadingOut]


@router.post("/recordings/{recording_id}/readings", status_code=201, response_model=ReadingOut)
def add(
    recording_id: Id, body: ReadingIn, session: Writing, caller: Writer, once: Once
) -> Response:
    """Record what somebody heard in a span; a span outside the recording is refused."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.TRANSCRIPT_WRITE, recording.case_id, thing="recording")
    return once.answer(
        session,
        caller,
        lambda: _fresh(
            readings.add(session, actor=caller.actor, recording=recording, hearing=body.hearing())
        ),
        location=_address,
    )


@router.get("/recordings/{recording_id}/readings")
def of_recording(
    recording_id: Id,
    session: ReadingSession,
    caller: Reader,
    as_of: LogIndex = None,
    start_ms: Moment = None,
    end_ms: Moment = None,
) -> ReadingsOut:
    """List the readings of a recording; with a start and an end, those that overlap the span."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.TRANSCRIPT_READ, recording.case_id, thing="recording")
    found = listening.of_recording(
        session, recording_id, as_of=as_of, within=_within(start_ms, end_ms)
    )
    return ReadingsOut(items=[ReadingOut.of(item) for item in found])


@router.get("/readings/{reading_id}")
def read(reading_id: Id, session: ReadingSession, caller: Reader) -> ReadingOut:
    """Show one reading and what became of it."""
    found = _reading(session, caller, reading_id, Permission.TRANSCRIPT_READ)
    return ReadingOut.of(listening.standing(session, found))


@router.post("/readings/{reading_id}/supersession", status_code=201, response_model=ReadingOut)
def supersede(
    reading_id: Id, body: ReadingIn, session: Writing, caller: Writer, once: Once
) -> Response:
    """Replace one's own reading by a newer one; both stay."""
    found = _reading(session, caller, reading_id, Permission.TRANSCRIPT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: _fresh(
            readings.supersede(session, actor=caller.actor, reading=found, hearing=body.hearing())
        ),
        location=_address,
    )


@router.post("/readings/{reading_id}/withdrawal", status_code=201, response_model=WithdrawalOut)
def withdraw(
    reading_id: Id, body: WithdrawalIn, session: Writing, caller: Writer, once: Once
) -> Response:
    """Take back one's own reading; it stays, with the reason."""
    found = _reading(session, caller, reading_id, Permission.TRANSCRIPT_WRITE)
    return once.answer(
        session,
        caller,
        lambda: WithdrawalOut.of(
            readings.withdraw(session, actor=caller.actor, reading=found, reason=body.reason)
        ),
    )


def _fresh(row: Reading) -> ReadingOut:
    return ReadingOut.of(Standing(row, ReadingState.STANDS))


def _address(made: ReadingOut) -> str:
    return f"/api/v1/readings/{made.id}"


def _within(start_ms: int | None, end_ms: int | None) -> Span | None:
    if start_ms is None and end_ms is None:
        return None
    if start_ms is None or end_ms is None or end_ms <= start_ms:
        raise Invalid("a span has a start and a later end", field="end_ms")
    return Span(start_ms, end_ms)


def _reading(session: Session, caller: Caller, reading_id: str, permission: Permission) -> Reading:
    found = listening.get(session, reading_id)
    caller.require(permission, found.case_id, thing="reading")
    return found
