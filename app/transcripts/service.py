"""
What people and workers do with transcripts: keep one, bring one in, correct one.

Every new version is looked through for the recording's quotes, and put into the search index, by
jobs that the same transaction requests: no transcript is kept that quotes are never compared with.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from app.core import clock, jobs, plaintext
from app.core.actor import Actor
from app.core.canonical import Json
from app.core.digest import Digest
from app.core.errors import Invalid
from app.core.identity import new_id
from app.custody.events import EventType
from app.custody.service import Subject, record
from app.recordings import queries as recordings
from app.recordings.models import Identification, MediaInstance, Recording
from app.transcripts import imports, placing, queries
from app.transcripts.imports import TranscriptFile
from app.transcripts.models import SegmentRow, Transcript, TranscriptKind
from transcription import difference
from transcription.difference import WORDS_CHANGED
from transcription.errors import TextTooLong
from transcription.transcript import Transcript as Content


def keep(
    session: Session,
    *,
    actor: Actor,
    recording: Recording,
    content: Content,
    kind: TranscriptKind,
    instance: MediaInstance | None = None,
    parent: Transcript | None = None,
    pcm_sha256: str | None = None,
    derivation: dict[str, Any] | None = None,
    job_id: str | None = None,
    source_format: str | None = None,
    source_sha256: str | None = None,
    note: str | None = None,
) -> Transcript:
    """
    Keep a version of what is said, for good, and have the quotes compared with it.

    A job keeps one transcript: kept again for the same job, it is the one that is there.
    A file without times is placed on what is held (`placing`).
    """
    if job_id is not None and (made := queries.of_job(session, job_id)):
        return made
    transcript = Transcript(
        id=new_id(),
        case_id=recording.case_id,
        recording_id=recording.id,
        instance_id=instance.id if instance else None,
        job_id=job_id,
        kind=kind,
        parent_id=parent.id if parent else None,
        language=content.language,
        pcm_sha256=pcm_sha256,
        content_sha256=str(queries.digest(content)),
        segment_count=len(content.segments),
        word_count=sum(1 for _ in content.words()),
        derivation=derivation,
        source_format=source_format,
        source_sha256=source_sha256,
        author_id=actor.id,
        author_name=actor.name,
        note=plaintext.optional_prose(note, field="note"),
        made_at=clock.now(),
    )
    align = _follow(session, jobs.JobKind.ALIGN, transcript, actor=actor)
    _follow(session, jobs.JobKind.INDEX, transcript, actor=actor)
    brought_in = source_format is not None
    place = (
        placing.follow(session, actor=actor, transcript=transcript, content=content)
        if brought_in
        else None
    )
    record(
        session,
        EventType.TRANSCRIPT_CORRECTION
        if kind is TranscriptKind.CORRECTION
        else EventType.TRANSCRIPT_CREATION,
        subject=Subject("recording", recording.id),
        actor=actor,
        case_id=recording.case_id,
        rows=[transcript],
        details={
            "transcript": transcript.id,
            "kind": str(kind),
            "parent": transcript.parent_id,
            "content_sha256": transcript.content_sha256,
            "job": job_id,
            "align_job": align.id,
            "changed": _changed(session, parent, content),
            "place_job": place.id if place else None,
        },
    )
    session.add_all(_rows(transcript, content))
    session.flush()
    return transcript


def import_file(
    session: Session,
    *,
    actor: Actor,
    recording: Recording,
    file: TranscriptFile,
    kind: TranscriptKind,
    model: str | None = None,
    note: str | None = None,
) -> Transcript:
    """
    Keep a transcript that was made elsewhere, with the machine named that made it, if one did.

    It is bound to the bytes held at this moment; what it was really made from is only stated.
    A machine's is looked through for loops and inventions, as far as its text and times tell.
    """
    instance = recordings.original_of(session, recording.id)
    heard = _heard(session, instance)
    found = imports.read(file, duration_ms=heard.duration_ms if heard else None)
    stated = imports.model_of(kind, model, said=found.machine)
    by = {"engine": stated, "stated": True} if stated else {}
    return keep(
        session,
        actor=actor,
        recording=recording,
        content=imports.warned(found.content) if stated else found.content,
        kind=kind,
        instance=instance,
        pcm_sha256=heard.pcm_sha256 if heard else None,
        derivation={**by, **found.liberties} or None,
        source_format=str(found.format),
        source_sha256=str(Digest.of_bytes(file.content)),
        note=note,
    )


def correct(
    session: Session,
    *,
    actor: Actor,
    parent: Transcript,
    content: Content,
    liberties: dict[str, Any] | None = None,
    note: str | None = None,
) -> Transcript:
    """
    Keep a changed version as a child of `parent`, which stays as it is.

    `liberties` are those that were taken with the file it came in (`imports.Imported`).
    """
    imports.refuse_unusable(content)
    if content.language != parent.language:
        raise Invalid("a correction is in the language of what it corrects", field="language")
    if str(queries.digest(content)) == parent.content_sha256:
        raise Invalid("nothing is changed", field="content")
    instance = recordings.get_instance(session, parent.instance_id) if parent.instance_id else None
    return keep(
        session,
        actor=actor,
        recording=recordings.get(session, parent.recording_id),
        content=content,
        kind=TranscriptKind.CORRECTION,
        instance=instance,
        parent=parent,
        pcm_sha256=parent.pcm_sha256,
        derivation=liberties or None,
        note=note,
    )


def correct_by_file(
    session: Session,
    *,
    actor: Actor,
    parent: Transcript,
    file: TranscriptFile,
    note: str | None = None,
) -> Transcript:
    """Keep a changed version that comes as a file, in the language of what it corrects."""
    instance = recordings.get_instance(session, parent.instance_id) if parent.instance_id else None
    heard = _heard(session, instance)
    file = replace(file, language=parent.language)
    found = imports.read(file, duration_ms=heard.duration_ms if heard else None)
    return correct(
        session,
        actor=actor,
        parent=parent,
        content=found.content,
        liberties=found.liberties,
        note=note,
    )


def _follow(
    session: Session, kind: jobs.JobKind, transcript: Transcript, *, actor: Actor
) -> jobs.Job:
    """What every new version has done to it: compared with quotes, put into the search index."""
    return jobs.request(
        session,
        kind=kind,
        subject_kind="transcript",
        subject_id=transcript.id,
        case_id=transcript.case_id,
        params={},
        actor=actor,
    )


def _changed(session: Session, parent: Transcript | None, content: Content) -> Json:
    """How many words differ from the parent's in each way; null where that means nothing."""
    if parent is None or parent.language != content.language:
        return None
    try:
        counts = difference.compare(queries.value(session, parent), content).counts()
    except TextTooLong:
        return None
    return {name: count for name, count in counts.items() if count or name == WORDS_CHANGED}


def _rows(transcript: Transcript, content: Content) -> list[SegmentRow]:
    return [
        SegmentRow(
            id=f"{transcript.id}/{ordinal}",
            transcript_id=transcript.id,
            case_id=transcript.case_id,
            ordinal=ordinal,
            **segment,
        )
        for ordinal, segment in enumerate(content.as_data()["segments"])
    ]


def _heard(session: Session, instance: MediaInstance | None) -> Identification | None:
    """What was found when the bytes were decoded, if anybody has looked."""
    return recordings.identification_of(session, instance.id) if instance else None
