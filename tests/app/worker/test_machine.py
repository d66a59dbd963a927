"""Translating and hearing again by real Whisper code: of named windows, linked, the rest untouched."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.core import jobs
from app.core.actor import service as service_of
from app.core.jobs import Failed, JobKind, Waits
from app.core.settings import Settings
from app.recordings import queries as recordings
from app.transcripts import queries, requests, service
from app.transcripts.choice import Task
from app.transcripts.models import Transcript, TranscriptKind
from app.worker import replay
from app.worker.transcripts import ready, transcribe
from transcription.transcript import Flag, Segment
from transcription.transcript import Transcript as Content

from .conftest import House, request, tone

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]

ENGINE = "whisper:exercise"
RUSSIAN = Path(__file__).resolve().parents[3] / "app/demo/audio/exchange_ru.flac"
ORDER = "keep the commander, take the rest to the rear"


def done(house: House, job_id: str) -> Transcript:
    """Do what was asked for; the transcript."""
    with house.tools.database.reading() as session:
        params = dict(jobs.get(session, job_id).params)
    run = house.run(JobKind.TRANSCRIBE, "", **params)
    run.job = replace(run.job, id=job_id)
    made = transcribe(run)
    with house.tools.database.reading() as session:
        return queries.get(session, str(made["transcript"]))


def value(house: House, transcript: Transcript) -> Content:
    with house.tools.database.reading() as session:
        return queries.value(session, transcript)


def as_if_looped(house: House, transcript: Transcript, number: int) -> Transcript:
    """The same hearing, but with a loop where segment `number` is."""
    content = value(house, transcript)
    segments = list(content.segments)
    segments[number] = replace(
        segments[number], text="so so so so", words=(), flags=(Flag.REPETITION,)
    )
    with house.tools.database.writing() as session:
        return service.keep(
            session,
            actor=service_of("worker"),
            recording=recordings.get(session, transcript.recording_id),
            content=replace(content, segments=tuple(segments)),
            kind=transcript.kind,
            instance=recordings.get_instance(session, str(transcript.instance_id)),
            pcm_sha256=transcript.pcm_sha256,
            derivation=transcript.derivation,
        )


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_russian_is_translated_retried_and_made_again(house: House) -> None:
    settings = Settings(engine=None)
    _, job_id = request(house, RUSSIAN.read_bytes(), engine=ENGINE, language="ru")
    source = done(house, job_id)

    with house.tools.database.writing() as session:
        asked = requests.translation(
            session, actor=house.actor, transcript=source, settings=settings
        ).id
    english = done(house, asked)

    assert (english.kind, english.language) == (TranscriptKind.TRANSLATION, "en")
    assert english.parent_id == source.id
    pins: dict[str, Any] = english.derivation or {}
    assert (pins["task"], pins["language"]) == ("translate", "ru")
    assert pins["windows"] == (source.derivation or {})["windows"]
    assert pins["parent"]["transcript"] == source.id
    assert value(house, english).text.count(ORDER) == 2

    looped = as_if_looped(house, source, 2)
    with house.tools.database.writing() as session:
        asked = requests.retry(session, actor=house.actor, transcript=looped, settings=settings).id
    again = done(house, asked)

    before, after = value(house, looped), value(house, again)
    assert (again.parent_id, again.kind) == (looped.id, TranscriptKind.ASR)
    assert again.engine == f"{ENGINE}+warm"
    heard = (again.derivation or {})["windows"]
    assert 0 < len(heard) < len(pins["windows"])
    assert not any(Flag.REPETITION in segment.flags for segment in after.segments)
    spans = [window["span"] for window in heard]
    assert _outside(before, spans) == _outside(after, spans)

    for made in (english, again):
        with house.tools.database.writing() as session:
            asked = requests.replay(session, actor=house.actor, transcript=made).id
        run = house.run(JobKind.REPLAY, made.id)
        run.job = replace(run.job, id=asked)
        assert replay.replay(run)["identical"] is True


def _outside(content: Content, spans: list[list[int]]) -> list[Segment]:
    return [
        segment
        for segment in content.segments
        if segment.start_ms is not None
        and not any(start <= segment.start_ms < end for start, end in spans)
    ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"engine": "pocketsphinx", "language": "en", "channel": 7}, "no-such-channel"),
        ({"engine": ENGINE, "language": "fr"}, "unsupported-language"),
    ],
)
def test_what_turns_out_impossible_fails_and_says_why(
    house: House, asked: dict[str, Any], problem: str
) -> None:
    _, job_id = request(house, tone(2), **asked)

    with pytest.raises(Failed) as failed:
        done(house, job_id)

    assert failed.value.problem.type == problem


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("task", list(Task))
def test_weights_with_another_digest_than_published_are_waited_for_and_not_tried_twice(
    house: House, tmp_path: Path, task: Task
) -> None:
    weights = tmp_path / "tiny.pt"
    weights.write_bytes(b"not the weights")
    settings = house.tools.settings.model_copy(update={"models_dir": tmp_path})
    operated = replace(house, tools=replace(house.tools, settings=settings))
    _, job_id = request(house, tone(2), engine="whisper:tiny", language="ru", task=task)
    with house.tools.database.reading() as session:
        params = dict(jobs.get(session, job_id).params)
    run = operated.run(JobKind.TRANSCRIBE, "", **params)

    with pytest.raises(Waits) as waits:
        transcribe(run)

    assert waits.value.problem.type == "weights-unavailable"
    assert "tiny" in waits.value.problem.detail
    assert not ready(run.job, operated.tools)
    weights.write_bytes(b"other bytes, which may be the weights")
    assert ready(run.job, operated.tools)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_operators_engine_that_cannot_translate_fails_and_says_so(
    house: House,
) -> None:
    settings = house.tools.settings.model_copy(update={"engine": "pocketsphinx"})
    operated = replace(house, tools=replace(house.tools, settings=settings))
    _, job_id = request(house, tone(2), task=Task.TRANSLATE, language="ru")

    with pytest.raises(Failed) as failed:
        done(operated, job_id)

    assert failed.value.problem.type == "task-unsupported"
