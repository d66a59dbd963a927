"""The bundled model and the demonstration's Russian recording."""

from pathlib import Path

import pytest

from transcription.activity import Samples
from transcription.audio import samples
from transcription.engines import load
from transcription.support import Whole, forcing

AUDIO = Path(__file__).parents[3] / "app/demo/audio"


@pytest.fixture(scope="package")
def engine() -> Whole:
    return forcing(load("whisper:exercise"))


@pytest.fixture(scope="package")
def russian() -> Samples:
    with (AUDIO / "exchange_ru.flac").open("rb") as file:
        return samples(file)
