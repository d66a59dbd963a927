"""A text placed by the attention of the exercise model, which knows what the demonstration says."""

import json
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from transcription.activity import Samples
from transcription.audio import samples
from transcription.engines import load
from transcription.engines.whisper.engine import Whisper
from transcription.engines.whisper.settings import Settings
from transcription.errors import EngineUnavailable, NothingToAlign, UnsupportedLanguage
from transcription.placing.attention import Aligner, able, derivation, timed
from transcription.transcript import Segment, Transcript

AUDIO = Path(__file__).parents[3] / "app/demo/audio"
TRUTH: dict[str, Any] = json.loads((AUDIO / "truth.json").read_text())


@pytest.fixture(scope="module")
def engine() -> Aligner:
    return able(load("whisper:exercise"), "ru")


@pytest.fixture(scope="module")
def russian() -> Samples:
    with (AUDIO / "exchange_ru.flac").open("rb") as file:
        return samples(file)


def text(*lines: str) -> Transcript:
    return Transcript("ru", tuple(Segment(line, speaker="A") for line in lines))


def test_a_text_longer_than_the_engine_hears_is_placed_line_by_line(
    engine: Aligner, russian: Samples
) -> None:
    lines = TRUTH["exchange_ru.flac"]["lines"]
    given = text(*(line["text"] for line in lines))
    placed = timed(given, russian, engine)
    assert [(s.text, s.speaker) for s in placed.segments] == [
        (s.text, s.speaker) for s in given.segments
    ]
    late = [
        abs((segment.start_ms or 0) - line["start_ms"])
        for segment, line in zip(placed.segments, lines, strict=True)
    ]
    assert median(late) <= 50
    assert max(late) <= 300
    starts = [word.start_ms for word in placed.words() if word.start_ms is not None]
    assert starts == sorted(starts)


def test_marks_are_not_said_and_get_no_time(engine: Aligner, russian: Samples) -> None:
    placed = timed(text("Беркут, как слышно, [unintelligible] приём."), russian, engine)
    words = list(placed.words())
    assert [word.start_ms is None for word in words] == [False, False, False, True, False]


def test_a_text_that_is_not_said_gets_no_times(engine: Aligner, russian: Samples) -> None:
    placed = timed(text("дети читают книги про море и про рыб"), russian, engine)
    assert all(word.start_ms is None for word in placed.words())


def test_what_made_the_times_is_named(engine: Aligner) -> None:
    made = derivation(engine)
    assert made["method"] == "attention"
    assert made["model_sha256"] == engine.model_digest
    json.dumps(made)


def test_an_engine_that_cannot_do_it_is_refused(engine: Aligner, russian: Samples) -> None:
    assert isinstance(engine, Whisper)
    blind = Whisper("whisper:mine.pt", replace(engine.checkpoint, heads=()), Settings())
    with pytest.raises(EngineUnavailable, match="attention"):
        timed(text("Беркут"), russian, blind)
    with pytest.raises(EngineUnavailable, match="attention"):
        able(load("pocketsphinx"), "en")
    with pytest.raises(UnsupportedLanguage):
        able(engine, "ko")
    with pytest.raises(NothingToAlign):
        timed(text("—", "[noise]"), russian, engine)
