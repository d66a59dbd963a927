"""A machine's transcript made again: by a job, outside of one, and when its model is not here."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.core import jobs
from app.core.digest import Digest
from app.core.errors import Conflict
from app.core.jobs import JobKind, Waits
from app.core.jobs.run import Tools
from app.custody.models import LogEntry
from app.recordings import queries as recordings
from app.transcripts import queries, replays, service
from app.transcripts.models import Transcript, TranscriptKind
from app.transcripts.replay import sentences
from app.worker import engines, replay
from app.worker import transcripts as worker
from transcription import formats
from transcription.formats import TranscriptFormat
from transcription.transcript import Segment, Word
from transcription.transcript import Transcript as Content

from .conftest import ROOT, House, request

pytestmark = pytest.mark.sandbox

SAID = Content(
    "en",
    (
        Segment("Three trucks", 500, 1500, (Word("Three", 500, 900), Word("trucks", 950, 1500))),
        Segment("of flour", 1600, 2400, (Word("of", 1600, 1700), Word("flour", 1750, 2400))),
    ),
)
OTHERWISE = Content(
    "en",
    (
        Segment("Three trains", 500, 1500, (Word("Three", 500, 900), Word("trains", 950, 1500))),
        Segment("of flour", 1600, 2400, (Word("of", 1600, 1700), Word("flour", 1770, 2400))),
    ),
)


@dataclass(frozen=True)
class Booth:
    """A house whose engine reads a script, so that what is heard is known."""

    house: House
    script: Path

    def write(self, content: Content) -> None:
        self.script.write_bytes(formats.write(content, format=TranscriptFormat.NATIVE))
        engines.loaded.cache_clear()

    def transcribed(self, audio: bytes) -> Transcript:
        """What the worker makes of these bytes."""
        _, job_id = request(self.house, audio, language="en")
        with self.house.tools.database.reading() as session:
            params = jobs.get(session, job_id).params
        made = worker.transcribe(self.house.run(JobKind.TRANSCRIBE, "", **params))
        return self.transcript(str(made["transcript"]))

    def transcript(self, identifier: str) -> Transcript:
        with self.house.tools.database.reading() as session:
            return queries.get(session, identifier)

    def recorded(self, like: Transcript, content: Content, **pins: Any) -> Transcript:
        """As if an engine had once heard `content` where it now hears what the script says."""
        derivation = {**(like.derivation or {}), **pins}
        with self.house.tools.database.writing() as session:
            return service.keep(
                session,
                actor=self.house.actor,
                recording=recordings.get(session, like.recording_id),
                content=content,
                kind=TranscriptKind.ASR,
                instance=recordings.get_instance(session, str(like.instance_id)),
                pcm_sha256=derivation["input"]["pcm_sha256"],
                derivation=derivation,
            )

    def from_the_command_line(self, transcript: Transcript) -> tuple[int, dict[str, Any]]:
        """`earwitness transcripts replay`: its exit code, and what it printed."""
        settings = self.house.tools.settings
        environment = {
            **os.environ,
            "EARWITNESS_DATA_DIR": str(settings.data_dir),
            "EARWITNESS_DATABASE_URL": str(settings.database_url),
            "EARWITNESS_ENGINE": str(settings.engine),
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", "transcripts", "replay", transcript.id, "--json"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, json.loads(done.stdout)

    def replayed(self, transcript: Transcript) -> Any:
        """The row that a replay job keeps."""
        replay.replay(self.house.run(JobKind.REPLAY, transcript.id))
        with self.house.tools.database.reading() as session:
            (row,) = replays.of(session, transcript.id)
            return row


@pytest.fixture
def booth(house: House, tmp_path: Path) -> Booth:
    script = tmp_path / "script.json"
    settings = house.tools.settings.model_copy(update={"engine": f"scripted:{script}"})
    found = Booth(replace(house, tools=replace(house.tools, settings=settings)), script)
    found.write(SAID)
    return found


@pytest.fixture
def audio(speech: Callable[[int], bytes]) -> bytes:
    return speech(1)


def test_what_is_made_again_from_the_same_is_identical(booth: Booth, audio: bytes) -> None:
    made = booth.transcribed(audio)

    row = booth.replayed(made)

    assert (row.identical, row.samples_same, row.differences) == (True, True, {})
    assert (row.content_sha256, row.pcm_sha256) == (made.content_sha256, made.pcm_sha256)
    assert row.environment == []
    assert row.derivation == made.derivation
    with booth.house.tools.database.reading() as session:
        entry = session.get(LogEntry, row.log_index)
        assert entry is not None
        assert (entry.event, entry.subject_id) == ("transcript:replay", made.recording_id)
        assert replays.samples_differ(session, [made]) == frozenset()


def test_a_derivation_names_all_that_bears_on_the_words(booth: Booth, audio: bytes) -> None:
    pins = booth.transcribed(audio).derivation

    assert pins is not None
    assert pins["engine"] == "scripted:script.json"
    assert pins["model_sha256"] == str(Digest.of_bytes(booth.script.read_bytes()))
    assert (pins["task"], pins["language"], pins["language_detected"]) == (
        "transcribe",
        "en",
        False,
    )
    assert pins["windows"]
    assert pins["input"]["pcm_sha256"].startswith("sha256:")
    assert pins["input"]["channel"] is None
    assert {"av", "numpy", "soxr", "python", "machine", "cpu"} <= pins["environment"].keys()
    assert "av" in pins["input"]["decoder"] or "libav" in pins["input"]["decoder"]


def test_words_and_times_that_differ_are_named_with_what_else_differed(
    booth: Booth, audio: bytes
) -> None:
    like = booth.transcribed(audio)
    environment = {**(like.derivation or {})["environment"], "av": "13.0.0"}
    made = booth.recorded(like, OTHERWISE, version="scripted 0", environment=environment)

    row = booth.replayed(made)

    assert (row.identical, row.samples_same) == (False, True)
    changed, moved = row.differences["changes"]
    assert (changed["kind"], changed["recorded"]["text"], changed["found"]["text"]) == (
        "changed",
        "trains",
        "trucks",
    )
    assert (moved["aspects"], row.differences["most_moved_ms"]) == (["moved"], 20)
    assert [item["what"] for item in row.environment] == ["environment.av", "version"]
    told = " ".join(sentences(row, recorded_pcm=str(made.pcm_sha256)))
    assert "1 words" in told
    assert "by at most 20 ms" in told
    assert "version was scripted 0, is scripted 1" in told


def test_other_samples_flag_the_transcript_and_are_told_first(booth: Booth, audio: bytes) -> None:
    like = booth.transcribed(audio)
    pcm = str(Digest.of_bytes(b"what another decoder gave"))
    made = booth.recorded(
        like, SAID, input={**(like.derivation or {})["input"], "pcm_sha256": pcm}
    )

    row = booth.replayed(made)

    assert (row.identical, row.samples_same) == (True, False)
    first, *_ = sentences(row, recorded_pcm=pcm)
    assert pcm in first
    assert row.pcm_sha256 in first
    with booth.house.tools.database.reading() as session:
        assert replays.samples_differ(session, [like, made]) == {made.id}


def test_a_model_that_is_not_here_is_waited_for_and_named_by_its_digest(
    booth: Booth, audio: bytes
) -> None:
    made = booth.transcribed(audio)
    booth.write(OTHERWISE)  # the same name, another model
    run = booth.house.run(JobKind.REPLAY, made.id)

    with pytest.raises(Waits) as waits:
        replay.replay(run)

    assert waits.value.problem.type == "weights-unavailable"
    assert made.derivation is not None
    assert made.derivation["model_sha256"] in waits.value.problem.detail
    tools: Tools = booth.house.tools
    assert not replay.ready(run.job, tools), "nothing changed, so nothing is tried"
    booth.write(SAID)
    assert replay.ready(run.job, tools)
    assert booth.replayed(made).identical


def test_what_nobody_here_heard_cannot_be_made_again(booth: Booth, audio: bytes) -> None:
    like = booth.transcribed(audio)
    with booth.house.tools.database.writing() as session:
        brought = service.keep(
            session,
            actor=booth.house.actor,
            recording=recordings.get(session, like.recording_id),
            content=SAID,
            kind=TranscriptKind.HUMAN,
        )

    with pytest.raises(Conflict):
        replay.replay(booth.house.run(JobKind.REPLAY, brought.id))


def test_at_the_machine_itself_the_exit_code_says_how_it_came_out(
    booth: Booth, audio: bytes
) -> None:
    like = booth.transcribed(audio)
    other = booth.recorded(like, OTHERWISE)

    same, told = booth.from_the_command_line(like)
    different, differing = booth.from_the_command_line(other)
    booth.write(OTHERWISE)
    not_run, problem = booth.from_the_command_line(like)

    assert (same, different, not_run) == (0, 1, 2)
    assert told["identical"] is True
    assert differing["differences"]["counts"]["words_changed"] == 1
    assert like.derivation is not None
    assert like.derivation["model_sha256"] in problem["problem"]
    with booth.house.tools.database.reading() as session:
        (kept,) = replays.of(session, like.id)
        assert (kept.job_id, kept.replayed_by) == (None, "service:cli")
        assert kept.log_index == told["log_index"]
