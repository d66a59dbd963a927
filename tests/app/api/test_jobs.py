"""Jobs over HTTP: seen by those who need to know, stopped by those who may."""

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.permissions import Role
from app.core import actor, jobs
from app.core.database import Database
from app.core.jobs import Job, JobKind, JobState, Problem, transitions
from app.core.jobs.run import Facts

SignUp = Callable[[Role, str], dict[str, str]]


@pytest.fixture
def case(people: Any) -> str:
    return str(people.case())


def requested(database: Database, case: str | None, **columns: Any) -> Job:
    with database.writing() as session:
        job = jobs.request(
            session,
            kind=JobKind.IDENTIFY,
            subject_kind="media_instance",
            subject_id="instance-1",
            case_id=case,
            params={},
            actor=actor.service("test"),
        )
        for name, value in columns.items():
            setattr(job, name, value)
        return job


def test_a_job_says_where_it_stands(
    client: TestClient, app_database: Database, sign_up: SignUp, case: str
) -> None:
    problem = Problem("weights-unavailable", "No engine", "Put the file there.").as_data()
    job = requested(app_database, case, state=JobState.WAITING, problem=problem, done=2, total=5)

    answer = client.get(f"/api/v1/jobs/{job.id}", headers=sign_up(Role.AUDITOR, case))

    assert answer.status_code == 200
    found = answer.json()
    assert (found["state"], found["done"], found["total"]) == ("waiting", 2, 5)
    assert found["problem"] == problem
    assert found["requested_at"].endswith("Z")


def test_jobs_of_other_cases_do_not_exist(
    client: TestClient, app_database: Database, sign_up: SignUp, people: Any, case: str
) -> None:
    job = requested(app_database, case)
    stranger = sign_up(Role.INVESTIGATOR, people.case("Another"))

    assert client.get("/api/v1/jobs", headers=stranger).json()["items"] == []
    for call in (client.get, client.post):
        address = f"/api/v1/jobs/{job.id}" + ("/cancel" if call == client.post else "")
        assert call(address, headers=stranger).status_code == 404
    assert client.get(f"/api/v1/jobs/{job.id}/events", headers=stranger).status_code == 404


def test_a_listing_is_newest_first_and_narrowed(
    client: TestClient, app_database: Database, sign_up: SignUp, case: str
) -> None:
    made = [requested(app_database, case).id for _ in range(3)]
    failed = requested(app_database, case, state=JobState.FAILED).id
    headers = sign_up(Role.REVIEWER, case)

    first = client.get("/api/v1/jobs?limit=2", headers=headers)
    rest = client.get(f"/api/v1/jobs?cursor={first.json()['next_cursor']}", headers=headers)
    found = [item["id"] for item in first.json()["items"] + rest.json()["items"]]
    assert found == sorted([*made, failed], reverse=True)
    only = client.get("/api/v1/jobs?state=failed", headers=headers).json()["items"]
    assert [item["id"] for item in only] == [failed]


def test_cancelling_twice_is_a_conflict_and_retrying_makes_a_second_attempt(
    client: TestClient, app_database: Database, sign_up: SignUp, case: str
) -> None:
    address = f"/api/v1/jobs/{requested(app_database, case).id}"
    headers = sign_up(Role.INVESTIGATOR, case)

    assert client.post(f"{address}/cancel", headers=headers).json()["state"] == "cancelled"
    again = client.post(f"{address}/cancel", headers=headers)
    retried = client.post(f"{address}/retry", headers=headers)

    assert (again.status_code, again.json()["type"].rsplit("/", 1)[-1]) == (409, "conflict")
    assert (retried.status_code, retried.headers["Location"]) == (202, address)
    assert (retried.json()["state"], retried.json()["attempt"]) == ("queued", 2)


def test_a_reviewer_sees_jobs_and_stops_none(
    client: TestClient, app_database: Database, sign_up: SignUp, case: str
) -> None:
    job = requested(app_database, case)
    answer = client.post(f"/api/v1/jobs/{job.id}/cancel", headers=sign_up(Role.REVIEWER, case))

    assert answer.status_code == 403


def test_a_job_is_listened_to_until_it_is_over(
    client: TestClient, app_database: Database, sign_up: SignUp, case: str
) -> None:
    job = requested(app_database, case, state=JobState.RUNNING)

    def work() -> None:
        transitions.succeed(app_database, Facts.of(job), {"made": 1})

    later = threading.Timer(1.0, work)
    later.start()
    answer = client.get(f"/api/v1/jobs/{job.id}/events", headers=sign_up(Role.REVIEWER, case))
    later.join()

    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [line[6:] for line in answer.text.splitlines() if line.startswith("data: ")]
    told = [json.loads(event) for event in events]
    assert told[-1]["state"] == "succeeded"
    assert told[-1]["result"] == {"made": 1}
    assert answer.text.startswith("event: job\n")
