"""
What each verb runs once the set-up holds.

`check` runs all of its tools even when one fails, so that a person sees everything at once.
"""

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from . import pages
from .environment import tool_of

PYTHON_FOLDERS = ("app", "transcription", "migrations", "scripts", "bench", "tests")
VERBS = ("setup", "demo", "test", "run", "check", "bench", "lock")


def run(verb: str, rest: Sequence[str], *, root: Path, python: Path) -> int:
    """Run one verb with the arguments that followed it; return its exit status."""
    venv = python.parent.parent
    earwitness = str(tool_of(venv, "earwitness"))
    # A file's tests stay in one process: they share servers that take seconds to start. Three
    # processes for two cores: each waits a third of its time for servers, browsers and clocks.
    pytest = [str(python), "-m", "pytest", "-n", "3", "--dist", "loadfile"]
    if verb == "setup":
        print("Ready. `make demo` shows the main job, `make run` serves, `make test` tests.")
        return 0
    if verb == "check":
        return _check(root, venv)
    words = {
        "demo": [earwitness, "demo"],
        "run": [earwitness, "serve"],
        "test": pytest,
        "bench": [str(python), "-m", "bench"],
    }[verb]
    if verb == "test":
        # Each process has a core at most: two threads of arithmetic would wait for one another.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
    return _become([*words, *rest])


def _become(words: list[str]) -> NoReturn:
    """Give this process to the command, so that signals and the exit status are its own."""
    os.execv(words[0], words)  # noqa: S606 - no shell is wanted


def _check(root: Path, venv: Path) -> int:
    """Run format, lint, types, layers and the pages' types; return 1 when any of them objects."""
    folders = [name for name in PYTHON_FOLDERS if any((root / name).rglob("*.py"))]
    checks: list[tuple[str, list[str], Path]] = [
        ("format", [str(tool_of(venv, "ruff")), "format", "--check", *folders], root),
        ("lint", [str(tool_of(venv, "ruff")), "check", *folders], root),
        ("types", [str(tool_of(venv, "mypy"))], root),
        ("types of the set-up", [str(tool_of(venv, "mypy")), "scripts"], root),
        ("layers", [str(tool_of(venv, "lint-imports"))], root),
    ]
    web = pages.folder(root)
    manifest = json.loads((web / "package.json").read_text(encoding="utf-8"))
    if "check" in manifest.get("scripts", {}):
        node = pages.node_folder(venv, log=root / ".stamp" / "setup.log")
        os.environ["PATH"] = os.pathsep.join([str(node), os.environ.get("PATH", "")])
        checks.append(("pages", ["npm", "run", "--silent", "check"], web))
    objected = []
    for name, words, where in checks:
        print(f"== {name}", flush=True)
        if subprocess.run(words, cwd=where, check=False).returncode:
            objected.append(name)
    print("check: " + (f"objections from {', '.join(objected)}" if objected else "all in order"))
    return 1 if objected else 0
