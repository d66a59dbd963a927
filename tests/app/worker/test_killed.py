"""
kill -9 at every point of a transcription: resumed, no window heard twice, one transcript kept.

The worker is a real process that ends itself by SIGKILL exactly where the point says, and the
windows are counted in the workers' log.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.core.jobs import JobState
from app.custody.models import LogEntry
from app.transcripts import queries
from tests.app.core.jobs.conftest import until
from transcription import formats
from transcription.formats import TranscriptFormat
from transcription.transcript import Segment
from transcription.transcript import Transcript as Content

from .conftest import House, Workers, request, transcripts
from .dying_worker import POINTS

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]

SAID = Content(
    "en",
    tuple(
        Segment(f"Truck {number} waits", number * 5_000, number * 5_000 + 900)
        for number in range(20)
    ),
)
KEPT_ALREADY = {"after keeping"}
HEARD_TWICE = {"in the third window": 1}  # it was heard, and nobody could know


@pytest.mark.parametrize("point", POINTS)
def test_a_worker_killed_at_any_point_is_resumed_where_it_was(
    house: House,
    workers: Workers,
    speech: Callable[[int], bytes],
    tmp_path: Path,
    point: str,
) -> None:
    script = tmp_path / "script.json"
    script.write_bytes(formats.write(SAID, format=TranscriptFormat.NATIVE))
    recording_id, job_id = request(house, speech(4), language="en")

    dying = workers.start(engine=f"scripted:{script}", dies=point)
    until(lambda: dying.poll() is not None, seconds=180)
    assert dying.returncode == -9
    assert len(transcripts(house, recording_id)) == (1 if point in KEPT_ALREADY else 0)

    workers.start(engine=f"scripted:{script}")
    job = workers.ended(job_id, JobState.SUCCEEDED)

    heard = workers.heard()
    assert len(set(heard)) > 3
    assert len(heard) - len(set(heard)) == HEARD_TWICE.get(point, 0)
    (made,) = transcripts(house, recording_id)
    assert (job.result or {})["transcript"] == made.id
    assert job.attempt == 1
    with house.tools.database.reading() as session:
        assert queries.value(session, made).text == SAID.text
        entries = session.scalar(
            select(func.count())
            .select_from(LogEntry)
            .where(LogEntry.event == "transcript:creation")
        )
    assert entries == 1
