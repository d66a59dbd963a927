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
    "transcription.engines",
)


@pytest.mark.parametrize("module", ["app.main", "app.api", "app.web", "transcription"])
def test_importing_it_loads_no_model_no_decoder_and_no_job_engine(module: str) -> None:
    script = f"import sys, {module}; print(sorted(set({HEAVY!r}) & set(sys.modules)))"

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
