"""
How the set-up speaks: one line per step with its time, and plain words when a step fails.

The full output of pip and npm goes to .stamp/setup.log; a person sees it only when it helps.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

UNREACHABLE = (
    "NewConnectionError",
    "Name or service not known",
    "Temporary failure in name resolution",
    "nodename nor servname",
    "Network is unreachable",
    "Connection refused",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "Read timed out",
    "ProxyError",
    "ENOTFOUND",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "EAI_AGAIN",
)
NO_SPACE = ("No space left on device", "ENOSPC", "Errno 28")
LAST_LINES = 12


class SetUpFailed(Exception):
    """The set-up cannot go on; the message says what is missing and what would help."""


class StepFailed(SetUpFailed):
    """A command of the set-up ended with an error; `output` is what it printed."""

    def __init__(self, what: str, *, output: str, log: Path) -> None:
        if any(mark in output for mark in NO_SPACE):
            why = "The disk is full. The set-up needs about 3 GB free here and in the temporary folder."
        elif any(mark in output for mark in UNREACHABLE):
            why = (
                "A package registry could not be reached. The set-up needs PyPI and the npm registry "
                "(or mirrors of them, as configured for pip and npm).\n"
                "Check the network and HTTPS_PROXY, then run the same command again: "
                "what was done is kept."
            )
        else:
            why = "\n".join(output.strip().splitlines()[-LAST_LINES:])
        super().__init__(f"Could not {what}.\n{why}\nEverything it printed is in {log}.")
        self.output = output


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print `title`, and its time when it is done."""
    print(f"  {title} ...", end="", flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f" {time.monotonic() - begun:.1f} s", flush=True)


def command(
    words: Sequence[str],
    *,
    what: str,
    log: Path,
    cwd: Path | None = None,
    extra: Mapping[str, str] | None = None,
) -> str:
    """
    Run a command quietly and return what it printed; raise StepFailed when it fails.

    `what` completes "Could not ...". `extra` is added to the environment.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    ran = subprocess.run(
        list(words),
        cwd=cwd,
        env={**os.environ, **(extra or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    with log.open("a", encoding="utf-8") as book:
        book.write(f"$ {' '.join(words)}\n{ran.stdout}\n")
    if ran.returncode:
        raise StepFailed(what, output=ran.stdout, log=log)
    return ran.stdout
