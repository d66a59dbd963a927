"""A minute in which nobody speaks: no words for it, and the times after it are right."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from transcription.activity import Samples
from transcription.audio import samples
from transcription.engines import Engine, load, transcribe

AUDIO = Path(__file__).parents[3] / "app/demo/audio/exchange_ru.flac"
MINUTE = 60 * 16_000
AT = np.arange(MINUTE) / 16_000
FLOOR = np.random.default_rng(5).standard_normal(MINUTE) * 2e-3  # the recording's own
BETWEEN: dict[str, Callable[[], np.ndarray[tuple[int], np.dtype[np.float64]]]] = {
    "silence": lambda: 0 * AT,
    "noise": lambda: np.random.default_rng(2).standard_normal(MINUTE) * 0.02,
    "hum": lambda: (
        0.05 * np.sin(2 * np.pi * 50 * AT) + 0.01 * np.sin(2 * np.pi * 150 * AT) + FLOOR
    ),
    "tone": lambda: 0.1 * np.sin(2 * np.pi * 1000 * AT) + FLOOR,
}
NO_VOICE: dict[str, Callable[[], np.ndarray[tuple[int], np.dtype[np.float64]]]] = {
    **BETWEEN,
    "squelch": lambda: (
        np.random.default_rng(3).standard_normal(MINUTE) * np.where(AT % 9 < 0.7, 0.2, 1e-4)
    ),
    "keyed tone": lambda: (
        0.2 * np.sin(2 * np.pi * 700 * AT) * (np.sin(2 * np.pi * 5 * AT) > 0)
        + 1e-3 * np.random.default_rng(4).standard_normal(MINUTE)
    ),
}
FIRST_MS, SECOND_MS, WITHIN_MS = 500, 6802, 200
WORDS_BEFORE_A_PAUSE_MS = 3000


@pytest.fixture(scope="module", params=["whisper:exercise", "pocketsphinx"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return load(request.param)


@pytest.fixture(scope="module")
def exchange() -> Samples:
    with AUDIO.open("rb") as file:
        return np.array(samples(file))


@pytest.mark.parametrize("name", BETWEEN)
def test_after_a_minute_without_speech_the_next_word_is_where_it_is(
    exchange: Samples, name: str
) -> None:
    """The call begins at .5 s; the order at 6.802 s, cut out with .3 s before it."""
    before, after = exchange[: 16 * 2800], exchange[16 * (SECOND_MS - 300) : 16 * 10_500]
    sound = np.concatenate([before, BETWEEN[name]().astype(np.float32), after])
    said = transcribe(load("whisper:exercise"), sound, language="ru")
    words = list(said.words())
    after_it = [word for word in words if (word.start_ms or 0) > 10_000]
    assert abs((words[0].start_ms or 0) - FIRST_MS) <= WITHIN_MS
    assert abs((after_it[0].start_ms or 0) - 2800 - 60_000 - 300) <= WITHIN_MS
    assert all((word.end_ms or 0) <= 3000 for word in words if word not in after_it)


@pytest.mark.parametrize("name", NO_VOICE)
def test_no_engine_hears_words_where_there_is_no_voice(engine: Engine, name: str) -> None:
    assert transcribe(engine, NO_VOICE[name]().astype(np.float32)).segments == ()


@pytest.mark.slow
def test_after_a_minute_of_silence_pocketsphinx_is_right_too(shared: Path) -> None:
    """Words of somebody else's recording are heard a minute later after silence."""
    with (shared / "audio/en_tests_jfk.flac").open("rb") as file:
        speech = np.array(samples(file))[: 16 * WORDS_BEFORE_A_PAUSE_MS]
    engine = load("pocketsphinx")
    usual = list(transcribe(engine, speech).words())
    later = np.concatenate([speech, np.zeros(MINUTE, np.float32), speech])
    heard = [word for word in transcribe(engine, later).words() if (word.start_ms or 0) > 60_000]
    shift = 60_000 + len(speech) // 16
    assert abs((heard[0].start_ms or 0) - (usual[0].start_ms or 0) - shift) <= WITHIN_MS


@pytest.mark.parametrize("name", ["n", "ns", "nsn"])
def test_no_engine_hears_words_in_the_noise_of_real_recordings(
    engine: Engine, shared: Path, name: str
) -> None:
    """In these, speech lies between 1.5 s and 4.5 s, or nowhere."""
    with (shared / f"audio/nospeech_aeneas_tests_res_vad_{name}.wav").open("rb") as file:
        found = transcribe(engine, samples(file)).segments
    assert name != "n" or found == ()
    for segment in found:
        assert 1300 <= (segment.start_ms or 0) <= (segment.end_ms or 0) <= 4600
