"""
What people ask of engines: listen, translate, hear a loop again, run it all once more.

Each verb fixes what will be heard now: the bytes, the channel, the language if it is known.
Without an engine the worker's default is used, and where there is none the job waits and
says for what.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.core import jobs
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.errors import Conflict
from app.core.settings import Settings
from app.custody import jobs as custody_jobs
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.recordings import queries as recordings
from app.recordings.models import MediaInstance, Recording
from app.transcripts import choice, queries
from app.transcripts.choice import Task, Variant
from app.transcripts.models import Transcript, TranscriptKind
from transcription.transcript import Flag


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; `None` leaves the engine to the house, the language to be detected."""

    engine: str | None = None
    language: str | None = None
    task: Task = Task.TRANSCRIBE
    channel: int | None = None


def transcription(
    session: Session,
    *,
    actor: Actor,
    recording: Recording,
    settings: Settings,
    wanted: Wanted = Wanted(),
) -> jobs.Job:
    """
    Ask for a recording to be transcribed, or to be translated into English.

    The bytes are those of the newest accepted instance; `Conflict` when nothing is held. A
    translation is linked to the newest transcript that an engine here wrote of the same bytes
    and channel, if there is one, and hears the same windows.
    """
    instance = recordings.original_of(session, recording.id)
    if instance is None:
        raise Conflict("nothing of this recording is held that could be listened to")
    parent = None
    if wanted.task is Task.TRANSLATE:
        parent = _source(session, instance, wanted.channel)
    return _ask(session, actor, settings, instance, wanted, parent=parent)


def translation(
    session: Session,
    *,
    actor: Actor,
    transcript: Transcript,
    settings: Settings,
    engine: str | None = None,
) -> jobs.Job:
    """
    Ask for the windows of a transcript to be translated into English, from the sound.

    The result is a transcript of its own, linked to this one. `Conflict` for a transcript
    that is a translation itself or that is bound to no bytes.
    """
    if transcript.kind is TranscriptKind.TRANSLATION:
        raise Conflict("this is a translation already")
    wanted = Wanted(
        engine=engine or choice.again(transcript.engine),
        language=transcript.language,
        task=Task.TRANSLATE,
        channel=transcript.channel,
    )
    return _ask(session, actor, settings, _bytes(session, transcript), wanted, parent=transcript)


def retry(
    session: Session,
    *,
    actor: Actor,
    transcript: Transcript,
    settings: Settings,
    engine: str | None = None,
    variant: Variant | None = None,
) -> jobs.Job:
    """
    Ask for the windows in which a loop is flagged to be heard again, under other settings.

    The result is a new transcript with this one as its parent, whose other windows it repeats
    as they are. `Conflict` where no engine here wrote it, or nothing is flagged; `Invalid` for
    an engine without other settings.
    """
    made = _made_here(transcript)
    content = queries.value(session, transcript)
    if not any(Flag.REPETITION in segment.flags for segment in content.segments):
        raise Conflict("no loop is flagged in this transcript, so nothing needs hearing again")
    asked = engine or choice.again(transcript.engine)
    chosen = choice.variant(variant, engine=asked or settings.engine)
    wanted = Wanted(
        engine=choice.unvaried(asked) if asked else None,
        language=str(made.get("language") or transcript.language),
        task=Task(str(made["task"])),
        channel=transcript.channel,
    )
    instance = _bytes(session, transcript)
    return _ask(session, actor, settings, instance, wanted, parent=transcript, variant=chosen)


def replay(session: Session, *, actor: Actor, transcript: Transcript) -> jobs.Job:
    """Ask for a machine's transcript to be made again; `Conflict` where none was made here."""
    _made_here(transcript)
    _bytes(session, transcript)
    return custody_jobs.request(
        session,
        kind=jobs.JobKind.REPLAY,
        subject_kind="transcript",
        subject_id=transcript.id,
        case_id=transcript.case_id,
        params={},
        actor=actor,
    )


def _ask(
    session: Session,
    actor: Actor,
    settings: Settings,
    instance: MediaInstance,
    wanted: Wanted,
    *,
    parent: Transcript | None,
    variant: Variant | None = None,
) -> jobs.Job:
    chosen = choice.engine(wanted.engine, default=settings.engine)
    used = chosen or settings.engine
    language = choice.language(wanted.language, engine=used)
    identified = recordings.identification_of(session, instance.id)
    params: dict[str, Json] = {
        "engine": chosen,
        "language": language or (_spoken(parent) if parent else None),
        "instance_id": instance.id,
        "task": str(choice.task(wanted.task, engine=used, language=language)),
        "channel": choice.channel(wanted.channel, of=identified),
        "parent_id": parent.id if parent else None,
        "variant": str(variant) if variant else None,
    }
    job = jobs.request(
        session,
        kind=jobs.JobKind.TRANSCRIBE,
        subject_kind="recording",
        subject_id=instance.recording_id,
        case_id=instance.case_id,
        params=params,
        actor=actor,
    )
    record(
        session,
        EventType.TRANSCRIPTION_REQUEST,
        subject=Subject("recording", instance.recording_id),
        actor=actor,
        case_id=instance.case_id,
        details={"job": job.id, **params},
    )
    return job


def _source(session: Session, instance: MediaInstance, channel: int | None) -> Transcript | None:
    """What an engine here wrote of these bytes and this channel last."""
    fitting = [
        transcript
        for transcript in queries.of(session, instance.recording_id)
        if transcript.kind is TranscriptKind.ASR
        and transcript.made_here
        and transcript.instance_id == instance.id
        and transcript.channel == channel
    ]
    return fitting[-1] if fitting else None


def _spoken(parent: Transcript) -> str | None:
    """The language that is spoken, as far as the parent says."""
    return None if parent.language == "und" else parent.language


def _made_here(transcript: Transcript) -> dict[str, Json]:
    if not transcript.made_here or transcript.derivation is None:
        raise Conflict("no engine here wrote this transcript, so none can be asked to again")
    return transcript.derivation


def _bytes(session: Session, transcript: Transcript) -> MediaInstance:
    if transcript.instance_id is None:
        raise Conflict("this transcript is of no bytes held, so nothing can be listened to")
    return recordings.get_instance(session, transcript.instance_id)
