"""Readings: rival, named, bound to the samples they were heard in, and taken back openly."""

from typing import Any

import pytest
from sqlalchemy import select

from app.core.actor import Actor, ActorKind
from app.core.canonical import parse
from app.core.database import Database
from app.core.errors import Conflict, Invalid
from app.custody import queries as custody
from app.custody.findings import Outcome
from app.custody.models import LogEntry
from app.custody.sealed_rows import compare_rows
from app.recordings import service as recordings
from app.recordings.models import MediaInstance, Recording
from app.recordings.provenance import Particulars
from app.transcripts import listening, readings
from app.transcripts.listening import ReadingState
from app.transcripts.models import Blindness, Confidence, Reading
from app.transcripts.readings import Hearing
from transcription.span import Span

from .conftest import PCM, keep

OTHER = Actor(id="account-other", kind=ActorKind.PERSON, name="Remo")


def hearing(**told: Any) -> Hearing:
    given: dict[str, Any] = {
        "start_ms": 500,
        "end_ms": 1500,
        "text": "We wait for flowers",
        "language": "en",
        "listener": "a baker from the second depot",
    }
    return Hearing(**(given | told))


def add(database: Database, actor: Actor, recording: Recording, **told: Any) -> Reading:
    with database.writing() as session:
        return readings.add(session, actor=actor, recording=recording, hearing=hearing(**told))


def test_a_reading_is_bound_to_the_samples_that_were_listened_to(
    database: Database, investigator: Actor, recording: Recording, instance: MediaInstance
) -> None:
    made = add(database, investigator, recording)

    assert (made.instance_id, made.pcm_sha256) == (instance.id, PCM)
    assert (made.confidence, made.confidence_as_stated) == (None, None)
    assert made.blind is Blindness.NOT_STATED
    assert made.span.fragment() == "t=0.5,1.5"
    assert made.recorded_by_name == "Inna"


def test_rivals_stand_beside_one_another(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    add(database, investigator, recording, confidence=Confidence.CERTAIN)
    add(
        database,
        OTHER,
        recording,
        text="We wait for [flour?]",
        confidence_as_stated="not very",
        blind=Blindness.BLIND,
    )

    with database.reading() as session:
        found = listening.of_recording(session, recording.id)

    assert [(item.reading.text, item.state) for item in found] == [
        ("We wait for flowers", ReadingState.STANDS),
        ("We wait for [flour?]", ReadingState.STANDS),
    ]


def test_each_verb_leaves_one_entry_and_what_was_replaced_or_taken_back_stays(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    first = add(database, investigator, recording)
    with database.writing() as session:
        second = readings.supersede(
            session, actor=investigator, reading=first, hearing=hearing(text="[inaudible]")
        )
    with database.writing() as session:
        readings.withdraw(session, actor=investigator, reading=second, reason="another copy")

    with database.reading() as session:
        entries = session.scalars(
            select(LogEntry).where(LogEntry.event.like("reading:%")).order_by(LogEntry.log_index)
        ).all()
        found = listening.of_recording(session, recording.id)
        checked = compare_rows(session)
    assert [entry.event for entry in entries] == [
        "reading:creation",
        "reading:supersession",
        "reading:withdrawal",
    ]
    assert {entry.subject_id for entry in entries} == {recording.id}
    assert "flowers" not in str([parse(entry.body) for entry in entries])
    assert [(item.state, item.superseded_by) for item in found] == [
        (ReadingState.SUPERSEDED, second.id),
        (ReadingState.WITHDRAWN, None),
    ]
    assert found[1].withdrawal is not None
    assert found[1].withdrawal.reason == "another copy"
    assert checked.outcome is Outcome.PROVEN, checked


def test_what_was_there_is_told_as_of_any_entry(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    first = add(database, investigator, recording)
    with database.reading() as session:
        before = custody.head(session).size - 1
    with database.writing() as session:
        readings.withdraw(session, actor=investigator, reading=first, reason="misheard")

    with database.reading() as session:
        then = listening.of_recording(session, recording.id, as_of=before)
        earlier = listening.of_recording(session, recording.id, as_of=before - 1)
        now = listening.of_recording(session, recording.id)
    assert [item.state for item in then] == [ReadingState.STANDS]
    assert earlier == []
    assert [item.state for item in now] == [ReadingState.WITHDRAWN]


def test_a_span_gathers_the_readings_that_overlap_it(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    first = add(database, investigator, recording)
    with database.writing() as session:
        readings.supersede(
            session,
            actor=investigator,
            reading=first,
            hearing=hearing(start_ms=1400, end_ms=3000),
        )

    def found(start_ms: int, end_ms: int) -> list[ReadingState]:
        with database.reading() as session:
            span = Span(start_ms, end_ms)
            told = listening.of_recording(session, recording.id, within=span)
            return [item.state for item in told]

    assert found(0, 500) == []
    assert found(0, 501) == [ReadingState.SUPERSEDED], "though what replaced it lies elsewhere"
    assert found(1499, 9000) == [ReadingState.SUPERSEDED, ReadingState.STANDS]


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"start_ms": -1}, "start_ms", "0 or later"),
        ({"end_ms": 500}, "end_ms", "after it begins"),
        ({"end_ms": 9001}, "end_ms", r"0:09.0 \(9000 ms\)"),
        ({"start_ms": 9000, "end_ms": 9500}, "start_ms", "9000 ms"),
        ({"text": "  "}, "text", "empty"),
        ({"listener": ""}, "listener", "empty"),
        ({"language": "english"}, "language", "639"),
        ({"transcript_id": "none"}, "transcript_id", "no such transcript"),
        ({"text": "half \ud800"}, "text", "surrogate"),
    ],
)
def test_what_is_tied_to_nothing_is_refused_and_the_field_named(
    database: Database,
    investigator: Actor,
    recording: Recording,
    told: dict[str, Any],
    field: str,
    says: str,
) -> None:
    with pytest.raises(Invalid, match=says) as refused:
        add(database, investigator, recording, **told)

    assert refused.value.field == field


def test_a_reading_that_ends_with_the_recording_is_taken(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    assert add(database, investigator, recording, end_ms=9000).end_ms == 9000


def test_a_transcript_of_another_recording_is_none(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    with database.writing() as session:
        other = recordings.catalogue(
            session, actor=investigator, case_id="case-1", particulars=Particulars(title="Other")
        )
    theirs = keep(database, investigator, other)
    ours = keep(database, investigator, recording)

    with pytest.raises(Invalid, match="of this recording"):
        add(database, investigator, recording, transcript_id=theirs.id)
    assert add(database, investigator, recording, transcript_id=ours.id).transcript_id == ours.id


def test_without_sound_nobody_listened_here(
    database: Database, investigator: Actor, cited: Recording
) -> None:
    with pytest.raises(Conflict, match="held"):
        add(database, investigator, cited)


def test_only_who_recorded_a_reading_takes_it_back_and_only_once(
    database: Database, investigator: Actor, recording: Recording
) -> None:
    made = add(database, investigator, recording)
    with database.writing() as session, pytest.raises(Conflict, match="only who recorded"):
        readings.withdraw(session, actor=OTHER, reading=made, reason="I heard otherwise")
    with database.writing() as session, pytest.raises(Invalid, match="where it was heard"):
        readings.supersede(
            session,
            actor=investigator,
            reading=made,
            hearing=hearing(start_ms=4000, end_ms=5000),
        )
    with database.writing() as session:
        readings.withdraw(session, actor=investigator, reading=made, reason="misheard")
    with database.writing() as session, pytest.raises(Conflict, match="withdrawn already"):
        readings.supersede(session, actor=investigator, reading=made, hearing=hearing())
