"""A server of our own for one run: a fresh store, a free port, a first administrator."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

START_S = 90


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address, process, log, and the administrator's token and login."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str]
    token: str
    login: str
    password: str


class NotStarted(Exception):
    """The server did not come up; carries the end of its log."""


@contextmanager
def running(
    data_dir: Path, *, port: int = 0, environment: dict[str, str] | None = None
) -> Iterator[Server]:
    """
    Serve a store in `data_dir` until the block ends; `port` 0 takes a free one.

    `environment` adds settings (`EARWITNESS_…`). Raises `NotStarted`.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    chosen = port if port and _is_free(port) else _free_port()
    url = f"http://127.0.0.1:{chosen}"
    settings = {
        **os.environ,
        "EARWITNESS_DATA_DIR": str(data_dir),
        "EARWITNESS_PUBLIC_URL": url,
        **(environment or {}),
    }
    login, password = "admin", secrets.token_urlsafe(12)
    token = _first_administrator(data_dir, login, password, settings)
    log = data_dir / "server.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve", "--port", str(chosen)],
            env=settings,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await(url, process, log)
        yield Server(url, process, log, settings, token, login, password)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()


def _first_administrator(folder: Path, login: str, password: str, settings: dict[str, str]) -> str:
    secret, token = folder / "admin.password", folder / "admin.token"
    secret.touch(mode=0o600)
    secret.write_text(password, encoding="utf-8")
    command = [sys.executable, "-m", "app.cli", "admin", "create-administrator", login]
    options = ["--password-file", str(secret), "--token-file", str(token)]
    done = subprocess.run(
        [*command, *options], env=settings, capture_output=True, text=True, check=False
    )
    secret.unlink()
    if done.returncode:
        raise NotStarted(done.stderr[-2000:])
    issued = token.read_text(encoding="utf-8")
    token.unlink()
    return issued


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/ready", timeout=2).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise NotStarted(log.read_text(errors="replace")[-2000:])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
