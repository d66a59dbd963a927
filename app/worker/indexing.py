"""
Keeping the search index current: one transcript at a time, or whatever is missing.

Keeping a transcript asks for the first kind. The second is asked for by `repair`, every minute, where
something is missing that no job is about to put in: after an upgrade, after the index was
emptied, after a job was cancelled or failed.
"""

from datetime import timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import actor, clock, jobs
from app.core.canonical import Json
from app.core.database import Database
from app.core.jobs import Job, JobKind, Run
from app.search import keeping
from app.transcripts import queries as transcripts

CATALOGUE = "catalogue"
"""The subject of a job that puts in whatever is missing."""
BATCH = 50
_PATIENCE = timedelta(minutes=10)


def index(run: Run) -> dict[str, Json]:
    """Put one transcript into the index, or all that are missing."""
    if run.job.subject_kind != CATALOGUE:
        put = partial(_put, run.database, [run.job.subject_id])
        return {"words": run.step("put", put)}
    run.step("clear", partial(_clear_outdated, run.database))
    done = 0
    while missing := run.step("missing", partial(_missing, run.database)):
        assert isinstance(missing, list)  # as `_missing` made it
        run.progress("indexing transcripts", done=done)
        run.step("put", partial(_put, run.database, [str(one) for one in missing]))
        done += len(missing)
    return {"transcripts": done}


def repair(database: Database) -> None:
    """Ask for what is missing to be put in, unless that was asked for lately."""
    with database.reading() as session:
        if not _is_wanting(session):
            return
    with database.writing() as session:
        if _is_wanting(session):
            jobs.request(
                session,
                kind=JobKind.INDEX,
                subject_kind=CATALOGUE,
                subject_id=CATALOGUE,
                case_id=None,
                params={},
                actor=actor.service("worker"),
            )


def _is_wanting(session: Session) -> bool:
    lately = select(Job.id).where(
        Job.subject_id == CATALOGUE, Job.requested_at > clock.now() - _PATIENCE
    )
    if session.scalars(lately.limit(1)).first() is not None:
        return False
    return keeping.is_outdated(session) or any(
        not _is_on_its_way(session, one) for one in keeping.missing(session, limit=BATCH)
    )


def _is_on_its_way(session: Session, transcript_id: str) -> bool:
    return any(
        job.kind is JobKind.INDEX and not job.state.final
        for job in jobs.of_subject(session, transcript_id)
    )


def _missing(database: Database) -> Json:
    with database.reading() as session:
        return list(keeping.missing(session, limit=BATCH))


def _put(database: Database, transcript_ids: list[str]) -> Json:
    """Put these in, each in a transaction of its own; how many words can be found in them."""
    words = 0
    for transcript_id in transcript_ids:
        with database.writing() as session:
            words += keeping.put(session, transcripts.get(session, transcript_id))
    return words


def _clear_outdated(database: Database) -> Json:
    with database.writing() as session:
        return keeping.clear_outdated(session)
