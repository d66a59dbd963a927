"""What the web process must never carry, seen in a fresh interpreter."""

import subprocess
import sys

import pytest

HEAVY = (
    "torch",
    "whisper",
    "librosa",
    "numba",
    "pocketsphinx",
    "av",
    "dbos",
    "trafilatura",
    "pypdf",
    "lxml",
    "transcription.engines",
)


@pytest.mark.parametrize("module", ["app.main", "app.api", "app.web", "transcription"])
def test_importing_it_loads_no_model_no_decoder_and_no_job_engine(module: str) -> None:
    script = f"import sys, {module}; print(sorted(set({HEAVY!r}) & set(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"


def test_verification_knows_every_sealed_table() -> None:
    """A module that nobody imported would make `verify` call its rows unknown."""
    script = """
import importlib, pkgutil
import app.evidence.verification
from app.custody.models import Sealed
def family(kind): return {kind.__name__} | {n for c in kind.__subclasses__() for n in family(c)}
known = family(Sealed)
import app
for module in pkgutil.walk_packages(app.__path__, "app."):
    if module.name.endswith(".models"):
        importlib.import_module(module.name)
print(sorted(family(Sealed) - known))
"""

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
