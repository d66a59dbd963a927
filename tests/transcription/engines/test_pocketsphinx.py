"""The English draft: on a recording that nobody here made, and within its bounds."""

from pathlib import Path

import numpy as np
import pytest
import soxr

from transcription.activity import SAMPLE_RATE_HZ, Samples
from transcription.audio import samples
from transcription.engines import Engine, Task, Window, load, transcribe
from transcription.engines.pocketsphinx import Pocketsphinx
from transcription.errors import EngineUnavailable, UnsupportedLanguage
from transcription.span import Span
from transcription.synthesis import speak

# From the recording's energy alone: the ends of the pauses in front of "not" and "what", the closure
# that opens "country", and the beginning of the pause after "you".
BEGINS_MS = {"not": 4010, "what": 5410, "country": 5860}
YOU_ENDS_MS = 7520


@pytest.fixture(scope="module")
def engine() -> Engine:
    return load("pocketsphinx")


@pytest.mark.slow
def test_the_famous_question_is_found_where_it_is_asked(engine: Engine, shared: Path) -> None:
    with (shared / "audio/en_tests_jfk.flac").open("rb") as file:
        said = transcribe(engine, samples(file))
    assert said.language == "en"
    words = list(said.words())
    texts = [word.text for word in words]
    for start in range(len(texts)):
        if texts[start : start + 7] == "what your country can do for you".split():
            break
    else:
        pytest.fail(said.text)
    found = {word.text: word.start_ms for word in words[start - 1 : start + 7]}
    for word, truth in BEGINS_MS.items():
        assert abs((found[word] or 0) - truth) <= 300, (word, found)
    assert abs((words[start + 6].end_ms or 0) - YOU_ENDS_MS) <= 300
    assert all(word.permille is not None and 0 <= word.permille <= 1000 for word in words)


def test_it_knows_english_only_and_does_not_translate(engine: Engine) -> None:
    silence, whole = np.zeros(16_000, np.float32), [Window.of(Span(0, 1000))]
    with pytest.raises(UnsupportedLanguage):
        engine.transcribe_windows(silence, whole, language="ru")
    with pytest.raises(EngineUnavailable):
        engine.transcribe_windows(silence, whole, language="en", task=Task.TRANSLATE)


def test_it_says_that_it_is_a_draft_and_what_it_ran(engine: Engine) -> None:
    assert "Draft" in engine.notice
    assert engine.model_digest
    assert engine.model_digest.startswith("sha256:")
    assert engine.parameters["beam"] == "1e-80"
    assert engine.version.startswith("pocketsphinx ")


def said(text: str) -> tuple[Samples, Span]:
    """A synthetic voice saying a text over faint noise, and all of it."""
    spoken = speak(text, voice="en-us")
    voice = soxr.resample(spoken.samples, spoken.rate_hz, SAMPLE_RATE_HZ)
    edge = np.zeros(SAMPLE_RATE_HZ // 3)
    quiet = np.concatenate([edge, voice, edge])
    noise = np.random.default_rng(0).standard_normal(len(quiet))
    heard = (quiet + 0.001 * noise).astype(np.float32)
    return heard, Span(0, len(heard) * 1000 // SAMPLE_RATE_HZ)


def test_a_word_that_is_not_said_fits_worse_than_the_one_that_is() -> None:
    heard, span = said("three trucks wait at the bridge until morning")
    engine = Pocketsphinx()
    right = engine.fits(heard, span, "three trucks wait at the bridge until morning".split())
    wrong = engine.fits(heard, span, "three trucks wait at the hospital until morning".split())
    true, false = right[5], wrong[5]
    assert true is not None
    assert false is not None
    assert false < true
    assert false == min(fit for fit in wrong if fit is not None)


def test_a_word_that_the_dictionary_lacks_is_passed_over() -> None:
    heard, span = said("three trucks wait")
    engine = Pocketsphinx()
    three, unknown, *others = engine.fits(heard, span, ["three", "zzyzx", "trucks", "wait"])
    assert unknown is None
    assert None not in (three, *others)
    assert engine.fits(heard, span, ["zzyzx"]) == (None,)
