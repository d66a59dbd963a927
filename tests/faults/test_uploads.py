"""
A real server process that is killed while bytes come in, and one that is watched.

Nothing here is in the test's own process: uvicorn is started as an operator would, killed
with SIGKILL at random places, started again, and the client goes on by the book.
"""

import base64
import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from app.accounts.permissions import Role
from app.core.database import Database
from app.core.digest import Digest, Hasher
from app.core.storage import Area, LocalStore
from app.recordings import fixity, queries
from app.recordings import service as recordings
from app.recordings.provenance import Particulars
from tests.app.conftest import People, Person

MIB = 1 << 20
PATIENCE_S = 90
TUS = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}

pytestmark = pytest.mark.slow


class Server:
    """A server process over one store, which may die and come back on the same port."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.environment = os.environ | {
            "EARWITNESS_DATA_DIR": str(folder / "media"),
            "EARWITNESS_DATABASE_URL": database_url,
        }
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = "-m uvicorn --factory app.main:create --log-level critical --host 127.0.0.1"
        self.process = subprocess.Popen(
            [sys.executable, *command.split(), "--port", str(self.port)],
            env=self.environment,
            cwd=Path(__file__).parents[2],
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server did not start"
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            time.sleep(0.05)
        pytest.fail("the server did not answer")

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def memory(self, name: str) -> int:
        """A line of its memory account, in bytes."""
        assert self.process is not None
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith(name))
        return int(line.split()[1]) * 1024

    def forget_peak(self) -> None:
        """Let the peak of its memory begin anew."""
        assert self.process is not None
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        body: Iterator[bytes] | None = None,
    ) -> http.client.HTTPResponse:
        """One request on a connection of its own, its answer read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer
        finally:
            connection.close()


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> tuple[str, Path]:
    """Where a server keeps everything."""
    return database_url, tmp_path


@pytest.fixture
def server(store: tuple[str, Path]) -> Iterator[Server]:
    """A server that runs, and is ended with the test."""
    server = Server(store[1], store[0])
    server.start()
    yield server
    server.kill()


@pytest.fixture
def sender(database: Database) -> tuple[Person, str]:
    """Somebody who may bring bytes, and the recording they are of."""
    people = People(database)
    case = people.case()
    person = people.join(Role.INVESTIGATOR, case=case)
    with database.writing() as session:
        recording = recordings.catalogue(
            session, actor=person.actor, case_id=case, particulars=Particulars(title="A recording")
        )
    return person, recording.id


class Client:
    """A tus client: after any fault it asks where the upload stands and goes on from there."""

    def __init__(self, server: Server, sender: tuple[Person, str], seed: int, piece: int) -> None:
        self.server, self.piece = server, piece
        self.content = random.Random(seed).randbytes(20 * MIB)
        self.headers = sender[0].headers | TUS
        self.metadata = "recording_id " + base64.b64encode(sender[1].encode()).decode()
        self.pushed = self.faults = 0
        self.digest = ""

    def run(self) -> None:
        """Bring the bytes, however often the server dies."""
        address, deadline = "", time.monotonic() + 3 * PATIENCE_S
        while not self.digest and time.monotonic() < deadline:
            try:
                address = address or self.announce()
                self.go_on(address)
            except (OSError, http.client.HTTPException):
                self.faults += 1
                time.sleep(0.05)

    def announce(self) -> str:
        """Start an upload."""
        headers = {"Upload-Length": str(len(self.content)), "Upload-Metadata": self.metadata}
        answer = self.server.ask("POST", "/api/v1/uploads", self.headers | headers)
        assert answer.status == 201
        return str(answer.getheader("Location"))

    def go_on(self, address: str) -> None:
        """Ask for the offset and send one piece from there."""
        asked = self.server.ask("HEAD", address, self.headers)
        if asked.status == 423:
            return
        assert asked.status == 200
        offset = int(str(asked.getheader("Upload-Offset")))
        piece = self.content[offset : offset + self.piece]
        headers = {"Upload-Offset": str(offset), "Content-Length": str(len(piece))}
        answer = self.server.ask("PATCH", address, self.headers | headers, self.chunks(piece))
        assert answer.status in {204, 423}
        self.digest = answer.getheader("Repr-Digest") or ""

    def chunks(self, piece: bytes) -> Iterator[bytes]:
        """The piece in small chunks, counted as they go."""
        for begin in range(0, len(piece), 64 * 1024):
            yield piece[begin : begin + 64 * 1024]
            self.pushed += 64 * 1024


def test_no_kill_of_the_server_costs_or_changes_a_byte(
    server: Server, sender: tuple[Person, str], store: tuple[str, Path], database: Database
) -> None:
    clients = [
        Client(server, sender, seed, piece) for seed, piece in enumerate((20 * MIB, 3 * MIB))
    ]
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()

    chosen = random.Random(5)
    for kill in range(5):
        aim = (kill + 1) * 6 * MIB + chosen.randrange(2 * MIB)
        while sum(client.pushed for client in clients) < aim and any(map(alive, threads)):
            time.sleep(0.002)
        server.kill()
        server.start()
    for thread in threads:
        thread.join()

    storage = LocalStore(store[1] / "media", min_free_bytes=0)
    for client in clients:
        ours = Digest.of_bytes(client.content)
        assert client.digest == f"sha-256=:{base64.b64encode(ours.raw).decode()}:"
        with storage.open(ours, area=Area.ORIGINALS) as held:
            assert held.read() == client.content
    assert sum(client.faults for client in clients) >= 5
    with database.reading() as session:
        assert len(queries.instances_of(session, sender[1])) == len(clients)
        objects = fixity.kept(session)
    assert {finding.fixity for finding in fixity.check(objects, storage)} == {
        fixity.Fixity.UNCHANGED
    }


def alive(thread: threading.Thread) -> bool:
    return thread.is_alive()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("way", ["post", "tus"])
def test_a_large_file_costs_the_server_little_memory(
    server: Server, sender: tuple[Person, str], way: str
) -> None:
    bring(server, sender, way, 4 * MIB)
    server.forget_peak()
    before = server.memory("VmRSS")

    bring(server, sender, way, 256 * MIB)

    grown = server.memory("VmHWM") - before
    print(f"{way}: 256 MiB received, memory grew by {grown / MIB:.1f} MiB")
    assert grown < 64 * MIB


def bring(server: Server, sender: tuple[Person, str], way: str, size: int) -> None:
    """Bring a file of this size that is nowhere in memory at once."""
    block = random.Random(size).randbytes(MIB)
    hasher = Hasher()

    def chunks() -> Iterator[bytes]:
        for _ in range(size // MIB):
            hasher.update(block)
            yield block

    person, recording = sender
    headers = person.headers | {"Content-Length": str(size)}
    if way == "post":
        path = f"/api/v1/recordings/{recording}/media-instances"
        answer = server.ask("POST", path, headers, chunks())
        assert answer.status == 201
        return
    metadata = "recording_id " + base64.b64encode(recording.encode()).decode()
    announced = {"Upload-Length": str(size), "Upload-Metadata": metadata}
    made = server.ask("POST", "/api/v1/uploads", person.headers | TUS | announced)
    path = str(made.getheader("Location"))
    answer = server.ask("PATCH", path, headers | TUS | {"Upload-Offset": "0"}, chunks())
    assert answer.status == 204
    ours = base64.b64encode(hasher.digest().raw).decode()
    assert answer.getheader("Repr-Digest") == f"sha-256=:{ours}:"
