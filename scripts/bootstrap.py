#!/usr/bin/env python3
"""
The one way to set the house up and to start anything in it, with the standard library only.

    python3 scripts/bootstrap.py setup | demo | test | run | check | bench | lock   [arguments]

Each verb first brings the set-up up to date (a stamp makes that a fraction of a second when nothing
changed), then runs its command; what follows the verb is handed on to that command. `setup` is only
the set-up. `lock` writes constraints.txt anew from what is installed.

Knobs, all environment variables:

* EARWITNESS_TORCH   `cpu` (the default) takes the CPU build; `cuda` takes the package index's
                     build with its GPU libraries (several GB); `skip` installs no speech engine
                     that needs PyTorch.
* EARWITNESS_NODE    `venv` ignores the system's Node and installs one into .venv.
* PIP_*, NPM_CONFIG_*, HTTPS_PROXY and the like are honoured by pip and npm as usual.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)


def main(arguments: list[str]) -> int:
    """Set up, then do what the first argument says; the exit status is that of the command."""
    objection = _objection()
    if objection:
        print(objection)
        return 2
    # Imported only now, so that an old Python gets those words and not a syntax error.
    from provisioning import house, lock, verbs
    from provisioning.progress import SetUpFailed

    verb, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if verb not in verbs.VERBS:
        print(__doc__)
        return 0 if verb in {"help", "-h", "--help"} else 2
    os.chdir(ROOT)
    try:
        python = house.set_up(ROOT)
        if verb == "lock":
            lock.write(ROOT, python)
            return 0
        return verbs.run(verb, rest, root=ROOT, python=python)
    except SetUpFailed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _objection() -> str | None:
    """Say why this Python or this system will not do, if so."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(str(part) for part in sys.version_info[:3])
        return (
            f"Earwitness needs Python 3.11 or newer; this is {found} ({sys.executable}).\n"
            "Name a newer one, for example: make setup PYTHON=python3.11"
        )
    if os.name == "nt":
        return "Earwitness runs on Linux and macOS; on Windows, use it inside WSL."
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
