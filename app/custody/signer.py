"""
The signer: a process of its own that signs checkpoints, and remembers what it signed.

It holds the only private key and the size and root it last signed, and it will sign
nothing that did not grow from that, whoever asks: not a shorter log (a rollback), not
another log of the same size (a split view). The catalogue, which an intruder or an
administrator may control, can ask but cannot make it forget. It should run as another
user, better on another machine; the embedded mode starts it as a child, which protects
against mistakes and restored backups and not against root.

What it signed is on disk, flushed, *before* the signature leaves. Killed in between, it
remembers a checkpoint that nobody received; asked again for the same one it signs the
same bytes, for Ed25519 signatures are deterministic.

It speaks lines of JSON over stdin and stdout, or over a Unix socket, one connection after
another:

    {"ask": "state"}
    {"ask": "sign", "size": 7, "root": "<base64>", "path": ["<base64>", …]}

    {"origin", "key", "size", "root", "note"}       what it last signed; note null at first
    {"refused": "<why>", "size", "root"}            and what it last signed

`path` is the consistency proof from its last size, empty for the first checkpoint.
"""

import argparse
import base64
import contextlib
import fcntl
import json
import os
import socket
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.core.errors import CatalogError, Conflict, Invalid
from app.custody.checkpoint import Checkpoint
from app.custody.merkle import ProofFailed, verify_consistency
from app.custody.note import VerifierKey, sign
from app.custody.tiles import EMPTY_ROOT, HASH_SIZE

KEY_FILE = "signer.key"
STATE_FILE = "signer.json"
LOCK_FILE = "signer.lock"
_LONGEST_LINE = 64 * 1024


def establish(folder: Path, *, origin: str) -> VerifierKey:
    """
    Make a key (mode 0400) and an empty memory for the log `origin`; return the public key.

    `Conflict` if there is a key already: a signer is never begun twice.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = Ed25519PrivateKey.generate()
    key = VerifierKey.of(origin, private)
    sign("\n", name=origin, private=private)  # an origin that cannot be signed fails here
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    if (folder / KEY_FILE).exists():
        raise Conflict("this signer has a key already", folder=str(folder))
    _persist(folder / STATE_FILE, _state(Checkpoint(origin, 0, EMPTY_ROOT), key, note=None))
    _write(folder / KEY_FILE, pem, flags=os.O_EXCL, mode=0o400)
    _flush_folder(folder)
    return key


def memory(folder: Path) -> tuple[VerifierKey, str | None]:
    """
    The signer's public key and the last note it signed, read from outside.

    `OSError` where there is no signer, `ValueError` where its memory cannot be read.
    """
    state = json.loads((folder / STATE_FILE).read_bytes())
    return VerifierKey.parse(state["key"]), state["note"]


class Signer:
    """One log's key and memory; `answer` is all it does. Only one may be open at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise Conflict("another signer holds this key", folder=str(folder)) from error
        private = load_pem_private_key((folder / KEY_FILE).read_bytes(), password=None)
        if not isinstance(private, Ed25519PrivateKey):
            raise Invalid("the signer's key is not an Ed25519 key")
        self._private = private
        memory = json.loads((folder / STATE_FILE).read_bytes())
        self.key = VerifierKey.of(memory["origin"], private)
        if memory["key"] != str(self.key):
            raise Invalid("the signer's memory belongs to another key")
        self.last = Checkpoint(memory["origin"], memory["size"], _decoded(memory["root"]))
        self._note: str | None = memory["note"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        os.close(self._lock)

    def answer(self, line: str) -> dict[str, Any]:
        """The answer to one line; a request that makes no sense is refused, never fatal."""
        try:
            request = json.loads(line)
            if request["ask"] == "state":
                return self._remembered()
            if request["ask"] != "sign":
                raise Invalid(f"cannot {request['ask']!r}")
            wanted = Checkpoint(self.last.origin, _whole(request["size"]), _root(request["root"]))
            return self._sign(wanted, [_root(item) for item in request["path"]])
        except CatalogError as refusal:
            return self._refused(refusal.message)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            return self._refused(f"not a request: {type(error).__name__}")

    def _sign(self, wanted: Checkpoint, path: list[bytes]) -> dict[str, Any]:
        if wanted.size == 0:
            raise ProofFailed("an empty log needs no signature")
        if self.last.size:
            if wanted.size < self.last.size:
                raise ProofFailed(
                    f"rollback: asked for size {wanted.size} after signing {self.last.size}",
                    expected=self.last.root,
                    found=wanted.root,
                )
            verify_consistency(
                old=self.last.size,
                new=wanted.size,
                old_root=self.last.root,
                new_root=wanted.root,
                path=path,
            )
        note = sign(wanted.text, name=self.key.name, private=self._private)
        _persist(self._folder / STATE_FILE, _state(wanted, self.key, note=note))
        self.last, self._note = wanted, note
        return self._remembered()

    def _remembered(self) -> dict[str, Any]:
        return _state(self.last, self.key, note=self._note)

    def _refused(self, why: str) -> dict[str, Any]:
        root = base64.b64encode(self.last.root).decode()
        return {"refused": why, "size": self.last.size, "root": root}


def converse(signer: Signer, lines: Iterable[str], out: IO[str]) -> None:
    """Answer line after line until the other side hangs up."""
    for line in lines:
        out.write(json.dumps(signer.answer(line)) + "\n")
        out.flush()


def listen(signer: Signer, path: Path) -> None:
    """Answer on a Unix socket (mode 0660), one connection after another, for ever."""
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        path.chmod(0o660)
        server.listen()
        while True:
            connection, _ = server.accept()
            with connection, connection.makefile("rw", encoding="utf-8") as stream:
                connection.settimeout(30)
                with contextlib.suppress(OSError, UnicodeDecodeError):
                    converse(signer, _bounded(stream), stream)


def main(arguments: list[str] | None = None) -> None:
    """Run a signer until its input ends: `python -m app.custody.signer FOLDER [--socket P]`."""
    parser = argparse.ArgumentParser(description="Sign checkpoints of one custody log.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--socket", type=Path, default=None)
    chosen = parser.parse_args(arguments)
    with Signer(chosen.folder) as signer:
        if chosen.socket:
            listen(signer, chosen.socket)
        else:
            converse(signer, _bounded(sys.stdin), sys.stdout)


def _bounded(stream: IO[str]) -> Iterator[str]:
    while line := stream.readline(_LONGEST_LINE):
        yield line


def _state(last: Checkpoint, key: VerifierKey, *, note: str | None) -> dict[str, Any]:
    return {
        "origin": last.origin,
        "key": str(key),
        "size": last.size,
        "root": base64.b64encode(last.root).decode(),
        "note": note,
    }


def _persist(path: Path, value: dict[str, Any]) -> None:
    """Replace the memory in one step: a crash leaves the old one or the new one, whole."""
    fresh = path.with_suffix(".new")
    _write(fresh, json.dumps(value).encode(), flags=os.O_TRUNC, mode=0o600)
    fresh.replace(path)
    _flush_folder(path.parent)


def _write(path: Path, content: bytes, *, flags: int, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | flags, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _root(text: str) -> bytes:
    value = _decoded(text)
    if len(value) != HASH_SIZE:
        raise ValueError("a hash has 32 bytes")
    return value


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("a size is a whole number")
    return value


if __name__ == "__main__":
    main()
