"""
The process that forks confined children: `python -m transcription.sandbox.zygote FD TRADE`.

It is started with an empty environment, imports and warms once what its trade needs (a module of
this package: `sound`, or `pages` for what is published), says on the socket
`FD` what this kernel enforces, and then turns each message (limits as JSON, with three
descriptors: the file, the pipe for what comes out, the pipe for the ending) into a confined child. It
kills children that outlive their wall clock, reports how each one ended, and goes when its
socket closes. One thread only, for fork copies one thread only.
"""

import contextlib
import gc
import json
import os
import select
import signal
import socket
import sys
import time
from dataclasses import asdict
from importlib import import_module
from typing import Protocol

from transcription.sandbox import confinement
from transcription.sandbox.limits import Confinement, Limits

_MESSAGE_BYTES = 4096
_SOURCE, _OUTPUT = 3, 4
_POLL_MS = 250


class Children:
    """The living children: when each must have ended, and where its ending is reported."""

    def __init__(self) -> None:
        self._due: dict[int, tuple[float, int]] = {}
        self._overdue: set[int] = set()

    def add(self, pid: int, *, wall_seconds: int, report: int) -> None:
        """Watch over a new child."""
        self._due[pid] = (time.monotonic() + wall_seconds, report)

    def reap(self) -> None:
        """Report those that have ended and kill those that are overdue."""
        for pid, (due, report) in list(self._due.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                if time.monotonic() > due and pid not in self._overdue:
                    self._overdue.add(pid)
                    os.kill(pid, signal.SIGKILL)
                continue
            ending = {"code": os.waitstatus_to_exitcode(status), "overdue": pid in self._overdue}
            with contextlib.suppress(OSError):  # nobody is listening any more
                os.write(report, json.dumps(ending).encode())
            os.close(report)
            self._overdue.discard(pid)
            del self._due[pid]


class Trade(Protocol):
    """What children of this zygote do."""

    def prepare(self) -> str:
        """Import and warm everything, for after the fork nothing can be; name the tools."""

    def work(self, source: int, output: int, limits: Limits, *, named: str) -> None:
        """Read the file open as `source` and write records to `output`, a trailer last."""


def main(control: socket.socket, trade: Trade) -> None:
    """Serve until the other end of `control` closes."""
    named = trade.prepare()
    gc.collect()
    gc.freeze()
    control.send(json.dumps(asdict(_observe())).encode())
    children = Children()
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while True:
        ready = poll.poll(_POLL_MS)
        children.reap()
        if not ready:
            continue
        message, descriptors, _, _ = socket.recv_fds(control, _MESSAGE_BYTES, 3)
        if not message:
            return
        limits = Limits(**json.loads(message))
        source, output, report = descriptors
        pid = os.fork()
        if pid == 0:
            _child(source, output, limits, trade, named)
        os.close(source)
        os.close(output)
        children.add(pid, wall_seconds=limits.wall_seconds, report=report)


def _child(source: int, output: int, limits: Limits, trade: Trade, named: str) -> None:
    """Keep the two descriptors and nothing else, confine, work, and never return."""
    code = 1
    try:
        kept = (os.dup(source), os.dup(output))
        os.dup2(kept[0], _SOURCE, inheritable=False)
        os.dup2(kept[1], _OUTPUT, inheritable=False)
        os.closerange(_OUTPUT + 1, os.sysconf("SC_OPEN_MAX"))
        entered = confinement.enter(limits)
        if entered.complete or limits.unconfined:
            trade.work(_SOURCE, _OUTPUT, limits, named=named)
            code = 0
    except BrokenPipeError:
        code = 0  # the reader has gone: it wants no more
    finally:
        os._exit(code)


def _observe() -> Confinement:
    """Let a child confine itself and say what held."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            entered = confinement.enter(Limits())
            os.write(write, json.dumps(asdict(entered)).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read()
    os.waitpid(pid, 0)
    if not said:  # it did not survive its own confinement
        return Confinement(landlock_abi=0, seccomp=False)
    return Confinement(**json.loads(said))


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), import_module(sys.argv[2]))
