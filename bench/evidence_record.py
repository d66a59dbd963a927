"""
How many evidence records a second, against a bare endpoint that answers the same bytes.

The record is of a recording with three transcripts and fifty quotes (`bench.told`). The
yardstick (`bench.bare`) runs in a process of its own and is given exactly the bytes of the record;
both are asked by the same loop, turn and turn about. Between two changes of the log a
record is kept in memory, so how much more it takes to put one together anew is told too.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.client import Client
from app.demo.cast import assemble
from app.demo.server import running
from bench import told
from bench.figure import Figure, median_ratio, rounded
from bench.load import requests_per_second

API = "/api/v1"
TURNS = 5
CONNECTIONS = 4
HALF = 0.5
START_S = 30
ANEW = 10


def figures(folder: Path, *, requests: int) -> list[Figure]:
    """Requests a second of both, and what a record costs that is not kept."""
    with running(folder / "record-store") as server:
        cast = assemble(server)
        try:
            client = cast.investigator.client
            recording = told.recording(client, cast.case_id)
            path = f"{API}/recordings/{recording}/evidence-record"
            content = client.http.get(path).content
            ours, bare = _compared(
                folder, client, f"{server.url}{path}", content, requests=requests
            )
            kept, anew = _anew(client, path, last=client.get(path)["read_at"]["log_index"])
        finally:
            cast.close()
    return [
        Figure(
            name="Evidence record: requests a second against a bare endpoint, same bytes",
            value=median_ratio(ours, bare),
            bar=HALF,
            facts={
                "bytes": len(content),
                "transcripts": told.TRANSCRIPTS,
                "quotes": told.QUOTES,
                "record_per_s": rounded(ours),
                "bare_per_s": rounded(bare),
            },
        ),
        Figure(
            name="Evidence record put together anew: time against one that is kept",
            value=median_ratio(anew, kept),
            facts={"anew_s": rounded(anew), "kept_s": rounded(kept)},
        ),
    ]


def _compared(
    folder: Path, client: Client, url: str, content: bytes, *, requests: int
) -> tuple[list[float], list[float]]:
    """Requests a second of the record and of the yardstick, a warm-up of each thrown away."""
    headers = {"Authorization": client.http.headers["Authorization"]}
    ours: list[float] = []
    bare: list[float] = []
    with _yardstick(folder, content) as yardstick:
        for _ in range(1 + TURNS):
            for at, rates in ((yardstick, bare), (url, ours)):
                rates.append(
                    requests_per_second(
                        at,
                        headers=headers,
                        count=requests,
                        connections=CONNECTIONS,
                        expected=content,
                    )
                )
    return ours[1:], bare[1:]


def _anew(client: Client, path: str, *, last: int) -> tuple[list[float], list[float]]:
    """Seconds for a record that is kept, and for records as of places nobody asked about yet."""
    kept: list[float] = []
    anew: list[float] = []
    for place in range(last - ANEW, last):
        for times in (anew, kept):
            began = time.perf_counter()
            client.http.get(path, params={"as_of": place}).raise_for_status()
            times.append(time.perf_counter() - began)
    return kept, anew


@contextmanager
def _yardstick(folder: Path, content: bytes) -> Iterator[str]:
    """The bare endpoint over these bytes, until the block ends; gives its address."""
    file = folder / "record.json"
    file.write_bytes(content)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "bench.bare", str(file), str(port)])
    try:
        _await(process, port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(timeout=START_S)


def _await(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the bare endpoint did not start")
