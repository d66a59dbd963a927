"""Transcripts: kept for good, bound to what was heard, and changed only by adding."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.core.actor import Actor
from app.core.actor import service as service_actor
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Conflict, Invalid
from app.core.jobs import Job, JobKind
from app.core.settings import Settings
from app.custody.models import LogEntry
from app.recordings.models import MediaInstance, Recording
from app.transcripts import queries, service
from app.transcripts.imports import TranscriptFile
from app.transcripts.models import SegmentRow, Transcript, TranscriptKind
from transcription.formats import TranscriptFormat
from transcription.transcript import Flag, Segment, Word
from transcription.transcript import Transcript as Content

from .conftest import PCM

VTT = b"""WEBVTT

00:00:01.000 --> 00:00:03.500
<v First>The flour is on the third truck

00:00:04.000 --> 00:00:06.000
Say again
"""
CONTENT = Content(
    "en",
    (
        Segment("We wait", 0, 900, (Word("We", 0, 300, 912), Word("wait", 310, 900)), "A"),
        Segment("for flour", 950, 2000, flags=(Flag.UNINTELLIGIBLE,)),
    ),
)


def keep(
    database: Database, actor: Actor, recording: Recording, content: Content = CONTENT, **more: Any
) -> Transcript:
    with database.writing() as session:
        return service.keep(
            session,
            actor=actor,
            recording=recording,
            content=content,
            kind=more.pop("kind", TranscriptKind.ASR),
            **more,
        )


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


texts = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=20
)
moments = st.none() | st.integers(0, 10**7)
contents = st.builds(
    Content,
    language=st.sampled_from(["en", "ru", "uk", "und"]),
    segments=st.lists(
        st.builds(
            Segment,
            text=texts,
            start_ms=moments,
            end_ms=moments,
            words=st.lists(
                st.builds(Word, text=texts, start_ms=moments, end_ms=moments, permille=moments),
                max_size=3,
            ).map(tuple),
            speaker=st.none() | texts,
            flags=st.lists(st.sampled_from(Flag), max_size=2).map(tuple),
        ),
        max_size=4,
    ).map(tuple),
)


@hypothesis_settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(content=contents)
def test_whatever_is_kept_is_read_again_exactly(
    database: Database, investigator: Actor, cited: Recording, content: Content
) -> None:
    kept = keep(database, investigator, cited, content)

    with database.reading() as session:
        assert queries.value(session, queries.get(session, kept.id)) == content
        assert kept.content_sha256 == str(queries.digest(content))
        assert list(queries.check(session)) == []


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


def test_the_database_itself_refuses_a_second_transcript_of_a_job(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    keep(database, investigator, recording, job_id="job-1")
    columns = ", ".join(column.key for column in Transcript.__table__.columns)
    values = columns.replace("id,", "'another',", 1)
    replace = "insert or replace" if database.engine.dialect.name == "sqlite" else "insert"
    with pytest.raises((IntegrityError, DBAPIError)), database.writing() as session:
        session.execute(
            text(f"{replace} into transcript ({columns}) select {values} from transcript")
        )

    with database.reading() as session:
        assert len(queries.of(session, recording.id)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update transcript set language = 'ru'",
        "delete from transcript",
        "update transcript_segment set text = 'never said'",
        "delete from transcript_segment",
    ],
)
def test_no_statement_changes_what_is_kept(
    database: Database, investigator: Actor, recording: Recording, statement: str
) -> None:
    keep(database, investigator, recording)
    with pytest.raises(DBAPIError, match="append-only"), database.writing() as session:
        session.execute(text(statement))


def test_a_segment_slipped_in_behind_the_guards_is_found(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    kept = keep(database, investigator, recording)
    with database.writing() as session:
        session.add(
            SegmentRow(
                id=f"{kept.id}/2",
                transcript_id=kept.id,
                case_id="case-1",
                ordinal=2,
                start_ms=2100,
                end_ms=2900,
                speaker=None,
                text="and this too",
                flags=[],
                words=[],
            )
        )

    with database.reading() as session:
        assert list(queries.check(session)) == [kept.id]


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


def test_a_request_fixes_bytes_engine_and_language(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    with database.writing() as session:
        job = service.request(
            session,
            actor=investigator,
            recording=recording,
            settings=Settings(engine=None),
            engine="whisper:small",
            language="UK",
        )

    assert job.params == {
        "engine": "whisper:small",
        "language": "uk",
        "instance_id": instance.id,
    }


def test_what_is_not_held_cannot_be_listened_to(
    database: Database, investigator: Actor, cited: Recording
) -> None:
    with pytest.raises(Conflict), database.writing() as session:
        service.request(session, actor=investigator, recording=cited, settings=Settings())
