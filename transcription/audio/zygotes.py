"""
The caller's end of the sandbox: one zygote per process, started when first needed.

A zygote that has died is replaced at the next request. Nothing is inherited by it: an
empty environment, the root as its directory, its output thrown away (FFmpeg's messages quote what
they read), and one socket.
"""

import atexit
import contextlib
import json
import os
import select
import socket
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from transcription.errors import SandboxUnavailable
from transcription.sandbox.limits import Confinement, Limits

_START_SECONDS = 60
_STOP_SECONDS = 5
_PACKAGES = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Decoding:
    """A decoding under way: the pipe with what comes out, and the pipe with how it ended."""

    output: int
    ending: int


class _Zygote:
    """One running zygote process."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "transcription.sandbox.zygote", str(theirs.fileno())],
                env={"PYTHONPATH": str(_PACKAGES), "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        self._socket = ours
        try:
            self.confinement = self._greeting()
        except SandboxUnavailable:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        """The process number, for operators and tests."""
        return self._process.pid

    def _greeting(self) -> Confinement:
        self._socket.settimeout(_START_SECONDS)
        try:
            said = self._socket.recv(4096)
        except OSError:
            said = b""
        self._socket.settimeout(None)
        if not said:
            raise SandboxUnavailable("the decoder process did not start")
        return Confinement(**json.loads(said))

    def submit(self, source: int, limits: Limits) -> Decoding:
        """Begin one decoding; `OSError` if the zygote has died."""
        output, output_end = os.pipe()
        ending, ending_end = os.pipe()
        message = json.dumps(asdict(limits)).encode()
        try:
            socket.send_fds(self._socket, [message], [source, output_end, ending_end])
        except OSError:
            os.close(output)
            os.close(ending)
            raise
        finally:
            os.close(output_end)
            os.close(ending_end)
        return Decoding(output, ending)

    def alive(self) -> bool:
        """Whether it still runs and is ours (not our parent's, after a fork)."""
        return self.owner == os.getpid() and self._process.poll() is None

    def stop(self) -> None:
        """Let it go, and wait until it has gone."""
        self._socket.close()
        if self.owner != os.getpid():
            self._process.returncode = 0  # not our child: nothing to wait for
            return
        try:
            self._process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


_lock = threading.Lock()
_current: _Zygote | None = None


def running() -> _Zygote:
    """The zygote of this process, started or replaced as needed."""
    global _current  # noqa: PLW0603 - one per process is the point
    with _lock:
        if _current is None or not _current.alive():
            if _current is not None:
                _current.stop()
            _current = _Zygote()
        return _current


def stop() -> None:
    """End the zygote of this process, if there is one; the next decoding starts another."""
    global _current  # noqa: PLW0603
    with _lock:
        if _current is not None:
            _current.stop()
            _current = None


atexit.register(stop)


def confinement() -> Confinement:
    """What this kernel was seen to enforce on a decoder, by trying; for health reports."""
    return running().confinement


def submit(source: int, limits: Limits) -> Decoding:
    """
    Begin to decode the regular file open as descriptor `source`.

    Raises `SandboxUnavailable` when the kernel cannot confine a decoder and
    `limits.unconfined` does not waive that, or when no zygote can be started.
    """
    for _ in range(3):
        zygote = running()
        if not (zygote.confinement.complete or limits.unconfined):
            raise SandboxUnavailable(
                "this kernel cannot confine a decoder: "
                f"Landlock ABI {zygote.confinement.landlock_abi}, "
                f"seccomp {'yes' if zygote.confinement.seccomp else 'no'}"
            )
        with contextlib.suppress(OSError):
            return zygote.submit(source, limits)
        _await_end(zygote)
    raise SandboxUnavailable("the decoder process does not stay alive")


def _await_end(zygote: _Zygote) -> None:
    """Its socket is dead; give its process the moment it needs to be seen as dead."""
    for _ in range(50):
        if not zygote.alive():
            return
        select.select([], [], [], 0.02)
