"""What training is shown: real Whisper tokens, and where in the window each is heard."""

import numpy as np
import pytest

from transcription.training.examples import NOTHING, Composer
from transcription.training.radio import transmitted
from transcription.training.voices import (
    HELD_OUT,
    RATE_HZ,
    TRAINING,
    Utterance,
    foreign,
    utterances,
)


@pytest.fixture(scope="module")
def known() -> list[Utterance]:
    return list(utterances(5, 60))


@pytest.fixture(scope="module")
def composer(known: list[Utterance]) -> Composer:
    return Composer(7, known, list(foreign(8, 6)))


def test_no_voice_is_both_trained_on_and_examined() -> None:
    assert not set(TRAINING) & set(HELD_OUT)
    assert all(u.phrase and u.phrase.held_out for u in utterances(9, 5, held_out=True))
    assert not any(u.phrase and u.phrase.held_out for u in utterances(9, 20))


def test_words_follow_one_another_inside_what_is_heard(known: list[Utterance]) -> None:
    for said in known:
        assert said.phrase is not None
        assert len(said.words) == len(said.phrase.lines[said.language].text.split())
        before = 0.0
        for start, end in said.words:
            assert before <= start < end <= len(said.samples) / RATE_HZ + 0.02
            before = start


def test_what_is_written_is_what_is_said(composer: Composer, known: list[Utterance]) -> None:
    texts = {line.text for u in known if u.phrase for line in u.phrase.lines.values()}
    tokenizer = composer.tokenizer
    for _ in range(60):
        example = composer.example(12.0, 3)
        written = tokenizer.decode([t for t in example.tokens[3:] if t < tokenizer.eot])
        for text in sorted(texts, key=len, reverse=True):
            written = written.replace(text, "")
        assert not written.strip()


def test_every_prediction_has_a_place_inside_the_window_or_none(composer: Composer) -> None:
    for _ in range(60):
        example = composer.example(12.0, 3)
        assert len(example.heard) == len(example.predicted) == len(example.tokens) - 1
        for start, end in example.heard:
            assert (start, end) == NOTHING or 0 <= start <= end <= 12.0


def test_a_voice_is_louder_where_its_words_are_said(composer: Composer) -> None:
    louder = 0
    for _ in range(40):
        example = composer.example(12.0, 2)
        placed = [span for span in example.heard if span != NOTHING and span[0] < span[1]]
        if not placed:
            continue
        inside = np.zeros(len(example.samples), bool)
        for start, end in placed:
            inside[int(start * RATE_HZ) : int(end * RATE_HZ)] = True
        power = np.square(example.samples)
        louder += 1 if power[inside].mean() > power[~inside].mean() else -1
    assert louder > 20


def test_the_radio_keeps_the_length_and_never_exceeds_full_scale() -> None:
    chance = np.random.default_rng(4)
    for _ in range(20):
        clean = chance.standard_normal(8000).astype(np.float32)
        heard = transmitted(chance, clean)
        assert heard.shape == clean.shape
        assert heard.dtype == np.float32
        assert np.abs(heard).max() <= 1
