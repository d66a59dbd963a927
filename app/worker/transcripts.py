"""
Listening for people: an engine hears what the request fixed, and the transcript is kept.

A translation is of the sound, in the windows of the transcript that it belongs to. A loop
is heard again under another setting, which the request names: the same decoder over the same
window would only loop again. Whatever was not flagged is taken over as it stands. The
transcript carries everything that pins its making.
"""

from functools import partial
from typing import cast

from sqlalchemy.orm import Session

from app.core.canonical import Json
from app.core.jobs import Facts, Run
from app.core.jobs.run import Tools
from app.recordings import queries as recordings
from app.recordings.models import MediaInstance
from app.transcripts import queries, service
from app.transcripts.models import TranscriptKind
from app.worker import engines
from app.worker.derivation import pcm_of, windows_of
from app.worker.listening import Plan, hear, whole
from app.worker.parents import Parent
from app.worker.recordings import can_decode
from transcription.transcript import Transcript as Content


def transcribe(run: Run) -> dict[str, Json]:
    """Hear the instance that the request fixed, with the engine it named."""
    from transcription.engines import Task

    params = run.job.params
    with run.database.reading() as session:
        instance = recordings.get_instance(session, str(params["instance_id"]))
        parent = _parent(session, params.get("parent_id"))
    run.progress("loading the engine")
    engine = engines.wanted(run)
    again = parent if params.get("variant") else None
    language, channel = params.get("language"), params.get("channel")
    plan = Plan(
        instance=instance,
        task=Task(str(params.get("task") or Task.TRANSCRIBE)),
        language=None if language is None else str(language),
        channel=channel if isinstance(channel, int) else None,
        cut=again.looped if again else parent.same if parent else whole,
        parent=parent.relation(is_retry=again is not None) if parent else None,
    )
    heard = hear(run, engine, plan, named=run.job.id)
    content = heard.content
    if again:
        content = again.joined(content, windows_of(heard.derivation))
    run.progress("keeping the transcript")
    keep = partial(_keep, run, instance, parent, content, heard.derivation)
    return cast("dict[str, Json]", run.step("keep", keep))


def ready(facts: Facts, tools: Tools) -> bool:
    """Whether the engine that the job needs could be loaded here, now."""
    return engines.ready(facts, tools) and can_decode(facts, tools)


def _parent(session: Session, transcript_id: Json) -> Parent | None:
    if transcript_id is None:
        return None
    transcript = queries.get(session, str(transcript_id))
    return Parent(transcript, queries.value(session, transcript))


def _keep(
    run: Run,
    instance: MediaInstance,
    parent: Parent | None,
    content: Content,
    pins: dict[str, Json],
) -> Json:
    translated = pins["task"] == "translate"
    with run.database.writing() as session:
        kept = service.keep(
            session,
            actor=run.actor,
            recording=recordings.get(session, instance.recording_id),
            content=content,
            kind=TranscriptKind.TRANSLATION if translated else TranscriptKind.ASR,
            instance=instance,
            parent=parent.transcript if parent else None,
            pcm_sha256=pcm_of(pins),
            derivation=pins,
            job_id=run.job.id,
        )
        return {"transcript": kept.id, "segments": kept.segment_count, "words": kept.word_count}
