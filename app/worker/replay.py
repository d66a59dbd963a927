"""
Making a machine's transcript again, from the original bytes: as a job, or at the machine itself.

Everything is taken from the derivation on record: model by its digest, task, channel, windows.
A language that the engine named itself is named again. What cannot be taken from it (versions,
threads, the processor) is what the outcome tells apart.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.orm import Session

from app.core.canonical import Json
from app.core.errors import Conflict
from app.core.jobs import Facts, Run
from app.core.jobs.run import Step, Tools
from app.core.settings import Settings
from app.core.storage import ObjectStore
from app.recordings import queries as recordings
from app.recordings.models import MediaInstance
from app.transcripts import queries, replays
from app.transcripts.models import Transcript
from app.transcripts.replay import Outcome, judged
from app.worker import engines
from app.worker.derivation import windows_of
from app.worker.listening import Plan, Work, hear, whole
from app.worker.parents import RETRY, Parent
from app.worker.recordings import can_decode
from transcription.errors import EngineUnavailable
from transcription.transcript import Transcript as Content

if TYPE_CHECKING:
    from transcription.engines import Engine


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record of a machine's transcript, and of the one it was made from."""

    transcript: Transcript
    content: Content
    instance: MediaInstance
    parent: Parent | None

    @property
    def pins(self) -> dict[str, Any]:
        """The derivation; there is one (`recorded` saw to that)."""
        return cast("dict[str, Any]", self.transcript.derivation)


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Work outside of any job: steps are done and not kept."""

    settings: Settings
    storage: ObjectStore
    said: Callable[[str, int, int | None], None] = lambda _stage, _done, _total: None

    def step(self, name: str, step: Step) -> Json:  # noqa: ARG002 - nothing is found again
        """Do it."""
        return step()

    def progress(self, stage: str, *, done: int = 0, total: int | None = None) -> None:
        """Pass it on."""
        self.said(stage, done, total)


def recorded(session: Session, transcript_id: str) -> Recorded:
    """Read what a replay needs; `Conflict` for a transcript that no engine here made."""
    transcript = queries.get(session, transcript_id)
    if not transcript.made_here or transcript.derivation is None or not transcript.instance_id:
        raise Conflict("no engine here wrote this transcript, so none can be asked to again")
    parent = None
    if transcript.parent_id is not None:
        made_from = queries.get(session, transcript.parent_id)
        parent = Parent(made_from, queries.value(session, made_from))
    instance = recordings.get_instance(session, transcript.instance_id)
    return Recorded(transcript, queries.value(session, transcript), instance, parent)


def made_again(
    work: Work, engine: "Engine", before: Recorded, *, named: str
) -> tuple[Outcome, dict[str, Json]]:
    """Hear it all once more: the outcome, and what pins the new hearing. Raises as `hear` does."""
    from transcription.engines import Task

    pins = before.pins
    windows = windows_of(pins)
    plan = Plan(
        instance=before.instance,
        task=Task(pins["task"]),
        language=None if pins.get("language_detected", True) else pins["language"],
        channel=pins["input"].get("channel"),
        cut=(lambda _samples, _engine: windows) if windows else whole,
        parent=pins.get("parent"),
    )
    heard = hear(work, engine, plan, named=named)
    content = heard.content
    if before.parent and (pins.get("parent") or {}).get("relation") == RETRY:
        content = before.parent.joined(content, windows)
    return judged(before.content, pins, content, heard.derivation), heard.derivation


def replay(run: Run) -> dict[str, Json]:
    """Make the transcript again that the job is about, and keep how that came out."""
    with run.database.reading() as session:
        before = recorded(session, run.job.subject_id)
    run.progress("loading the engine")
    try:
        engine = engines.of_derivation(before.pins, run.settings)
    except EngineUnavailable as error:
        raise engines.waits_for(run.job, run.settings, error) from error
    outcome, pins = made_again(run, engine, before, named=run.job.id)
    run.progress("keeping the outcome")
    return cast(
        "dict[str, Json]", run.step("keep", partial(_keep, run, before.transcript, outcome, pins))
    )


def ready(facts: Facts, tools: Tools) -> bool:
    """Whether a replay that waits may find its model now."""
    return engines.worth_trying(facts, tools.settings) and can_decode(facts, tools)


def _keep(run: Run, transcript: Transcript, outcome: Outcome, pins: dict[str, Json]) -> Json:
    with run.database.writing() as session:
        kept = replays.keep(
            session,
            actor=run.actor,
            transcript=transcript,
            outcome=outcome,
            derivation=pins,
            job_id=run.job.id,
        )
        return {
            "replay": kept.id,
            "identical": kept.identical,
            "samples_same": kept.samples_same,
        }
