"""
The virtual environment in .venv: made when absent, remade when its Python no longer starts.

Debian and Ubuntu ship Python without `ensurepip`; then virtualenv is used if it is there, and if
not, the message names the package to install.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

from .progress import SetUpFailed, command, step

NEEDED_BYTES = 3 * 1000**3


def python_of(venv: Path) -> Path:
    """Return where the environment's interpreter lies."""
    return venv / "bin" / "python"


def tool_of(venv: Path, name: str) -> Path:
    """Return where a command that was installed into the environment lies."""
    return venv / "bin" / name


def version_of(venv: Path) -> str | None:
    """Return the version of the environment's Python, or None when it has none that starts."""
    python = python_of(venv)
    if not python.exists():
        return None
    asked = subprocess.run(
        [str(python), "-I", "-S", "-c", "import sys; print(sys.version)"],
        capture_output=True,
        text=True,
        check=False,
    )
    return asked.stdout.strip() if asked.returncode == 0 else None


def make(venv: Path, *, log: Path) -> None:
    """Make the environment anew, checking first that there is room for what goes into it."""
    free = shutil.disk_usage(venv.parent).free
    if free < NEEDED_BYTES:
        raise SetUpFailed(
            f"The set-up needs about {NEEDED_BYTES / 1e9:.0f} GB free in {venv.parent}; "
            f"there are {free / 1e9:.1f} GB."
        )
    words = [sys.executable, "-m", *_maker(), str(venv)]
    with step(f"making {venv.name} with Python {'.'.join(map(str, sys.version_info[:3]))}"):
        if venv.exists():
            shutil.rmtree(venv)
        command(words, what="make the virtual environment", log=log)


def _maker() -> list[str]:
    """Say which module makes environments here: venv with pip, else virtualenv."""
    if _has("venv") and _has("ensurepip"):
        return ["venv"]
    if _has("virtualenv"):
        return ["virtualenv"]
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    raise SetUpFailed(
        "This Python cannot make a virtual environment: it lacks the module venv or ensurepip.\n"
        f"On Debian or Ubuntu: sudo apt-get install python{version}-venv\n"
        f"Anywhere else: {sys.executable} -m pip install --user virtualenv"
    )


def _has(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
