"""Asking engines: what is fixed when somebody asks, and what is refused."""

from typing import Any

import pytest
from sqlalchemy import select

from app.core.actor import Actor, service
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Conflict, Invalid
from app.core.jobs import Job, JobKind
from app.core.settings import Settings
from app.custody.models import LogEntry
from app.recordings.models import MediaInstance, Recording
from app.transcripts import requests
from app.transcripts.choice import Task
from app.transcripts.models import Transcript, TranscriptKind
from app.transcripts.requests import Wanted
from transcription.transcript import Flag, Segment
from transcription.transcript import Transcript as Content

from .conftest import CONTENT, PCM, keep

RUSSIAN = Content("ru", (Segment("Три машины муки", 0, 2000),))
LOOPED = Content("ru", (Segment("есть есть есть есть", 0, 2000, flags=(Flag.REPETITION,)),))


def heard(
    database: Database,
    recording: Recording,
    instance: MediaInstance,
    content: Content = RUSSIAN,
    *,
    engine: str = "whisper:small",
    channel: int | None = None,
    **more: Any,
) -> Transcript:
    """A transcript as the worker keeps one."""
    pins = {
        "engine": engine,
        "task": "transcribe",
        "language": content.language,
        "windows": [[0, 9000]],
        "input": {"pcm_sha256": PCM, "channel": channel},
    }
    worker = service("worker")
    return keep(database, worker, recording, content, instance=instance, derivation=pins, **more)


def ask(database: Database, actor: Actor, recording: Recording, **wanted: Any) -> Job:
    with database.writing() as session:
        return requests.transcription(
            session,
            actor=actor,
            recording=recording,
            settings=Settings(engine=None),
            wanted=Wanted(**wanted),
        )


def test_a_request_fixes_bytes_engine_language_task_and_channel(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    job = ask(database, investigator, recording, engine="whisper:small", language="UK", channel=0)

    assert job.params == {
        "engine": "whisper:small",
        "language": "uk",
        "instance_id": instance.id,
        "task": "transcribe",
        "channel": 0,
        "parent_id": None,
        "variant": None,
    }
    with database.reading() as session:
        entry = session.scalars(select(LogEntry).order_by(LogEntry.log_index.desc())).first()
    assert entry is not None
    assert entry.event == "transcription:request"
    assert parse(entry.body)["details"] == {"job": job.id, **job.params}


def test_what_is_not_held_cannot_be_listened_to(
    database: Database, investigator: Actor, cited: Recording
) -> None:
    with pytest.raises(Conflict):
        ask(database, investigator, cited)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"task": Task.TRANSLATE, "engine": "pocketsphinx"}, "task"),
        ({"task": Task.TRANSLATE, "engine": "whisper:turbo"}, "task"),
        ({"task": Task.TRANSLATE, "engine": "whisper:base.en"}, "task"),
        ({"task": Task.TRANSLATE, "language": "en"}, "task"),
        ({"channel": 1}, "channel"),
        ({"channel": -1}, "channel"),
        ({"engine": "whisper:/etc/passwd"}, "engine"),
    ],
)
def test_what_can_never_work_is_refused_at_the_door(
    database: Database,
    investigator: Actor,
    recording: Recording,
    wanted: dict[str, Any],
    field: str,
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(database, investigator, recording, **wanted)

    assert refused.value.field == field


def test_a_translation_belongs_to_the_newest_hearing_of_the_same_bytes_and_channel(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    keep(database, investigator, recording, CONTENT, instance=instance, kind=TranscriptKind.HUMAN)
    heard(database, recording, instance)
    source = heard(database, recording, instance)
    heard(database, recording, instance, channel=0)

    job = ask(database, investigator, recording, task=Task.TRANSLATE, engine="whisper:small")

    assert job.params["parent_id"] == source.id
    assert (job.params["task"], job.params["language"]) == ("translate", "ru")


def test_with_nothing_heard_before_a_translation_stands_alone(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    job = ask(database, investigator, recording, task=Task.TRANSLATE)

    assert (job.params["parent_id"], job.params["language"]) == (None, None)


def test_the_translation_of_a_transcript_takes_over_engine_language_and_channel(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    source = heard(database, recording, instance, channel=0)
    with database.writing() as session:
        job = requests.translation(
            session, actor=investigator, transcript=source, settings=Settings(engine=None)
        )

    assert job.params == {
        "engine": "whisper:small",
        "language": "ru",
        "instance_id": instance.id,
        "task": "translate",
        "channel": 0,
        "parent_id": source.id,
        "variant": None,
    }


def test_a_translation_is_not_translated(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    made = heard(database, recording, instance, CONTENT, kind=TranscriptKind.TRANSLATION)
    with pytest.raises(Conflict), database.writing() as session:
        requests.translation(
            session, actor=investigator, transcript=made, settings=Settings(engine=None)
        )


def test_a_flagged_loop_is_heard_again_by_the_same_engine_or_another(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    looped = heard(database, recording, instance, LOOPED)
    with database.writing() as session:
        same = requests.retry(
            session, actor=investigator, transcript=looped, settings=Settings(engine=None)
        )
        other = requests.retry(
            session,
            actor=investigator,
            transcript=looped,
            settings=Settings(engine=None),
            engine="whisper:large",
        )

    assert same.params["engine"] == "whisper:small"
    assert other.params["engine"] == "whisper:large"
    assert (same.params["parent_id"], same.params["variant"]) == (looped.id, "warm")


def test_a_second_retry_takes_settings_that_were_not_used(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    looped = heard(database, recording, instance, LOOPED, engine="whisper:small+warm")
    with database.writing() as session:
        job = requests.retry(
            session, actor=investigator, transcript=looped, settings=Settings(engine=None)
        )

    assert (job.params["engine"], job.params["variant"]) == ("whisper:small", "beam5")


def test_an_engine_without_other_settings_is_not_asked_the_same_again(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    looped = heard(database, recording, instance, LOOPED, engine="pocketsphinx")
    with pytest.raises(Invalid) as refused, database.writing() as session:
        requests.retry(
            session, actor=investigator, transcript=looped, settings=Settings(engine=None)
        )

    assert refused.value.field == "engine"


def test_an_engine_that_only_the_operator_can_name_is_not_asked_for_by_its_short_name(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    looped = heard(database, recording, instance, LOOPED, engine="whisper:ours.pt")
    with database.writing() as session:
        job = requests.retry(
            session, actor=investigator, transcript=looped, settings=Settings(engine=None)
        )

    assert job.params["engine"] is None


def test_only_a_flagged_hearing_of_our_own_is_heard_again(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    fine = heard(database, recording, instance)
    brought = keep(database, investigator, recording, LOOPED, instance=instance)
    for transcript in (fine, brought):
        with pytest.raises(Conflict), database.writing() as session:
            requests.retry(
                session, actor=investigator, transcript=transcript, settings=Settings(engine=None)
            )


def test_only_what_an_engine_here_wrote_is_replayed(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    made = heard(database, recording, instance)
    brought = keep(database, investigator, recording, CONTENT, instance=instance)
    with database.writing() as session:
        job = requests.replay(session, actor=investigator, transcript=made)
    assert (job.kind, job.subject_kind, job.subject_id) == (
        JobKind.REPLAY,
        "transcript",
        made.id,
    )

    with pytest.raises(Conflict), database.writing() as session:
        requests.replay(session, actor=investigator, transcript=brought)
