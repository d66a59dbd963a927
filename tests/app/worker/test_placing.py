"""Placing in a worker: a child with times, which says how they were found, or a plain refusal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.jobs import Failed, JobKind, Waits
from app.recordings import queries as recordings
from app.transcripts import queries, service
from app.transcripts.models import Transcript, TranscriptKind
from app.worker.placing import chosen, place, ready
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

from .conftest import House

pytestmark = pytest.mark.sandbox

TRUTH = json.loads(
    (Path(__file__).resolve().parents[3] / "app/demo/audio/truth.json").read_text()
)["exchange_en.flac"]["lines"]


def said(
    house: House, recording: bytes, lines: list[str], *, language: str = "en"
) -> tuple[str, Transcript]:
    """Hold a recording and a text that a person typed: the instance and the transcript."""
    instance = house.acquire(recording)
    with house.tools.database.writing() as session:
        transcript = service.keep(
            session,
            actor=house.actor,
            recording=recordings.get(session, instance.recording_id),
            content=Content(language, tuple(Segment(line, speaker="A") for line in lines)),
            kind=TranscriptKind.HUMAN,
            instance=instance,
        )
    return instance.id, transcript


def test_the_child_has_the_same_words_with_times_and_says_how_they_were_found(
    house: House, speech: Callable[[int], bytes]
) -> None:
    lines = [line["text"] for line in TRUTH]
    instance_id, parent = said(house, speech(1), lines)
    result = place(house.run(JobKind.PLACE, parent.id, instance_id=instance_id))
    with house.tools.database.reading() as session:
        child = queries.get(session, str(result["transcript"]))
        content = queries.value(session, child)
        before = queries.value(session, parent)
    assert (child.parent_id, child.kind, child.engine) == (parent.id, TranscriptKind.HUMAN, None)
    assert [(s.text, s.speaker) for s in content.segments] == [
        (s.text, s.speaker) for s in before.segments
    ]
    for segment, truth in zip(content.segments, TRUTH, strict=True):
        assert abs((segment.start_ms or 0) - truth["start_ms"]) <= 300
    assert child.derivation
    times = child.derivation["times"]
    assert times["method"] == "placing"
    assert times["because"] == "no Whisper model is set up here"
    assert "synthetic voices" in str(child.notice)
    assert times["input"]["pcm_sha256"] == child.pcm_sha256
    assert "forced alignment" in str(child.notice)


def test_a_text_that_is_not_said_makes_no_child_and_the_job_says_so(
    house: House, speech: Callable[[int], bytes]
) -> None:
    instance_id, parent = said(house, speech(1), ["children read books about the sea"])
    with pytest.raises(Failed) as failed:
        place(house.run(JobKind.PLACE, parent.id, instance_id=instance_id))
    assert failed.value.problem.type == "not-placed"
    with house.tools.database.reading() as session:
        assert queries.children(session, parent.id) == []


def test_a_model_that_is_named_times_the_words_and_is_named_in_turn(
    house: House, speech: Callable[[int], bytes]
) -> None:
    instance_id, parent = said(house, speech(1), [line["text"] for line in TRUTH])
    run = house.run(JobKind.PLACE, parent.id, instance_id=instance_id, engine="whisper:exercise")
    result = place(run)
    assert result["method"] == "attention"
    with house.tools.database.reading() as session:
        child = queries.get(session, str(result["transcript"]))
        content = queries.value(session, child)
    for segment, truth in zip(content.segments, TRUTH, strict=True):
        assert abs((segment.start_ms or 0) - truth["start_ms"]) <= 300
    assert child.derivation
    times = child.derivation["times"]
    assert (times["method"], times["engine"]) == ("attention", "whisper:exercise")
    assert times["model_sha256"].startswith("sha256:")
    assert "attention of whisper:exercise" in str(child.notice)


def test_a_named_model_that_is_not_here_is_waited_for_and_not_replaced(
    house: House, speech: Callable[[int], bytes]
) -> None:
    instance_id, parent = said(house, speech(1), ["any words"])
    run = house.run(JobKind.PLACE, parent.id, instance_id=instance_id, engine="whisper:small")
    with pytest.raises(Waits) as waits:
        place(run)
    assert waits.value.problem.type == "weights-unavailable"
    assert not ready(run.job, house.tools)


def test_a_named_model_that_does_not_know_the_language_fails_by_name(
    house: House, speech: Callable[[int], bytes]
) -> None:
    instance_id, parent = said(house, speech(1), ["kaksi sanaa"], language="fi")
    run = house.run(JobKind.PLACE, parent.id, instance_id=instance_id, engine="whisper:exercise")
    with pytest.raises(Failed) as failed:
        place(run)
    assert failed.value.problem.type == "engine-cannot-time"
    assert "'fi'" in failed.value.problem.detail


@pytest.mark.parametrize(
    ("engine", "because"),
    [
        (None, "no Whisper model is set up here"),
        ("pocketsphinx", "no Whisper model is set up here"),
        ("whisper:exercise", "the exercise model is used only where it is named"),
        ("whisper:/secret/folder/mine.pt", "there is no such file, and no model of that name"),
    ],
)
def test_without_a_model_of_the_house_voices_do_it_and_say_why(
    house: House, engine: str | None, because: str
) -> None:
    settings = house.tools.settings.model_copy(update={"engine": engine})
    assert chosen(settings, "en") == (None, because)
