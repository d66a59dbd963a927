"""
Work that outlives a request, and the workers that do it.

A job is a row first: the request that needs it commits it together with its own change, and
a worker finds it. The engine's own tables are somewhere else and may be lost without losing
a job. Jobs are operational, not evidence: what they make is evidence and is sealed, and
what people ask of them (cancel, retry) is in the custody log.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Base, choice


class JobKind(StrEnum):
    """What there is to do."""

    IDENTIFY = "identify"  # decode an instance once and say what it is
    TRANSCRIBE = "transcribe"  # let an engine listen to a recording
    REPLAY = "replay"  # make a machine's transcript again and compare
    PLACE = "place"  # find when the words of a transcript are said
    ALIGN = "align"  # look for quotes in transcripts
    INDEX = "index"  # put transcripts into the search index
    SUPPORT = "support"  # ask an engine of each quoted word whether the audio bears it out
    EXTRACT = "extract"  # read the text of a published page that is kept
    FETCH = "fetch"  # get a published page from its address
    FIXITY = "fixity"  # read an original again and compare its digest


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"  # for something named in `problem`, and goes on by itself
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more happens unless somebody asks for a retry."""
        return self in {JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED}


class Job(Base):
    """One piece of work, as people see it."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_requested_at", "state", "requested_at"),)

    id: Mapped[str] = mapped_column(
        primary_key=True, comment="UUIDv7; the first attempt's workflow has the same name"
    )
    kind: Mapped[JobKind] = mapped_column(choice(JobKind), comment="what there is to do")
    subject_kind: Mapped[str] = mapped_column(comment="media_instance, recording, transcript …")
    subject_id: Mapped[str] = mapped_column(index=True, comment="which one")
    case_id: Mapped[str | None] = mapped_column(index=True, comment="whose need to know")
    params: Mapped[dict[str, Any]] = mapped_column(comment="what the handler needs to know")
    requested_by: Mapped[dict[str, Any]] = mapped_column(comment="the actor who asked")
    state: Mapped[JobState] = mapped_column(choice(JobState), comment="where it stands")
    stage: Mapped[str | None] = mapped_column(comment="what is being done, for people")
    done: Mapped[int] = mapped_column(comment="steps of the stage that are finished")
    total: Mapped[int | None] = mapped_column(comment="steps of the stage, once known")
    problem: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="type, title, detail of what it failed or waits for"
    )
    result: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="what it made: identifiers and counts, no evidence"
    )
    attempt: Mapped[int] = mapped_column(comment="from 1; a retry is a new workflow")
    starts: Mapped[int] = mapped_column(
        comment="times a worker began this attempt: more than one means that workers died"
    )
    cancel_requested: Mapped[bool] = mapped_column(comment="stop before the next step")
    executor_id: Mapped[str | None] = mapped_column(comment="the worker that began it last")
    requested_at: Mapped[datetime] = mapped_column(comment="our clock")
    started_at: Mapped[datetime | None] = mapped_column(comment="first begin of this attempt")
    finished_at: Mapped[datetime | None] = mapped_column(comment="when it became final")
    updated_at: Mapped[datetime] = mapped_column(comment="last change of this row")


class Heartbeat(Base):
    """When a worker slot was last heard of."""

    __tablename__ = "worker_heartbeat"

    executor_id: Mapped[str] = mapped_column(primary_key=True, comment="stable name of the slot")
    started_at: Mapped[datetime] = mapped_column(comment="when its present process began")
    beat_at: Mapped[datetime] = mapped_column(index=True, comment="last sign of life")
    stopped_at: Mapped[datetime | None] = mapped_column(
        comment="when it went away on purpose; its jobs may be taken at once"
    )
