"""
Placing a text: words in, the same words with times out.

1. The recording's spectrum, its noise and its channel are measured.
2. Synthetic voices say the text; what they have in common is heard through that channel.
3. The likeliest path through text and optional pauses is found, for the text and for decoys of it.
4. What the first path teaches about the speaker moves the expectation; the path is found again.
5. Words get the times of their first and last frame, where the audio supports them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from transcription.errors import NothingToAlign, TextTooLong, UnsupportedLanguage
from transcription.placing import VOICES
from transcription.placing.adaptation import adapted
from transcription.placing.channel import channel, evened
from transcription.placing.expectation import Expectation, expectation
from transcription.placing.likelihood import Likelihood
from transcription.placing.parameters import Parameters
from transcription.placing.path import path
from transcription.placing.spectrum import FRAME_MS, SAMPLE_RATE_HZ, features, powers
from transcription.placing.support import support
from transcription.transcript import Word

MOST_WORDS = 30_000
_LONGEST_WORD = 64
_UNSPOKEN = re.compile(r"[^\w'’-]|_")

_EARLY_MS = FRAME_MS // 2  # a frame is centred at its number; its edge lies before that

Told = Callable[[str], None]


class _Place(NamedTuple):
    start_ms: int
    end_ms: int
    support: int
    squeezed: bool


def place(
    samples: NDArray[np.float32],
    words: Sequence[str],
    *,
    language: str,
    parameters: Parameters | None = None,
    told: Told = lambda _: None,
) -> tuple[Word, ...]:
    """
    The times of `words`, said in this order in a recording at 16 kHz, in `samples`.

    A word gets no time when nothing of it can be said aloud, when it was left out, or when its
    support is less than `Parameters.least_support_permille`; its per mille is its support. A word
    that took no longer than it must is marked `interpolated`: its neighbours alone say where it is.
    `told` hears what is being done. Raises `UnsupportedLanguage`, `TextTooLong`, `NothingToAlign`.
    """
    settings = parameters or Parameters()
    if len(words) > MOST_WORDS:
        raise TextTooLong("transcript", unit="words", allowed=MOST_WORDS)
    spoken = [(number, said) for number, word in enumerate(words) if (said := _aloud(word))]
    if not spoken:
        raise NothingToAlign("text")
    if language not in VOICES:
        raise UnsupportedLanguage(language, by="placing")
    told("measuring the recording")
    power = evened(powers(samples))
    found = channel(power, settings)
    heard = features(power + found.floor)
    told("saying the text")
    likelihood = Likelihood(heard, found, settings)
    expected = likelihood.widened(
        expectation(
            [said for _, said in spoken],
            found,
            voice=VOICES[language],
            parameters=settings,
        )
    )
    told("placing")
    costs = likelihood.costs(expected)
    states = path(heard, costs)
    told("comparing with decoys")
    supported = support(expected, heard, costs, states)
    for number in range(settings.rounds):
        told(f"learning the voice, round {number + 1} of {settings.rounds}")
        likelihood.learn_pauses(states)
        states = path(
            heard,
            likelihood.costs(adapted(expected, heard, states, likelihood.spread, settings)),
        )
    placed = dict(_placed(expected, states, supported, len(samples) * 1000 // SAMPLE_RATE_HZ))
    result = [Word(word) for word in words]
    for order, (number, _) in enumerate(spoken):
        place = placed.get(order)
        if place and place.support >= settings.least_support_permille:
            result[number] = Word(
                words[number], place.start_ms, place.end_ms, place.support, place.squeezed
            )
    return tuple(result)


def _aloud(word: str) -> str:
    """What of a word can be said: letters, digits, apostrophes and hyphens; empty if nothing."""
    said = _UNSPOKEN.sub("", unicodedata.normalize("NFC", word)).strip("'’-")
    return said if len(said) <= _LONGEST_WORD else ""


def _placed(
    expected: Expectation,
    states: NDArray[np.int64],
    supported: NDArray[np.int64],
    length_ms: int,
) -> Iterator[tuple[int, _Place]]:
    """Each word that the path goes through, with its place."""
    frames = np.flatnonzero(states >= 0)
    word = expected.word[states[frames]]
    firsts = np.flatnonzero(np.diff(word, prepend=-1))
    least = np.bincount(expected.word)
    for first, last in pairwise([*firsts, len(frames)]):
        start, end = int(frames[first]), int(frames[last - 1]) + 1
        yield (
            int(word[first]),
            _Place(
                start_ms=min(max(0, start * FRAME_MS - _EARLY_MS), length_ms),
                end_ms=min(end * FRAME_MS - _EARLY_MS, length_ms),
                support=round(float(supported[start:end].mean())),
                squeezed=bool(end - start <= least[word[first]]),
            ),
        )
