"""Transcripts: kept for good, bound to what was heard, and changed only by adding."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.core.actor import Actor
from app.core.actor import service as service_actor
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Invalid
from app.core.jobs import Job, JobKind
from app.custody.models import LogEntry
from app.recordings.models import MediaInstance, Recording
from app.transcripts import queries, service
from app.transcripts.imports import TranscriptFile
from app.transcripts.models import Transcript, TranscriptKind
from transcription.formats import TranscriptFormat
from transcription.transcript import Flag, Segment
from transcription.transcript import Transcript as Content

from .conftest import CONTENT, PCM, keep

VTT = b"""WEBVTT

00:00:01.000 --> 00:00:03.500
<v First>The flour is on the third truck

00:00:04.000 --> 00:00:06.000
Say again
"""


def bring_in(
    database: Database, actor: Actor, recording: Recording, content: bytes = VTT, **more: Any
) -> Transcript:
    file = TranscriptFile(
        content, more.pop("format", TranscriptFormat.VTT), more.pop("language", "en")
    )
    with database.writing() as session:
        return service.import_file(
            session,
            actor=actor,
            recording=recording,
            file=file,
            kind=more.pop("kind", TranscriptKind.HUMAN),
            **more,
        )


def test_a_kept_transcript_leaves_one_entry_and_has_its_quotes_compared(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    with database.reading() as session:
        before = session.scalars(select(LogEntry)).all()
    kept = keep(database, investigator, recording)

    with database.reading() as session:
        entries = session.scalars(select(LogEntry).order_by(LogEntry.log_index)).all()
        align = session.scalars(select(Job).where(Job.kind == JobKind.ALIGN)).one()
    assert len(entries) == len(before) + 1
    assert entries[-1].event == "transcript:creation"
    assert kept.log_index == entries[-1].log_index
    body = parse(entries[-1].body)
    assert body["details"]["content_sha256"] == kept.content_sha256
    assert (align.subject_kind, align.subject_id) == ("transcript", kept.id)


def test_a_job_keeps_one_transcript_however_often_its_last_step_is_repeated(
    database: Database, recording: Recording
) -> None:
    worker = service_actor("worker")
    first = keep(database, worker, recording, job_id="job-1")
    again = keep(database, worker, recording, job_id="job-1")

    assert again.id == first.id
    with database.reading() as session:
        assert len(queries.of(session, recording.id)) == 1


def test_an_import_is_bound_to_the_bytes_held(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    made = bring_in(database, investigator, recording)

    assert (made.instance_id, made.pcm_sha256) == (instance.id, PCM)
    assert (made.segment_count, made.word_count) == (2, 9)
    assert made.source_format == "vtt"
    assert made.derivation is None
    assert made.author_name == "Inna"


def test_an_import_about_a_recording_that_is_not_held_is_bound_to_nothing(
    database: Database, investigator: Actor, cited: Recording
) -> None:
    made = bring_in(database, investigator, cited, kind=TranscriptKind.PUBLISHED)

    assert (made.instance_id, made.pcm_sha256) == (None, None)


def test_a_machines_transcript_names_its_model_as_stated(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    output = json.dumps(
        {
            "text": "Say again",
            "language": "en",
            "segments": [{"id": 0, "start": 0.0, "end": 1.5, "text": " Say again"}],
        }
    ).encode()
    made = bring_in(
        database,
        investigator,
        recording,
        output,
        format=TranscriptFormat.WHISPER,
        language=None,
        kind=TranscriptKind.ASR,
        model="whisper large-v2",
    )

    assert made.engine == "whisper large-v2"
    assert made.derivation == {"engine": "whisper large-v2", "stated": True}


LOOPED = "1\n00:00:01,000 --> 00:00:08,500\n" + "got them, " * 40 + "\n"


@pytest.mark.parametrize(
    ("by", "flags"),
    [
        ({"kind": TranscriptKind.ASR, "model": "whisper large-v2"}, [Flag.REPETITION]),
        ({"kind": TranscriptKind.HUMAN}, []),
    ],
)
def test_a_machines_import_is_looked_through_for_loops_and_a_persons_is_not(
    database: Database,
    investigator: Actor,
    recording: Recording,
    by: dict[str, Any],
    flags: list[Flag],
) -> None:
    made = bring_in(
        database, investigator, recording, LOOPED.encode(), format=TranscriptFormat.SRT, **by
    )

    with database.reading() as session:
        (segment,) = queries.value(session, made).segments
    assert [flag for flag in segment.flags if flag is Flag.REPETITION] == flags


def test_a_refused_import_keeps_nothing(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    with pytest.raises(Invalid) as refused:
        bring_in(database, investigator, recording, note="lost\ud800")

    assert refused.value.field == "note"
    with database.reading() as session:
        assert queries.of(session, recording.id) == []


def test_a_correction_is_a_child_and_its_parent_stays(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    parent = keep(database, investigator, recording, pcm_sha256=PCM)
    changed = Content("en", (Segment("We wait for floor", 0, 2000),))
    with database.writing() as session:
        child = service.correct(session, actor=investigator, parent=parent, content=changed)

    with database.reading() as session:
        assert queries.value(session, parent) == CONTENT
        assert queries.value(session, child) == changed
        assert [one.id for one in queries.children(session, parent.id)] == [child.id]
        before = queries.of(session, recording.id, as_of=parent.log_index)
        assert [one.id for one in before] == [parent.id]
    assert child.kind is TranscriptKind.CORRECTION
    assert child.pcm_sha256 == parent.pcm_sha256


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (CONTENT, "content"),
        (Content("ru", CONTENT.segments), "language"),
        (Content("en", ()), "content"),
        (Content("en", (Segment("\ud800"),)), "content"),
    ],
)
def test_a_correction_must_change_something_and_say_something(
    database: Database, investigator: Actor, recording: Recording, content: Content, field: str
) -> None:
    parent = keep(database, investigator, recording)
    with pytest.raises(Invalid) as refused, database.writing() as session:
        service.correct(session, actor=investigator, parent=parent, content=content)

    assert refused.value.field == field
