"""The bundled checkpoint and the demonstration's Russian recording."""

from pathlib import Path

import pytest

from transcription.activity.sound import Samples
from transcription.audio import samples
from transcription.engines import load
from transcription.engines.whisper.checkpoint import Checkpoint
from transcription.engines.whisper.engine import Whisper
from transcription.engines.whisper.settings import Settings

AUDIO = Path(__file__).parents[4] / "app/demo/audio"


@pytest.fixture(scope="module")
def checkpoint() -> Checkpoint:
    engine = load("whisper:exercise")
    assert isinstance(engine, Whisper)
    return engine.checkpoint


@pytest.fixture(scope="module")
def engine(checkpoint: Checkpoint) -> Whisper:
    return Whisper("whisper:exercise", checkpoint, Settings(window_ms=10_000, suppressed=()))


@pytest.fixture(scope="module")
def russian() -> Samples:
    with (AUDIO / "exchange_ru.flac").open("rb") as file:
        return samples(file)
