"""
What a handler is given, and the ways in which it may end.

A handler is a plain function of a `Run`. Whatever takes long or changes anything happens
inside `run.step(name, fn)`: the step's result is kept, and after a crash the next worker
gets it back instead of doing it again. Steps run at least once (a worker can die between
the change and its record), so every change a step makes carries a key under which it is
found a second time. What stands outside of steps is repeated and must always take the
same steps in the same order.

A handler ends by returning the job's result or by raising `Failed` or `Waits`.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from app.core import actor, clock
from app.core.canonical import Json
from app.core.database import Database
from app.core.jobs.models import Job, JobKind
from app.core.settings import Settings
from app.core.storage import ObjectStore

THROTTLE_S = 1.0
"""Progress within a stage is written at most this often; a new stage is written at once."""

Step = Callable[[], Json]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a job failed or waits: a stable `type`, and words for people without evidence."""

    type: str
    title: str
    detail: str

    def as_data(self) -> dict[str, Json]:
        """What the row keeps."""
        return {"type": self.type, "title": self.title, "detail": self.detail}


class Ending(Exception):
    """A handler's way to end without a result; never reaches an edge."""


class Failed(Ending):
    """The job cannot be done; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


class Waits(Ending):
    """The job cannot be done yet; it goes on by itself when the handler's `ready` says so."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


class Cancelled(Ending):
    """Somebody asked to stop, and this is the next step's boundary."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a handler may know of its job; fixed for the whole attempt."""

    id: str
    kind: JobKind
    subject_kind: str
    subject_id: str
    case_id: str | None
    params: Mapping[str, Json]
    requested_by: Mapping[str, Json]
    attempt: int

    @classmethod
    def of(cls, job: Job) -> "Facts":
        """Copy them from the row."""
        return cls(
            id=job.id,
            kind=job.kind,
            subject_kind=job.subject_kind,
            subject_id=job.subject_id,
            case_id=job.case_id,
            params=job.params,
            requested_by=job.requested_by,
            attempt=job.attempt,
        )

    @property
    def workflow_id(self) -> str:
        """The name of this attempt in the engine: the row's id, then `<id>.2` and so on."""
        return self.id if self.attempt == 1 else f"{self.id}.{self.attempt}"


class Durable(Protocol):
    """How a step is made durable: the engine's part of a run."""

    def __call__(self, name: str, step: Step) -> Json:
        """Do `step`, or give back what it gave before a crash."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a worker has at hand for every job."""

    settings: Settings
    database: Database
    storage: ObjectStore


class Run:
    """One execution of one attempt, in the hands of a handler."""

    def __init__(self, job: Facts, tools: Tools, durable: Durable) -> None:
        self.job = job
        self.settings = tools.settings
        self.database = tools.database
        self.storage = tools.storage
        self.actor = actor.Actor(
            id="service:worker", kind=actor.ActorKind.SERVICE, name="worker", via=job.id
        )
        self._durable = durable
        self._written_at = float("-inf")
        self._stage: str | None = None

    def step(self, name: str, step: Step) -> Json:
        """
        Do one durable step; its result must be JSON without floats.

        Raises `Cancelled` when somebody asked to stop, `Failed` when the step failed.
        """
        self._stop_if_asked()
        return self._durable(name, step)

    def progress(self, stage: str, *, done: int = 0, total: int | None = None) -> None:
        """Tell people how far it is: in a transaction of its own, at most once a second."""
        moment = time.monotonic()
        if stage == self._stage and done != total and moment - self._written_at < THROTTLE_S:
            return
        self._stage, self._written_at = stage, moment
        with self.database.writing() as session:
            row = session.get(Job, self.job.id)
            if row is not None and row.attempt == self.job.attempt:
                row.stage, row.done, row.total = stage, done, total
                row.updated_at = clock.now()

    def _stop_if_asked(self) -> None:
        with self.database.reading() as session:
            row = session.get(Job, self.job.id)
            asked = row is None or row.cancel_requested or row.attempt != self.job.attempt
        if asked:
            raise Cancelled


@dataclass(frozen=True, slots=True)
class Handler:
    """
    How one kind of job is done.

    `ready` says whether a job that waits could go on now; it must be cheap and must not raise.
    """

    run: Callable[[Run], dict[str, Json]]
    ready: Callable[[Facts, Tools], bool] = lambda _facts, _tools: True
