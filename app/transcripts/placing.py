"""
A transcript without times is placed on its recording: asked for here, done by a worker.

It becomes a child with the same words, of the same kind, whose derivation says how the times
were found. A text that is brought in without times is placed without anybody asking,
if something is held that it can be placed on.
"""

from sqlalchemy.orm import Session

from app.core import jobs
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.errors import Conflict, Invalid
from app.custody import jobs as handled
from app.recordings import queries as recordings
from app.transcripts import choice, queries
from app.transcripts.models import Transcript, TranscriptKind
from transcription.placing import LANGUAGES
from transcription.transcript import Transcript as Content


def request(
    session: Session, *, actor: Actor, transcript: Transcript, engine: str | None = None
) -> jobs.Job:
    """
    Ask for a transcript to be placed; `Conflict` says why it cannot be.

    `engine` names a Whisper model whose attention is to time the words, in any of its languages. `None`
    leaves it to the worker: the house's own model where it can, else synthetic voices.
    """
    if engine is not None and not str(choice.engine(engine, default=None)).startswith("whisper:"):
        raise Invalid("only a Whisper model can time the words of a text", field="engine")
    instance_id = _held(session, transcript)
    hindrance = _hindrance(transcript, queries.value(session, transcript), engine=engine)
    if hindrance or instance_id is None:
        raise Conflict(hindrance or "nothing of this recording is held to place the text on")
    return handled.request(
        session,
        kind=jobs.JobKind.PLACE,
        subject_kind="transcript",
        subject_id=transcript.id,
        case_id=transcript.case_id,
        params=_params(instance_id) | ({"engine": engine} if engine else {}),
        actor=actor,
    )


def follow(
    session: Session, *, actor: Actor, transcript: Transcript, content: Content
) -> jobs.Job | None:
    """The job that belongs to bringing in `transcript` and is covered by that entry; or none."""
    if transcript.instance_id is None or _hindrance(transcript, content):
        return None
    return jobs.request(
        session,
        kind=jobs.JobKind.PLACE,
        subject_kind="transcript",
        subject_id=transcript.id,
        case_id=transcript.case_id,
        params=_params(transcript.instance_id),
        actor=actor,
    )


def possible(session: Session, transcript: Transcript, content: Content) -> bool:
    """Whether `request` would be heard."""
    return _hindrance(transcript, content) is None and _held(session, transcript) is not None


def underway(session: Session, transcript: Transcript) -> jobs.Job | None:
    """The placing of a transcript that is asked for and not yet over, if there is one."""
    asked = jobs.of_subject(session, transcript.id)
    open_ones = (job for job in asked if job.kind is jobs.JobKind.PLACE and not job.state.final)
    return next(open_ones, None)


def _params(instance_id: str) -> dict[str, Json]:
    return {"instance_id": instance_id}


def _held(session: Session, transcript: Transcript) -> str | None:
    """The bytes that a transcript belongs to, or those that came after it."""
    if transcript.instance_id:
        return transcript.instance_id
    instance = recordings.original_of(session, transcript.recording_id)
    return instance.id if instance else None


def _hindrance(
    transcript: Transcript, content: Content, *, engine: str | None = None
) -> str | None:
    if transcript.kind is TranscriptKind.TRANSLATION:
        return "a translation is not what is said, and has no place on the recording"
    if transcript.language not in LANGUAGES and engine is None:
        known = ", ".join(sorted(LANGUAGES))
        return f"texts can be placed in {known} only, unless a Whisper model is named"
    times = [segment.start_ms for segment in content.segments]
    times += [word.start_ms for word in content.words()]
    if any(time is not None for time in times):
        return "this transcript has times already"
    return None
