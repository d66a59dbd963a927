"""Requests with a token, answers as JSON, problems (RFC 9457) as exceptions."""

import time
import uuid
from collections.abc import Callable
from typing import Any, Self

import httpx

FINAL = frozenset({"succeeded", "failed", "cancelled"})
Watch = Callable[[dict[str, Any]], None]


class Refused(Exception):
    """The server answered with a problem; `problem` is the whole RFC 9457 document."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        said = problem.get("detail") or problem.get("title") or "no reason given"
        super().__init__(f"{status}: {said}")
        self.status = status
        self.problem = problem


class Client:
    """One account's way in: a base address and, after signing up, a token."""

    def __init__(self, base_url: str, *, token: str | None = None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.http = httpx.Client(
            base_url=base_url.rstrip("/"), headers=headers, timeout=httpx.Timeout(60.0)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def get(self, path: str, **params: str | int) -> Any:
        """GET a JSON document; `Refused` when the server gives a problem instead."""
        return answer(self.http.get(path, params=params))

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """POST once: a retry by the transport under the same key has no second effect."""
        key = {"Idempotency-Key": str(uuid.uuid4())}
        return answer(self.http.post(path, json=body or {}, headers=key))

    def wait(self, job: dict[str, Any], *, watch: Watch | None = None) -> dict[str, Any]:
        """
        Follow a job until it ends or waits for something that only a person can bring.

        `watch` is called with the job each time it was looked at.
        """
        while True:
            job = self.get(f"/api/v1/jobs/{job['id']}")
            if watch:
                watch(job)
            if job["state"] in FINAL or job["state"] == "waiting":
                return job
            time.sleep(0.25)


def answer(response: httpx.Response) -> Any:
    """The JSON of a good answer; `Refused` for any other."""
    if response.is_success:
        return response.json() if response.content else None
    try:
        problem = response.json()
    except ValueError:
        problem = {"title": response.reason_phrase}
    raise Refused(response.status_code, problem)
