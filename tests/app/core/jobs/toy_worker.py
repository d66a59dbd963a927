"""
A real worker process with a toy job, for tests that kill it.

The job writes the name of every step it does into `steps.log` and then stands still as long
as a file named `hold-<step>` lies beside it.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from app.core.errors import Invalid
from app.core.jobs import Handler, JobKind, Problem, Run, Waits
from app.core.settings import Settings
from app.worker.runner import work

STEPS = 4


def toy(run: Run) -> dict[str, object]:
    folder = run.settings.data_dir
    if run.job.params.get("needs_weights") and not (folder / "weights").exists():
        raise Waits(Problem("weights-unavailable", "No engine", f"Put the file at {folder.name}"))

    def do(name: str) -> str:
        with (folder / "steps.log").open("a") as log:
            log.write(f"{run.job.id} {name} {os.environ['EARWITNESS_EXECUTOR_ID']}\n")
        while (folder / f"hold-{name}").exists():
            time.sleep(0.02)
        if run.job.params.get("fails_at") == name and not (folder / "mended").exists():
            raise Invalid("this step cannot be done")
        if run.job.params.get("breaks_at") == name:
            raise RuntimeError("words of evidence")
        if run.job.params.get("kills_at") == name:
            os.kill(os.getpid(), 9)
        return name

    done = []
    for number in range(STEPS):
        run.progress("counting", done=number, total=STEPS)
        done.append(run.step(f"step {number}", lambda name=f"s{number}": do(name)))
    return {"done": done}


if __name__ == "__main__":
    handlers = {
        JobKind.IDENTIFY: Handler(
            toy, ready=lambda _facts, tools: Path(tools.settings.data_dir, "weights").exists()
        )
    }
    dead_after = timedelta(seconds=float(sys.argv[1]) if len(sys.argv) > 1 else 60)
    raise SystemExit(work(Settings(), handlers=handlers, dead_after=dead_after, watch_s=0.3))
