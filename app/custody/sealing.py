"""
Sealing: to have the head of the log signed, and to keep the checkpoint.

The head is read back and hashed anew before anybody is asked to sign it: one bit that
flipped between commit and signature would otherwise be sworn to, as has happened to
public logs. What is kept is the note itself; `verification` replays it later.
"""

import base64
import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import AF_UNIX, socket
from typing import IO, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.database import Database
from app.core.errors import IntegrityFailure, Unavailable
from app.custody import entry, queries, tiles
from app.custody.checkpoint import Checkpoint, opened
from app.custody.models import Leaf, LogEntry, StoredCheckpoint
from app.custody.note import VerifierKey
from app.custody.signer import KEY_FILE, establish

logger = logging.getLogger(__name__)


class SigningRefused(IntegrityFailure):
    """The signer will not sign: this log did not grow from the one it signed before."""

    slug = "signing-refused"


@dataclass(frozen=True, slots=True)
class Signed:
    """What the signer remembers: its key, the last checkpoint, and the note if there is one."""

    key: VerifierKey
    checkpoint: Checkpoint
    note: str | None


class SignerClient:
    """The catalogue's end of the conversation; one question at a time, from any thread."""

    def __init__(self, to: IO[str], back: IO[str]) -> None:
        self._to, self._back = to, back
        self._turn = threading.Lock()

    def state(self) -> Signed:
        """What was signed last."""
        return _signed(self._asked({"ask": "state"}))

    def sign(self, *, size: int, root: bytes, path: Sequence[bytes]) -> Signed:
        """Have this head signed; `SigningRefused` carries both sizes and roots."""
        answer = self._asked(
            {
                "ask": "sign",
                "size": size,
                "root": base64.b64encode(root).decode(),
                "path": [base64.b64encode(item).decode() for item in path],
            }
        )
        if "refused" in answer:
            raise SigningRefused(
                f"the signer refused: {answer['refused']}",
                signed_size=answer["size"],
                signed_root=base64.b64decode(answer["root"]).hex(),
                asked_size=size,
                asked_root=root.hex(),
            )
        return _signed(answer)

    def _asked(self, question: dict[str, Any]) -> dict[str, Any]:
        with self._turn:
            try:
                self._to.write(json.dumps(question) + "\n")
                self._to.flush()
                line = self._back.readline()
            except (OSError, ValueError) as error:
                raise Unavailable("the signer is not there") from error
        if not line:
            raise Unavailable("the signer hung up")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def spawned(folder: Path, *, origin: str) -> Iterator[SignerClient]:
    """The embedded mode: start the signer as a child, making its key on the first start."""
    if not (folder / KEY_FILE).exists():
        establish(folder, origin=origin)
    command = [sys.executable, "-m", "app.custody.signer", str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        if child.stdin is None or child.stdout is None:
            raise Unavailable("the signer has no pipes")
        try:
            yield SignerClient(child.stdin, child.stdout)
        finally:
            child.stdin.close()
            child.wait(timeout=10)


@contextmanager
def connected(path: Path) -> Iterator[SignerClient]:
    """The fleet's mode: a signer that somebody else runs, on a Unix socket."""
    with socket(AF_UNIX) as connection:
        connection.settimeout(30)
        try:
            connection.connect(str(path))
        except OSError as error:
            raise Unavailable("no signer answers on its socket") from error
        with connection.makefile("rw", encoding="utf-8") as stream:
            yield SignerClient(stream, stream)


def seal(database: Database, client: SignerClient) -> StoredCheckpoint | None:
    """
    Have the present head signed and keep the checkpoint; `None` when nothing is new.

    Raises `IntegrityFailure` if the log, read back, does not add up to its head, and
    `SigningRefused` if it is not a continuation of what was signed before.
    """
    last = client.state()
    with database.reading() as session:
        head = queries.head(session)
        kept = session.get(StoredCheckpoint, last.checkpoint.size)
        if head.size == 0 or (head.size == last.checkpoint.size and kept is not None):
            return None
        path = _path(session, last.checkpoint.size, head)
        _reread(session, last.checkpoint.size, head.size)
    signed = client.sign(size=head.size, root=head.root, path=path)
    if signed.note is None:
        raise Unavailable("the signer answered without a note")
    opened(signed.note, [signed.key])
    with database.writing() as session:
        stored = session.get(StoredCheckpoint, head.size)
        if stored is None:
            stored = StoredCheckpoint(
                size=head.size, root=head.root, note=signed.note, kept_at=clock.now()
            )
            session.add(stored)
    return stored


def _path(session: Session, old: int, head: queries.TreeHead) -> list[bytes]:
    read = queries.tile_reader(session)
    if tiles.root(read, head.size) != head.root:
        raise IntegrityFailure("the tiles do not add up to the head", size=head.size)
    return tiles.consistency_proof(read, old, head.size) if 0 < old <= head.size else []


def _reread(session: Session, first: int, end: int) -> None:
    """Hash every entry since the last checkpoint anew, up into its tile."""
    read = queries.tile_reader(session)
    for low in range(first, end, tiles.WIDTH):
        high = min(low + tiles.WIDTH, end)
        rows = session.execute(
            select(Leaf.log_index, Leaf.commitment, LogEntry.body, LogEntry.salt)
            .join(LogEntry, LogEntry.log_index == Leaf.log_index)
            .where(Leaf.log_index >= low, Leaf.log_index < high)
            .order_by(Leaf.log_index)
        ).all()
        found = {index: (commitment, body, salt) for index, commitment, body, salt in rows}
        for index in range(low, high):
            if index not in found:
                raise IntegrityFailure("an entry is missing from the log", index=index)
            commitment, body, salt = found[index]
            tile, offset = divmod(index, tiles.WIDTH)
            start = offset * tiles.HASH_SIZE
            in_tile = read(0, tile)[start : start + tiles.HASH_SIZE]
            if (
                entry.commitment(body, salt) != commitment
                or tiles.leaf_hash(commitment) != in_tile
            ):
                raise IntegrityFailure("an entry does not match its place in the log", index=index)


def _signed(answer: dict[str, Any]) -> Signed:
    root = base64.b64decode(answer["root"])
    checkpoint = Checkpoint(answer["origin"], answer["size"], root)
    return Signed(VerifierKey.parse(answer["key"]), checkpoint, answer["note"])


class Sealer:
    """A thread that seals whenever the log has grown, at most every `every_s` seconds."""

    def __init__(self, database: Database, client: SignerClient, *, every_s: float = 1.0) -> None:
        self._database, self._client, self._every_s = database, client, every_s
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sealer", daemon=True)
        self.problem: str | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Seal once more and end."""
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        ended = False
        while not ended:
            ended = self._end.wait(self._every_s)
            try:
                seal(self._database, self._client)
                self.problem = None
            except Exception as error:
                self.problem = f"{type(error).__name__}: {error}"
                logger.exception("the head of the custody log was not signed")
