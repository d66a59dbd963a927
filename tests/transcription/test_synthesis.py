"""Synthetic speech: the same each time, with the time of every word and phone."""

import time
from itertools import pairwise

import numpy as np
import pytest

from transcription.synthesis import UnknownVoice, speak, version

SENTENCES = {
    "en-us": "the lorry waits at the bridge",
    "ru": "машина ждёт у моста",
    "uk": "машина чекає біля мосту",
}


@pytest.mark.parametrize("voice", SENTENCES)
def test_every_word_is_told_by_the_offset_of_its_first_character(voice: str) -> None:
    text = SENTENCES[voice]
    spoken = speak(text, voice=voice)
    begun = dict(spoken.words)
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == " ")]
    assert set(begun) <= set(starts)
    assert len(begun) >= len(starts) - 1  # "at the" is one word to espeak-ng
    assert list(begun.values()) == sorted(begun.values())


def test_phones_follow_one_another_from_the_first_sample_to_the_last() -> None:
    spoken = speak(SENTENCES["uk"], voice="uk")
    assert all(phone.start_s <= phone.end_s for phone in spoken.phones)
    assert all(before.end_s >= after.start_s for before, after in pairwise(spoken.phones))
    assert spoken.phones[-1].end_s == pytest.approx(len(spoken.samples) / spoken.rate_hz)
    assert {phone.name for phone in spoken.phones} > {"S"}


def test_the_same_words_give_the_same_samples_whatever_was_said_before() -> None:
    first = speak("wait", voice="en-us+f2", words_per_minute=140, pitch=60)
    speak("стоять", voice="ru", words_per_minute=200)
    again = speak("wait", voice="en-us+f2", words_per_minute=140, pitch=60)
    assert np.array_equal(first.samples, again.samples)
    assert first.phones == again.phones


def test_faster_is_shorter_and_samples_stay_within_full_scale() -> None:
    slow = speak(SENTENCES["ru"], voice="ru", words_per_minute=120)
    fast = speak(SENTENCES["ru"], voice="ru", words_per_minute=240)
    assert len(fast.samples) < len(slow.samples)
    assert slow.samples.dtype == np.float32
    assert float(np.abs(slow.samples).max()) <= 1


def test_a_voice_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownVoice, match="klingon-ng"):
        speak("wait", voice="klingon-ng")


def test_it_says_which_version_speaks() -> None:
    assert version().startswith("espeak-ng 1.")


def test_the_breath_of_a_voice_is_the_same_in_another_second() -> None:
    first = speak(SENTENCES["uk"], voice="uk+f2")
    began = int(time.time())
    while int(time.time()) == began:  # espeak-ng would take its seed from there
        time.sleep(0.05)
    again = speak(SENTENCES["uk"], voice="uk+f2")
    assert np.array_equal(first.samples, again.samples)
