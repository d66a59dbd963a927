"""Memory does not grow with the recording: a process of its own decodes one hour and is watched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import decoding

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[3]


def test_an_hour_is_probed_and_derived_in_less_than_96_mib(tmp_path: Path) -> None:
    recording = tmp_path / "hour.flac"
    decoding.write_recording(recording, seconds=3600)

    found = subprocess.run(
        [sys.executable, "-m", "bench.decoding", str(recording), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    grown = decoding.Grown.of(found.stdout)

    assert grown.duration_ms == 3_600_000
    assert grown.columns == 180_000
    for bytes_more in (grown.probing, grown.deriving):
        assert bytes_more < decoding.BOUND_BYTES
    assert grown.decoder < decoding.BOUND_BYTES, "nor does the confined child grow"
