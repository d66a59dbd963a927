"""
The job engine, DBOS Transact, and the only module that knows it.

The engine keeps, in a database of its own, which steps of which workflow are done. A job's
row is the truth about what is to be done; the engine is told of it by a sweep, with the
row's id as the workflow's id, so that telling it twice is telling it once and a lost word is
repeated. What we set by hand, and why:

* `application_version`: otherwise a digest of our source, and every release would strand
  the jobs that run. `VERSION` changes only when a handler's steps change their order;
  `watch` then gives such jobs a new attempt.
* `executor_id`: stable per slot, so that a worker that comes back finds its own jobs.
* the serializer: JSON instead of pickle, so that the database can hold nothing that runs.
* a queue's name, always: work without one goes to whichever process asked.

Failover is ours: `watch` looks for open jobs whose worker is silent and puts their
workflows back in the queue. Doing so by mistake is harmless, for a runner that was
overtaken stops at its next step.
"""

import sqlite3
import threading
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from dbos import (
    DBOS,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    SetWorkflowID,
    WorkflowStatus,
    WorkflowStatusString,
)
from sqlalchemy import make_url, select
from sqlalchemy.exc import OperationalError

from app.core.canonical import Json
from app.core.jobs import heartbeat, transitions
from app.core.jobs.models import Job, JobKind, JobState
from app.core.jobs.problems import place_of, problem_of
from app.core.jobs.queue import DEAD_AFTER
from app.core.jobs.run import Cancelled, Facts, Failed, Handler, Problem, Run, Step, Tools, Waits

VERSION = "2"
SLOW, QUICK = "slow", "quick"
REPEAT_AFTER_S = 30.0
"""A queued job is named to the engine again after this long, in case the word was lost."""
TRIES = 5
"""How often a step is tried when the database does not answer."""

_QUEUES: dict[str, int] = {SLOW: 1, QUICK: 2}
"""Jobs that one worker does at the same time, per queue: listening needs the whole machine."""

_OVER = {
    WorkflowStatusString.SUCCESS.value,
    WorkflowStatusString.ERROR.value,
    WorkflowStatusString.CANCELLED.value,
    WorkflowStatusString.MAX_RECOVERY_ATTEMPTS_EXCEEDED.value,
}

log = structlog.get_logger("jobs")


def queue_of(kind: JobKind) -> str:
    """The queue that a kind of job goes through."""
    return SLOW if kind in {JobKind.TRANSCRIBE, JobKind.REPLAY, JobKind.PLACE} else QUICK


class Runtime:
    """The engine in this process; there can be only one, since the engine is global."""

    def __init__(
        self,
        tools: Tools,
        handlers: Mapping[JobKind, Handler],
        *,
        dead_after: timedelta = DEAD_AFTER,
        poll_s: float = 0.2,
    ) -> None:
        self.tools = tools
        self.handlers = handlers
        self.executor_id = tools.settings.executor_id
        self._dead_after = dead_after
        self._poll_s = poll_s
        self._named: dict[str, float] = {}

    def start(self) -> None:
        """Open the engine's database, take up what this slot left undone, listen."""
        global _runtime  # noqa: PLW0603 - the engine itself is one per process
        _runtime = self
        url = self.tools.settings.engine_url
        _prepare(url)
        DBOS(
            config=DBOSConfig(
                name="earwitness",
                system_database_url=url,
                dbos_system_schema="dbos",
                application_version=VERSION,
                executor_id=self.executor_id,
                serializer=DBOSPortableJSONSerializer(),
                enable_otlp=False,
                log_level="ERROR",
            )
        )
        heartbeat.started(self.tools.database, self.executor_id)
        DBOS.launch()
        for name, at_once in _QUEUES.items():
            DBOS.register_queue(
                name, worker_concurrency=at_once, polling_interval_sec=self._poll_s
            )

    def beat(self) -> None:
        """Say that this worker lives."""
        heartbeat.beat(self.tools.database, self.executor_id)

    def stop(self) -> None:
        """
        Say goodbye, so that others take over at once.

        Runs under way are not waited for: the caller ends the process, and at most the step
        in hand is done again elsewhere.
        """
        heartbeat.stopped(self.tools.database, self.executor_id)

    def sweep(self) -> None:
        """Name every queued job to the engine that it was not told of lately."""
        moment = time.monotonic()
        self._named = {
            name: told for name, told in self._named.items() if moment - told < REPEAT_AFTER_S
        }
        for facts in self._facts(JobState.QUEUED):
            if facts.workflow_id not in self._named:
                self._enqueue(facts)

    def wake(self) -> None:
        """Queue the waiting jobs whose handlers say that they could go on now."""
        for facts in self._facts(JobState.WAITING):
            if self.handlers[facts.kind].ready(facts, self.tools):
                transitions.put_back(self.tools.database, facts, from_states={JobState.WAITING})

    def watch(self) -> None:
        """Find open jobs that nobody is doing any more, and have somebody do them."""
        jobs = {facts.workflow_id: facts for facts in self._facts(*_OPEN)}
        if not jobs:
            return
        known = DBOS.list_workflows(workflow_ids=list(jobs), load_input=False, load_output=False)
        status = {workflow.workflow_id: workflow for workflow in known}
        alive = heartbeat.alive(self.tools.database, within=self._dead_after)
        for name, facts in jobs.items():
            self._repair(facts, status.get(name), alive | {self.executor_id})

    def perform(self, job_id: str, attempt: int) -> None:
        """Do a job, or go on with it: the body of the one workflow there is."""
        database = self.tools.database
        facts = transitions.begin(database, job_id, attempt, executor_id=self.executor_id)
        if facts is None:
            return
        log.info("job begins", job=facts.id, kind=facts.kind, attempt=attempt)
        try:
            result = self.handlers[facts.kind].run(
                Run(facts, self.tools, _Steps(self.tools, facts))
            )
        except Cancelled:
            transitions.stop(database, facts)
        except Waits as waits:
            transitions.wait(database, facts, waits.problem)
        except Failed as failed:
            transitions.fail(database, facts, failed.problem)
        except Exception as error:  # noqa: BLE001 - whatever it was, the row must say so
            log.error(  # noqa: TRY400 - a traceback shows messages, which may quote evidence
                "job broke", job=facts.id, error=type(error).__name__, at=place_of(error)
            )
            transitions.fail(database, facts, problem_of(error))
        else:
            transitions.succeed(database, facts, result)
        log.info("job ends", job=facts.id, kind=facts.kind)

    def _enqueue(self, facts: Facts) -> None:
        with SetWorkflowID(facts.workflow_id):
            DBOS.enqueue_workflow(queue_of(facts.kind), _job, facts.id, facts.attempt)
        self._named[facts.workflow_id] = time.monotonic()

    def _repair(self, facts: Facts, status: WorkflowStatus | None, alive: set[str]) -> None:
        abandoned = status is not None and status.executor_id not in alive
        if status is None:
            self._enqueue(facts)
        elif status.status in _OVER:
            transitions.fail(self.tools.database, facts, transitions.ENDED_WITHOUT_WORD)
        elif status.app_version != VERSION and (abandoned or not self._elsewhere(status)):
            transitions.put_back(self.tools.database, facts, from_states=_OPEN)
        elif status.status == WorkflowStatusString.PENDING.value and abandoned:
            log.warning("job taken over", job=facts.id, was_with=status.executor_id)
            DBOS.resume_workflow(facts.workflow_id, queue_name=queue_of(facts.kind))

    def _elsewhere(self, status: WorkflowStatus) -> bool:
        """Whether another worker has it in hand, perhaps one of an older release."""
        in_hand = status.status == WorkflowStatusString.PENDING.value
        return in_hand and status.executor_id != self.executor_id

    def _facts(self, *states: JobState) -> list[Facts]:
        with self.tools.database.reading() as session:
            statement = select(Job).where(Job.state.in_(states)).order_by(Job.id)
            return [Facts.of(job) for job in session.scalars(statement)]


_OPEN = {JobState.QUEUED, JobState.RUNNING}
_runtime: Runtime | None = None


@DBOS.workflow(name="job")
def _job(job_id: str, attempt: int) -> None:
    """The one workflow; a job's handler decides which steps it takes."""
    assert _runtime is not None  # the engine runs nothing before start()
    _runtime.perform(job_id, attempt)


class _Steps:
    """
    Steps made durable by the engine.

    An outcome of any sort is a value to the engine: it stores errors with their messages, and
    a message can quote evidence.
    """

    def __init__(self, tools: Tools, facts: Facts) -> None:
        self._tools = tools
        self._facts = facts
        self._advanced = threading.Event()

    def __call__(self, name: str, step: Step) -> Json:
        outcome = DBOS.run_step({"name": name}, lambda: self._outcome(step))
        for key, ending in (("failed", Failed), ("waits", Waits)):
            if key in outcome:
                raise ending(Problem(**outcome[key]))
        value: Json = outcome["value"]
        return value

    def _outcome(self, step: Step) -> dict[str, Any]:  # kept and given back as JSON
        try:
            value = _persistently(step)
        except Waits as waits:
            return {"waits": waits.problem.as_data()}
        except Failed as failed:
            return {"failed": failed.problem.as_data()}
        except Exception as error:  # noqa: BLE001 - see the docstring of the class
            log.error(  # noqa: TRY400 - as above
                "step broke", job=self._facts.id, error=type(error).__name__, at=place_of(error)
            )
            return {"failed": problem_of(error).as_data()}
        if not self._advanced.is_set():
            transitions.advanced(self._tools.database, self._facts)
            self._advanced.set()
        return {"value": value}


def _persistently(step: Step) -> Json:
    """Do the step; while the database does not answer, try again for some seconds."""
    for tried in range(1, TRIES):
        try:
            return step()
        except OperationalError:
            time.sleep(0.2 * 2**tried)
    return step()


def _prepare(url: str) -> None:
    """Put an embedded engine database into WAL mode, which it keeps; several workers share it."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        with sqlite3.connect(parsed.database) as connection:
            connection.execute("pragma journal_mode = wal")
