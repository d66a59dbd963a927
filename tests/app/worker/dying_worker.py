"""A worker that ends itself by SIGKILL at one named point: `python dying_worker.py POINT`."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from app.core.settings import Settings
from app.transcripts import service
from app.worker import hearing, listening, transcripts
from app.worker.runner import work

Verb = Callable[..., Any]


def die() -> None:
    """As when the machine loses its power: nothing is closed, flushed or said."""
    os.kill(os.getpid(), signal.SIGKILL)


def before(verb: Verb) -> Verb:
    """Die instead of doing it."""
    return lambda *_args, **_more: die()


def after(verb: Verb, *, times: int = 1) -> Verb:
    """Die when it was done so many times, before whoever called it hears of it."""
    done = []

    def deadly(*args: Any, **more: Any) -> Any:
        made = verb(*args, **more)
        done.append(made)
        if len(done) == times:
            die()
        return made

    return deadly


POINTS: dict[str, Callable[[], None]] = {
    "before decoding": lambda: setattr(hearing, "pinned", before(hearing.pinned)),
    "after decoding": lambda: setattr(hearing, "pinned", after(hearing.pinned)),
    "before the first window": lambda: setattr(listening, "_group", before(listening._group)),
    "in the third window": lambda: setattr(listening, "_group", after(listening._group, times=3)),
    "before keeping": lambda: setattr(transcripts, "_keep", before(transcripts._keep)),
    "while keeping": lambda: setattr(service, "keep", after(service.keep)),
    "after keeping": lambda: setattr(transcripts, "_keep", after(transcripts._keep)),
}


if __name__ == "__main__":
    POINTS[sys.argv[1]]()
    work(Settings())
