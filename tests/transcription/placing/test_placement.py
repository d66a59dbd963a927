"""Placing a known text: when it is right, when it says nothing, and what it never does."""

from itertools import pairwise

import numpy as np
import pytest

from tests.transcription.placing.speaking import SAID, Speech, over_radio, speech
from transcription.errors import NothingToAlign, TextTooLong, UnsupportedLanguage
from transcription.placing import LANGUAGES
from transcription.placing.placement import MOST_WORDS, place
from transcription.transcript import Word

LANGUAGE = sorted(LANGUAGES)


def errors_ms(placed: tuple[Word, ...], said: Speech) -> list[int]:
    """How far each start is from the truth; an hour where none was given."""
    return [
        abs(word.start_ms - truth) if word.start_ms is not None else 3_600_000
        for word, truth in zip(placed, said.starts_ms, strict=True)
        if truth is not None
    ]


@pytest.mark.parametrize("language", LANGUAGE)
def test_words_of_clear_speech_are_placed_where_they_begin(language: str) -> None:
    said = speech(language)
    errors = errors_ms(place(said.samples, said.words, language=language), said)
    assert float(np.median(errors)) <= 35
    assert float(np.mean(np.array(errors) <= 100)) >= 0.9


@pytest.mark.parametrize("language", LANGUAGE)
def test_words_over_a_bad_radio_are_placed_too(language: str) -> None:
    said = speech(language)
    heard = over_radio(said.samples, snr_db=5)
    errors = errors_ms(place(heard, said.words, language=language), said)
    assert float(np.median(errors)) <= 50
    assert float(np.mean(np.array(errors) <= 100)) >= 0.75


def test_after_half_a_minute_of_nothing_the_next_word_is_still_right() -> None:
    said = speech("ru", pause_s=30)
    assert max(errors_ms(place(said.samples, said.words, language="ru"), said)) <= 200


def test_stations_of_different_strength_in_one_recording_are_placed_alike() -> None:
    said = speech("ru")
    near, far = over_radio(said.samples, snr_db=10), 0.05 * said.samples
    stations = [said.samples, near, far, near, said.samples]
    one_ms = len(said.samples) // 16
    errors = errors_ms(
        place(np.concatenate(stations), said.words * len(stations), language="ru"),
        Speech(
            said.samples,
            said.words * len(stations),
            [
                None if start is None else start + number * one_ms
                for number in range(len(stations))
                for start in said.starts_ms
            ],
        ),
    )
    assert float(np.median(errors)) <= 50
    assert float(np.mean(np.array(errors) <= 100)) >= 0.75


@pytest.mark.parametrize("language", LANGUAGE)
def test_a_text_that_is_not_said_is_mostly_not_placed(language: str) -> None:
    other = {
        "en": "our new library is open on saturdays and children read books about the sea there",
        "ru": "наша новая библиотека открыта по субботам и дети читают там книги о далёком море",
        "uk": "наша нова бібліотека відчинена щосуботи і діти читають там книжки про далеке море",
    }
    placed = place(speech(language).samples, other[language].split(), language=language)
    assert sum(word.start_ms is not None for word in placed) <= len(placed) / 3


def test_words_are_in_order_within_the_recording_and_do_not_overlap() -> None:
    said = speech("uk")
    placed = place(over_radio(said.samples, snr_db=0), said.words, language="uk")
    timed = [word for word in placed if word.start_ms is not None]
    assert [word.text for word in placed] == said.words
    assert all((word.start_ms or 0) < (word.end_ms or 0) for word in timed)
    assert all((a.end_ms or 0) <= (b.start_ms or 0) for a, b in pairwise(timed))
    assert (timed[-1].end_ms or 0) <= len(said.samples) // 16
    assert all(0 <= (word.permille or 0) <= 1000 for word in timed)


def test_the_same_input_gives_the_same_times() -> None:
    said = speech("en")
    assert place(said.samples, said.words, language="en") == place(
        said.samples, said.words, language="en"
    )


def test_what_cannot_be_said_aloud_has_no_time_and_disturbs_nobody() -> None:
    said = speech("en")
    words = [*said.words[:5], "--", "[…]", *said.words[5:], "\x00\x1b", "x" * 5000]
    placed = place(said.samples, words, language="en")
    assert [placed[at].start_ms for at in (5, 6, -2, -1)] == [None] * 4
    kept = place(said.samples, said.words, language="en")
    assert [word for word in placed if word.start_ms is not None] == [
        word for word in kept if word.start_ms is not None
    ]


def test_punctuation_changes_nothing() -> None:
    said = speech("en")
    written = [f"«{word}»," if len(word) % 2 else f"{word}!" for word in said.words]
    placed = place(said.samples, written, language="en")
    plain = place(said.samples, said.words, language="en")
    assert [word.text for word in placed] == written
    assert [word.start_ms for word in placed] == [word.start_ms for word in plain]


@pytest.mark.parametrize("samples", [0, 1, 400, 16_000])
def test_in_silence_however_short_nothing_is_placed(samples: int) -> None:
    silence = np.zeros(samples, np.float32)
    placed = place(silence, SAID["en"][0].split(), language="en")
    assert all(word.start_ms is None for word in placed)


def test_a_text_far_too_long_for_the_recording_is_answered_all_the_same() -> None:
    said = speech("ru")
    placed = place(said.samples[:48_000], said.words * 30, language="ru")
    assert len(placed) == 30 * len(said.words)
    assert all((word.end_ms or 0) <= 3000 for word in placed)


def test_a_language_that_was_never_measured_is_refused() -> None:
    with pytest.raises(UnsupportedLanguage, match="'fi'"):
        place(np.zeros(16_000, np.float32), ["hyvää"], language="fi")


def test_a_text_without_words_and_one_with_too_many_are_refused() -> None:
    silence = np.zeros(16_000, np.float32)
    with pytest.raises(NothingToAlign):
        place(silence, ["—", "..."], language="en")
    with pytest.raises(TextTooLong, match=str(MOST_WORDS)):
        place(silence, ["a"] * (MOST_WORDS + 1), language="en")
