"""Speech made on the spot whose words' times are known exactly, clean or over a bad radio."""

import re
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray
from scipy import signal

from transcription.placing.spectrum import SAMPLE_RATE_HZ
from transcription.synthesis import speak

SAID = {
    "en": [
        "I can see seven men and two lorries heading north",
        "understood stay where you are until the morning",
        "we are running out of fuel send water and bread",
    ],
    "ru": [
        "вижу семь человек и две машины идут на север",
        "понял оставайтесь на месте до самого утра",
        "топливо кончается пришлите воду и свежий хлеб",
    ],
    "uk": [
        "бачу сімох чоловіків і дві машини йдуть на північ",
        "зрозумів залишайтеся на місці до самого ранку",
        "пальне закінчується надішліть воду і свіжий хліб",
    ],
}
# Voices that are not among those that the method speaks with itself.
VOICES = {"en": "en-us+belinda", "ru": "ru+ed", "uk": "uk+steph"}


@dataclass(frozen=True, slots=True)
class Speech:
    """Samples at 16 kHz, the words said, and when each begins."""

    samples: NDArray[np.float32]
    words: list[str]
    starts_ms: list[int | None]


def speech(language: str, *, pause_s: float = 0.7, words_per_minute: int = 160) -> Speech:
    """The three sentences with a pause before each and after the last; a quiet room's noise."""
    pieces: list[NDArray[np.float32]] = []
    words: list[str] = []
    starts: list[int | None] = []
    passed = 0
    for sentence in SAID[language]:
        pieces.append(np.zeros(round(pause_s * SAMPLE_RATE_HZ), np.float32))
        passed += len(pieces[-1])
        spoken = speak(sentence, voice=VOICES[language], words_per_minute=words_per_minute)
        begun = dict(spoken.words)
        for word in re.finditer(r"\S+", sentence):
            words.append(word.group())
            at = begun.get(word.start())
            starts.append(None if at is None else round(passed / 16 + at * 1000))
        pieces.append(soxr.resample(spoken.samples, spoken.rate_hz, SAMPLE_RATE_HZ))
        passed += len(pieces[-1])
    samples = np.concatenate([*pieces, np.zeros(8000, np.float32)])
    noise = np.random.default_rng(1).standard_normal(len(samples)) * samples.std() * 1e-3
    return Speech((samples + noise).astype(np.float32), words, starts)


def over_radio(samples: NDArray[np.float32], *, snr_db: float) -> NDArray[np.float32]:
    """300 to 3000 Hz, white noise, and soft clipping."""
    band = signal.butter(4, [300, 3000], "band", fs=SAMPLE_RATE_HZ, output="sos")
    narrow = signal.sosfilt(band, samples)
    level = np.sqrt(np.mean(narrow**2) * 10 ** (-snr_db / 10))
    noisy = narrow + np.random.default_rng(0).standard_normal(len(narrow)) * level
    return (np.tanh(noisy / (3 * np.std(noisy))) / 2).astype(np.float32)
