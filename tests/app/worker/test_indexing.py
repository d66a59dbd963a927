"""The index follows the transcripts, and finds by itself what a lost job left out."""

from sqlalchemy import select

from app.core import clock
from app.core.database import Database
from app.core.jobs import Job, JobKind, JobState, Run
from app.core.jobs.run import Facts
from app.recordings import queries as recordings
from app.search import keeping
from app.transcripts.models import Transcript
from app.worker import indexing
from app.worker.handlers import HANDLERS
from tests.conftest import FrozenClock

from .conftest import House, tone
from .test_quotes import heard


def said(house: House) -> Transcript:
    instance = house.acquire(tone(1))
    with house.tools.database.reading() as session:
        recording = recordings.get(session, instance.recording_id)
    return heard(house, recording)


def index_jobs(database: Database) -> list[Job]:
    with database.reading() as session:
        return list(session.scalars(select(Job).where(Job.kind == JobKind.INDEX).order_by(Job.id)))


def missing(database: Database) -> list[str]:
    with database.reading() as session:
        return list(keeping.missing(session))


def run_of(house: House, job: Job) -> Run:
    return Run(Facts.of(job), house.tools, lambda _name, step: step())


def finish(house: House, job: Job, state: JobState) -> None:
    with house.tools.database.writing() as session:
        row = session.get_one(Job, job.id)
        row.state, row.finished_at = state, clock.now()


def test_every_version_that_is_kept_asks_to_be_put_in(house: House) -> None:
    transcript = said(house)
    (job,) = index_jobs(house.tools.database)
    assert (job.subject_kind, job.subject_id) == ("transcript", transcript.id)
    assert missing(house.tools.database) == [transcript.id]

    result = HANDLERS[JobKind.INDEX].run(run_of(house, job))

    assert result == {"words": 7}
    assert missing(house.tools.database) == []


def test_nothing_is_repaired_while_a_job_is_on_its_way_or_nothing_is_missing(
    house: House,
) -> None:
    said(house)
    (job,) = index_jobs(house.tools.database)
    indexing.repair(house.tools.database)
    assert len(index_jobs(house.tools.database)) == 1, "the job is still to come"

    indexing.index(run_of(house, job))
    finish(house, job, JobState.SUCCEEDED)
    indexing.repair(house.tools.database)
    assert len(index_jobs(house.tools.database)) == 1, "nothing is missing"


def test_what_a_lost_job_left_out_is_put_in_by_one_job_for_all(
    house: House, frozen_clock: FrozenClock
) -> None:
    transcripts = [said(house), said(house)]
    for job in index_jobs(house.tools.database):
        finish(house, job, JobState.CANCELLED)

    indexing.repair(house.tools.database)
    indexing.repair(house.tools.database)

    # The clock stands still, so the jobs come in no order.
    jobs = index_jobs(house.tools.database)
    (repairing,) = (job for job in jobs if job.case_id is None)
    assert len(jobs) == 3
    assert set(missing(house.tools.database)) == {transcript.id for transcript in transcripts}
    assert indexing.index(run_of(house, repairing)) == {"transcripts": 2}
    assert missing(house.tools.database) == []


def test_a_repair_that_failed_is_tried_again_later_and_not_at_once(
    house: House, frozen_clock: FrozenClock
) -> None:
    said(house)
    finish(house, index_jobs(house.tools.database)[0], JobState.FAILED)
    indexing.repair(house.tools.database)
    (again,) = (job for job in index_jobs(house.tools.database) if not job.state.final)
    finish(house, again, JobState.FAILED)

    frozen_clock.advance(minutes=9)
    indexing.repair(house.tools.database)
    assert len(index_jobs(house.tools.database)) == 2
    frozen_clock.advance(minutes=2)
    indexing.repair(house.tools.database)
    assert len(index_jobs(house.tools.database)) == 3
