"""
Memory does not grow with the recording: a process of its own decodes half an hour and is watched.

Held whole, its samples alone would be 55 MiB. `make bench` measures three hours.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import decoding

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[3]


def test_half_an_hour_is_probed_and_derived_without_being_held(tmp_path: Path) -> None:
    recording = tmp_path / "long.flac"
    decoding.write_recording(recording, seconds=1800)

    found = subprocess.run(
        [sys.executable, "-m", "bench.decoding", str(recording), str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    grown = decoding.Grown.of(found.stdout)

    assert (grown.duration_ms, grown.columns) == (1_800_000, 90_000)
    assert grown.probing < decoding.GROWTH_BYTES
    assert grown.deriving < decoding.GROWTH_BYTES
    assert 0 < grown.decoder < decoding.DECODER_BYTES
