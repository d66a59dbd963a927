"""
The commands of the compose file, started natively: a real PostgreSQL, a real S3 server, the web
process and the worker each a process of its own, with the environment that the file gives them.

What the file names by container (hosts, secret files, folders) is replaced by what the test has;
nothing else is.
"""

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import create_engine, make_url, text

from tests.s3server import S3Server

ROOT = Path(__file__).resolve().parents[2]
EARWITNESS = Path(sys.executable).with_name("earwitness")
START_S = 90
STOP_S = 60

pytestmark = [pytest.mark.s3, pytest.mark.slow]


@dataclass
class Fleet:
    """The compose file's services of ours, to be run here."""

    services: dict[str, Any]
    replaced: dict[str, str]
    port: int
    logs: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def environment(self, name: str) -> dict[str, str]:
        """The environment of one service, with what only a container has replaced."""
        ours = {**self.services[name]["environment"], **self.replaced}
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("EARWITNESS_")}
        return {**inherited, **ours}

    def words(self, name: str) -> list[str]:
        """The command of one service, on a port of ours and on loopback."""
        _, *words = self.services[name]["command"]
        own = {"8000": str(self.port), "0.0.0.0": "127.0.0.1"}
        return [str(EARWITNESS), *(own.get(word, word) for word in words)]

    def run(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run a service that ends by itself."""
        return subprocess.run(
            self.words(name),
            env=self.environment(name),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=START_S,
            check=False,
        )

    def start(self, name: str) -> None:
        """Start a service that lasts."""
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.words(name), env=self.environment(name), cwd=ROOT, stdout=log, stderr=log
            )

    def stop(self, name: str) -> int:
        """Ask a service to end, as `docker compose stop` does; return its exit status."""
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=STOP_S)

    def healthy(self, name: str) -> bool:
        """Run the health check of one service once."""
        _, _, *words = self.services[name]["healthcheck"]["test"]
        ours = [word.replace(":8000/", f":{self.port}/") for word in words]
        ran = subprocess.run(
            [sys.executable, *ours],
            env=self.environment(name),
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        return ran.returncode == 0

    def becomes_healthy(self, name: str) -> None:
        """Wait as Docker does; fail with the service's own log."""
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline and self.running[name].poll() is None:
            if self.healthy(name):
                return
            time.sleep(0.5)
        pytest.fail(f"{name} is not healthy:\n{self.log(name)}")

    def log(self, name: str) -> str:
        return (self.logs / f"{name}.log").read_text(errors="replace")[-4000:]


@pytest.fixture
def fleet(postgresql_server: str, s3_server: S3Server, tmp_path: Path) -> Iterator[Fleet]:
    """An empty database and an empty bucket, with nothing started yet."""
    name = f"fleet_{secrets.token_hex(6)}"
    administered = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with administered.connect() as connection:
        connection.execute(text(f"create database {name}"))
    files = {
        "database_password": "unused on a local socket",
        "s3_access_key": s3_server.access_key,
        "s3_secret_key": s3_server.secret_key,
    }
    for file, content in files.items():
        (tmp_path / file).write_text(f"{content}\n")
    url = make_url(postgresql_server).set(database=name)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    replaced = {
        "EARWITNESS_DATA_DIR": str(tmp_path / "data"),
        "EARWITNESS_DATABASE_URL": url.render_as_string(hide_password=False),
        "EARWITNESS_DATABASE_PASSWORD_FILE": str(tmp_path / "database_password"),
        "EARWITNESS_S3_BUCKET": s3_server.make_bucket(),
        "EARWITNESS_S3_ENDPOINT": s3_server.endpoint,
        "EARWITNESS_S3_ACCESS_KEY_FILE": str(tmp_path / "s3_access_key"),
        "EARWITNESS_S3_SECRET_KEY_FILE": str(tmp_path / "s3_secret_key"),
        "EARWITNESS_MODELS_DIR": str(tmp_path / "models"),
        "EARWITNESS_PUBLIC_URL": f"http://127.0.0.1:{port}",
    }
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    fleet = Fleet(services, replaced, port, tmp_path)
    try:
        yield fleet
    finally:
        for process in fleet.running.values():
            process.kill()
            process.wait()
        with administered.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
        administered.dispose()


def test_the_web_process_refuses_a_shared_database_that_was_not_migrated(fleet: Fleet) -> None:
    refused = fleet.run("web")
    assert refused.returncode == 2
    assert "earwitness admin migrate" in refused.stderr


def test_migrating_twice_is_migrating_once(fleet: Fleet) -> None:
    for _ in range(2):
        migrated = fleet.run("migrate")
        assert migrated.returncode == 0, migrated.stderr


def test_the_fleet_becomes_healthy_and_ends_when_asked(fleet: Fleet) -> None:
    assert fleet.run("migrate").returncode == 0
    assert not fleet.healthy("web")
    for name in ("web", "worker"):
        fleet.start(name)
    for name in ("web", "worker"):
        fleet.becomes_healthy(name)
    for name in ("web", "worker"):
        assert fleet.running[name].poll() is None, fleet.log(name)
        assert fleet.stop(name) in {0, -signal.SIGTERM}, fleet.log(name)
    assert not fleet.healthy("web")


def test_a_store_that_went_away_makes_the_worker_unhealthy(fleet: Fleet) -> None:
    assert fleet.run("migrate").returncode == 0
    assert fleet.healthy("worker")
    fleet.replaced["EARWITNESS_S3_ENDPOINT"] = "http://127.0.0.1:9"
    assert not fleet.healthy("worker")


def test_no_password_appears_in_what_the_processes_say(fleet: Fleet) -> None:
    assert fleet.run("migrate").returncode == 0
    fleet.start("web")
    fleet.becomes_healthy("web")
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{fleet.port}/"):
        pass
    fleet.stop("web")
    said = (fleet.logs / "web.log").read_text(errors="replace")
    for file in ("s3_secret_key", "database_password"):
        assert (fleet.logs / file).read_text().strip() not in said
