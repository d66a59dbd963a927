"""A text without times is placed by a job: by itself when it comes in, or when somebody asks."""

import pytest
from sqlalchemy import select

from app.core.actor import Actor
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Conflict
from app.core.jobs import Job, JobKind
from app.custody.models import LogEntry
from app.recordings.models import MediaInstance, Recording
from app.transcripts import placing, queries, service
from app.transcripts.imports import TranscriptFile
from app.transcripts.models import Transcript, TranscriptKind
from transcription.formats import TranscriptFormat
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

from .conftest import keep

UNTIMED = Content("uk", (Segment("Чекаємо біля мосту"),))


def bring_in(
    database: Database,
    actor: Actor,
    recording: Recording,
    *,
    content: bytes = "Чекаємо біля мосту".encode(),
    kind: TranscriptKind = TranscriptKind.HUMAN,
    language: str = "uk",
    form: TranscriptFormat = TranscriptFormat.TEXT,
) -> Transcript:
    with database.writing() as session:
        return service.import_file(
            session,
            actor=actor,
            recording=recording,
            file=TranscriptFile(content, form, language),
            kind=kind,
        )


def placements(database: Database) -> list[Job]:
    with database.reading() as session:
        return list(session.scalars(select(Job).where(Job.kind == JobKind.PLACE)))


def newest_entry(database: Database) -> LogEntry:
    with database.reading() as session:
        return session.scalars(select(LogEntry).order_by(LogEntry.log_index.desc())).first()  # type: ignore[return-value]


def test_a_text_brought_in_is_placed_on_what_is_held_within_the_same_entry(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    before = newest_entry(database).log_index
    transcript = bring_in(database, investigator, recording)
    (job,) = placements(database)
    assert (job.subject_id, job.params) == (transcript.id, {"instance_id": instance.id})
    entry = newest_entry(database)
    assert entry.log_index == before + 1
    assert parse(entry.body)["details"]["place_job"] == job.id


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": TranscriptKind.TRANSLATION, "language": "en"},
        {"language": "fi"},
        {
            "content": b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nwait\n",
            "form": TranscriptFormat.VTT,
        },
    ],
)
def test_what_has_times_or_cannot_have_them_is_not_placed(
    database: Database, investigator: Actor, recording: Recording, changes: dict[str, object]
) -> None:
    bring_in(database, investigator, recording, **changes)  # type: ignore[arg-type]
    assert placements(database) == []


def test_where_nothing_is_held_a_text_waits_until_somebody_asks(
    database: Database, investigator: Actor, cited: Recording
) -> None:
    transcript = bring_in(database, investigator, cited)
    assert placements(database) == []
    with database.reading() as session:
        assert not placing.possible(session, transcript, queries.value(session, transcript))
    with database.writing() as session, pytest.raises(Conflict, match="held"):
        placing.request(session, actor=investigator, transcript=transcript)


def test_asking_leaves_an_entry_of_its_own_and_fixes_the_bytes(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    transcript = keep(database, investigator, recording, UNTIMED, kind=TranscriptKind.HUMAN)
    with database.reading() as session:
        assert placing.possible(session, transcript, queries.value(session, transcript))
    with database.writing() as session:
        job = placing.request(session, actor=investigator, transcript=transcript)
    assert job.params == {"instance_id": instance.id}
    entry = newest_entry(database)
    assert (entry.event, parse(entry.body)["details"]["kind"]) == ("job:request", "place")


def test_a_transcript_with_times_is_not_placed_again(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    transcript = keep(database, investigator, recording)
    with database.writing() as session, pytest.raises(Conflict, match="times already"):
        placing.request(session, actor=investigator, transcript=transcript)
