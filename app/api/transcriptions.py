"""
Asking engines: to listen, to translate from the sound, to hear a loop again, to run it anew.

Each answers with the job that does it. None changes a transcript that is there: what comes
out is another one, or a replay, which says whether the first came out the same.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from app.accounts.permissions import Permission
from app.api.jobs import JobOut, address_of
from app.api.once import Once
from app.api.transcripts import permitted
from app.api.wire import Id, LogIndex, Spelled, UtcInstant, Wire
from app.cases.caller import Caller
from app.core.jobs import Job
from app.http.caller import allowed
from app.http.parts import PartsOf
from app.http.transactions import Reading, Writing
from app.recordings import queries as recordings
from app.transcripts import replays, requests
from app.transcripts.choice import Task, Variant
from app.transcripts.models import Replay
from app.transcripts.requests import Wanted

router = APIRouter(tags=["transcripts"])
Reader = Annotated[Caller, allowed(Permission.TRANSCRIPT_READ)]
Writer = Annotated[Caller, allowed(Permission.TRANSCRIPT_WRITE)]


class EngineIn(Wire):
    """Which engine should listen; `null` takes the one that did before, or the house's own."""

    engine: str | None = None


class TranscriptionIn(EngineIn):
    """
    What an engine should do: for which language (`null`: detected), as which task, hearing
    which channel (from 0; `null`: all of them mixed).
    """

    language: str | None = None
    task: Spelled[Task] = Task.TRANSCRIBE
    channel: int | None = None


class RetryIn(EngineIn):
    """Under which settings to hear again; `null` takes the first that were not used."""

    variant: Spelled[Variant] | None = None


class ReplayOut(Wire):
    """
    One time that a machine's transcript was made again.

    `identical` is about words, times and flags; `samples_same` about the decoded original.
    """

    id: str
    case_id: str
    transcript_id: str
    job_id: str | None
    identical: bool
    samples_same: bool
    pcm_sha256: str
    content_sha256: str
    differences: dict[str, Any]
    environment: list[dict[str, Any]]
    derivation: dict[str, Any]
    replayed_by: str
    replayed_at: UtcInstant
    log_index: int

    @classmethod
    def of(cls, replay: Replay) -> "ReplayOut":
        """Shape a replay."""
        return cls(**{name: getattr(replay, name) for name in cls.model_fields})


class ReplayListing(Wire):
    """Every replay of a transcript, oldest first."""

    items: list[ReplayOut]


@router.post("/recordings/{recording_id}/transcriptions", status_code=202, response_model=JobOut)
def request(
    recording_id: Id,
    body: TranscriptionIn,
    session: Writing,
    parts: PartsOf,
    caller: Writer,
    once: Once,
) -> Response:
    """Ask for a transcription, or for a translation into English; the answer is its job."""
    recording = recordings.get(session, recording_id)
    caller.require(Permission.TRANSCRIPT_WRITE, recording.case_id, thing="recording")
    return _job(
        once,
        session,
        caller,
        lambda: requests.transcription(
            session,
            actor=caller.actor,
            recording=recording,
            settings=parts.settings,
            wanted=Wanted(**dict(body)),
        ),
    )


@router.post("/transcripts/{transcript_id}/translations", status_code=202, response_model=JobOut)
def translate(
    transcript_id: Id,
    body: EngineIn,
    session: Writing,
    parts: PartsOf,
    caller: Writer,
    once: Once,
) -> Response:
    """Ask for the windows of a transcript to be translated into English, from the sound."""
    found = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_WRITE)
    return _job(
        once,
        session,
        caller,
        lambda: requests.translation(
            session,
            actor=caller.actor,
            transcript=found,
            settings=parts.settings,
            engine=body.engine,
        ),
    )


@router.post("/transcripts/{transcript_id}/retries", status_code=202, response_model=JobOut)
def retry(
    transcript_id: Id,
    body: RetryIn,
    session: Writing,
    parts: PartsOf,
    caller: Writer,
    once: Once,
) -> Response:
    """Ask for the windows with a flagged loop to be heard again, as a new transcript."""
    found = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_WRITE)
    return _job(
        once,
        session,
        caller,
        lambda: requests.retry(
            session,
            actor=caller.actor,
            transcript=found,
            settings=parts.settings,
            engine=body.engine,
            variant=body.variant,
        ),
    )


@router.post("/transcripts/{transcript_id}/replays", status_code=202, response_model=JobOut)
def replay(transcript_id: Id, session: Writing, caller: Writer, once: Once) -> Response:
    """Ask for a machine's transcript to be made again; the outcome is kept as a replay."""
    found = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_WRITE)
    return _job(
        once,
        session,
        caller,
        lambda: requests.replay(session, actor=caller.actor, transcript=found),
    )


@router.get("/transcripts/{transcript_id}/replays")
def replays_of(
    transcript_id: Id, session: Reading, caller: Reader, as_of: LogIndex = None
) -> ReplayListing:
    """Every replay of a transcript, with the words that differed and the environment."""
    found = permitted(session, caller, transcript_id, Permission.TRANSCRIPT_READ)
    return ReplayListing(
        items=[ReplayOut.of(one) for one in replays.of(session, found.id, as_of=as_of)]
    )


def _job(once: Once, session: Session, caller: Caller, ask: Callable[[], Job]) -> Response:
    return once.answer(session, caller, lambda: JobOut.of(ask()), status=202, location=address_of)
