"""
Jobs: what is to be done later, durably.

    queue.py     rows, as the edges and the features see them: request, cancel, retry, find
    run.py       what a handler is given: durable steps, progress, ways to stop
    runtime.py   the one module that knows the job engine; only the worker imports it
"""

from app.core.jobs.models import Heartbeat, Job, JobKind, JobState
from app.core.jobs.queue import cancel, get, listing, living_workers, of_subject, request, retry
from app.core.jobs.run import Cancelled, Facts, Failed, Handler, Problem, Run, Waits

__all__ = [
    "Cancelled",
    "Facts",
    "Failed",
    "Handler",
    "Heartbeat",
    "Job",
    "JobKind",
    "JobState",
    "Problem",
    "Run",
    "Waits",
    "cancel",
    "get",
    "listing",
    "living_workers",
    "of_subject",
    "request",
    "retry",
]
