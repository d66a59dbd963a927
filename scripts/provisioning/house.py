"""The set-up as a whole: environment, packages, pages; each only when its stamp does not hold."""

import time
from pathlib import Path

from . import environment, packages, pages
from .stamp import Stamp, digest


def set_up(root: Path) -> Path:
    """Bring the set-up of the checkout at `root` up to date; return the Python to run things with."""
    venv, place = root / ".venv", root / ".stamp"
    log = place / "setup.log"
    begun = time.monotonic()
    version = environment.version_of(venv)
    fresh = version is None
    installed, bundled = Stamp(place, "packages"), Stamp(place, "pages")
    if fresh:
        print("Setting up Earwitness (the first time takes some minutes)", flush=True)
        log.unlink(missing_ok=True)
        installed.lift()
        environment.make(venv, log=log)
        version = environment.version_of(venv)
    listed = [root / "pyproject.toml", root / "constraints.txt"]
    wanted = digest(listed, str(version), str(venv), packages.torch_choice())
    if not installed.holds(wanted):
        installed.lift()
        packages.install(root, venv, log=log)
        installed.set(wanted)
        fresh = True
    wanted = digest(pages.sources(root))
    if not (bundled.holds(wanted) and pages.built(root)):
        bundled.lift()
        pages.build(root, venv, log=log)
        bundled.set(wanted)
        fresh = True
    if fresh:
        print(f"Set up in {time.monotonic() - begun:.0f} s.", flush=True)
    return environment.python_of(venv)
