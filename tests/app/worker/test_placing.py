"""Placing in a worker: a child with times, which says how they were found, or a plain refusal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core.jobs import Failed, JobKind
from app.recordings import queries as recordings
from app.transcripts import queries, service
from app.transcripts.models import Transcript, TranscriptKind
from app.worker.placing import place
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

from .conftest import House

pytestmark = pytest.mark.sandbox

TRUTH = json.loads(
    (Path(__file__).resolve().parents[3] / "app/demo/audio/truth.json").read_text()
)["exchange_en.flac"]["lines"]


def said(house: House, recording: bytes, lines: list[str]) -> tuple[str, Transcript]:
    """Hold a recording and a text that a person typed: the instance and the transcript."""
    instance = house.acquire(recording)
    with house.tools.database.writing() as session:
        transcript = service.keep(
            session,
            actor=house.actor,
            recording=recordings.get(session, instance.recording_id),
            content=Content("en", tuple(Segment(line, speaker="A") for line in lines)),
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
