"""
The caller's end of the sandbox: one zygote per process and trade, started when first needed.

A zygote that has died is replaced at the next request. Nothing is inherited by it: an
empty environment, the root as its directory, its output thrown away (messages of parsers quote what
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
from enum import StrEnum
from pathlib import Path

from transcription.errors import SandboxUnavailable
from transcription.sandbox.limits import Confinement, Limits

_START_SECONDS = 60
_STOP_SECONDS = 5
_PACKAGES = Path(__file__).resolve().parents[2]


class Trade(StrEnum):
    """What a zygote's children do, by the module that does it."""

    SOUND = "transcription.sandbox.sound"
    PAGES = "transcription.sandbox.pages"


@dataclass(frozen=True, slots=True)
class Underway:
    """Work under way: the pipe with what comes out, and the pipe with how it ended."""

    output: int
    ending: int


class _Zygote:
    """One running zygote process."""

    def __init__(self, trade: Trade) -> None:
        self.owner = os.getpid()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "transcription.sandbox.zygote",
                    str(theirs.fileno()),
                    trade,
                ],
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
            raise SandboxUnavailable("the confined process did not start")
        return Confinement(**json.loads(said))

    def submit(self, source: int, limits: Limits) -> Underway:
        """Begin one piece of work; `OSError` if the zygote has died."""
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
        return Underway(output, ending)

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
_current: dict[Trade, _Zygote] = {}


def running(trade: Trade = Trade.SOUND) -> _Zygote:
    """The zygote of this process for a trade, started or replaced as needed."""
    with _lock:
        known = _current.get(trade)
        if known is None or not known.alive():
            if known is not None:
                known.stop()
            _current.pop(trade, None)
            _current[trade] = known = _Zygote(trade)
        return known


def stop() -> None:
    """End the zygotes of this process; the next piece of work starts another."""
    with _lock:
        for known in _current.values():
            known.stop()
        _current.clear()


atexit.register(stop)


def confinement() -> Confinement:
    """What this kernel was seen to enforce on a decoder, by trying; for health reports."""
    return running().confinement


def submit(source: int, limits: Limits, trade: Trade = Trade.SOUND) -> Underway:
    """
    Begin to read the regular file open as descriptor `source`.

    Raises `SandboxUnavailable` when the kernel cannot confine a child and
    `limits.unconfined` does not waive that, or when no zygote can be started.
    """
    for _ in range(3):
        zygote = running(trade)
        if not (zygote.confinement.complete or limits.unconfined):
            raise SandboxUnavailable(
                "this kernel cannot confine a decoder: "
                f"Landlock ABI {zygote.confinement.landlock_abi}, "
                f"seccomp {'yes' if zygote.confinement.seccomp else 'no'}"
            )
        with contextlib.suppress(OSError):
            return zygote.submit(source, limits)
        _await_end(zygote)
    raise SandboxUnavailable("the confined process does not stay alive")


def _await_end(zygote: _Zygote) -> None:
    """Its socket is dead; give its process the moment it needs to be seen as dead."""
    for _ in range(50):
        if not zygote.alive():
            return
        select.select([], [], [], 0.02)
