"""
Writes constraints.txt: the exact version of everything that the suite last passed with.

PyTorch, its GPU libraries, triton, openai-whisper and Node are left out: the bootstrap names their
versions itself, because whether and which build is right depends on the machine.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from .progress import command

HEADER = (
    "# Exact versions for `pip install -c`. Written by `python3 scripts/bootstrap.py lock`; "
    "do not edit by hand.\n"
)
LEFT_OUT = re.compile(
    r"^(pip|wheel|torch|triton|openai-whisper|nodejs-.*|nvidia-.*|cuda-.*|earwitness)$"
)
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s+;]+)$")


def constraints(frozen: Iterable[str]) -> list[str]:
    """Keep from `pip freeze` the plain pins that hold on every machine."""
    kept = []
    for line in frozen:
        pin = PINNED.match(line.strip())
        if pin and not LEFT_OUT.match(pin[1].lower().replace("_", "-")):
            kept.append(f"{pin[1]}=={pin[2]}")
    return sorted(kept, key=str.lower)


def write(root: Path, python: Path) -> None:
    """Write constraints.txt from what is installed beside `python`."""
    log = root / ".stamp" / "setup.log"
    words = [str(python), "-m", "pip", "freeze", "--all", "--disable-pip-version-check"]
    frozen = command(words, what="list what is installed", log=log)
    lines = constraints(frozen.splitlines())
    text = HEADER + "".join(f"{line}\n" for line in lines)
    (root / "constraints.txt").write_text(text, encoding="utf-8")
    print(f"constraints.txt: {len(lines)} versions")
