"""The long-running verbs, as processes: what starts, what stops, what is signed by whom."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from app.demo.server import running


@contextmanager
def signing(folder: Path, socket: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A signer in a folder of its own, as another user would run it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "sign", "--socket", str(socket)],
        env={**os.environ, "EARWITNESS_SIGNER_FOLDER": str(folder)},
    )
    try:
        deadline = time.monotonic() + 30
        while not socket.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=10)


def checkpoint(url: str, token: str) -> str:
    """The newest signed checkpoint, waited for."""
    deadline = time.monotonic() + 30
    headers = {"Authorization": f"Bearer {token}"}
    while time.monotonic() < deadline:
        answer = httpx.get(f"{url}/api/v1/custody/checkpoint", headers=headers)
        if answer.is_success:
            return answer.text
        time.sleep(0.2)
    raise AssertionError(answer.text)


def test_a_signer_run_by_somebody_else_signs_what_is_served(tmp_path: Path) -> None:
    socket = tmp_path / "signer.sock"
    with (
        signing(tmp_path / "elsewhere", socket),
        running(
            tmp_path / "store", environment={"EARWITNESS_SIGNER_SOCKET": str(socket)}
        ) as served,
    ):
        from app.demo.cast import assemble

        cast = assemble(served)
        token = cast.reviewer.client.http.headers["Authorization"].removeprefix("Bearer ")
        note = checkpoint(served.url, token)
        cast.close()

    assert note.startswith("earwitness.local/log\n")
    assert (tmp_path / "elsewhere" / "signer.key").exists()
    assert not (tmp_path / "store" / "signer").exists()


def test_a_worker_that_dies_is_started_again(tmp_path: Path) -> None:
    with running(tmp_path / "store") as served:
        first = children(served.process.pid)
        (worker,) = [pid for pid in first if b"work" in first[pid].split(b"\0")]
        os.kill(worker, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            now = children(served.process.pid)
            if any(pid not in first and b"work" in now[pid].split(b"\0") for pid in now):
                return
            time.sleep(0.2)

    raise AssertionError("nobody started it again")


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_nothing_outlives_the_server(tmp_path: Path, sent: signal.Signals) -> None:
    with running(tmp_path / "store") as served:
        started = children(served.process.pid)
        served.process.send_signal(sent)
        served.process.wait(timeout=30)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and any(map(is_alive, started)):
            time.sleep(0.1)

    assert [started[pid] for pid in started if is_alive(pid)] == []


def is_alive(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(parent: int) -> dict[int, bytes]:
    """Command lines of the direct children of a process."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    everyone = [
        int(pid)
        for task in Path(f"/proc/{parent}/task").iterdir()
        for pid in (task / "children").read_text().split()
    ]
    found = {}
    for pid in {*map(int, listed), *everyone}:
        try:
            found[pid] = Path(f"/proc/{pid}/cmdline").read_bytes()
        except FileNotFoundError:
            continue
    return found
