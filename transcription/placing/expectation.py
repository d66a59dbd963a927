"""
What the text would sound like here: said by several synthetic voices, heard through the channel.

Each phone is cut into three parts, and each part is described by the mean and the variance of its
cepstra over all voices. One voice alone would be mistaken for the words; what several have in
common is nearer to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import soxr
from more_itertools import chunked
from numpy.typing import NDArray

from transcription.errors import NothingToAlign
from transcription.placing.channel import Channel, colour
from transcription.placing.parameters import Parameters
from transcription.placing.spectrum import (
    FRAME_MS,
    SAMPLE_RATE_HZ,
    Features,
    Powers,
    features,
    powers,
)
from transcription.synthesis import speak

PARTS = 3
_WORDS_AT_ONCE = 40
_BEGINNING = 5
_JOINER = "\u2060"  # keeps espeak-ng from making one word of two: "of the"
_SHORTEST_S = 0.004
_FRAMES_A_SECOND = 1000 / FRAME_MS

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Expectation:
    """
    The text as a chain of states, `PARTS` for each phone.

    `means` and `variances` have the shape (states, SIZE). For each state, `word` is the word
    of the text that it belongs to, `kind` numbers its phone's name, and `frames` is how long
    the voices stay in it.
    """

    means: Floats
    variances: Floats
    frames: Floats
    word: NDArray[np.int64]
    kind: NDArray[np.int64]

    @property
    def begins(self) -> NDArray[np.bool_]:
        """Whether a state is the first of its word."""
        first: NDArray[np.bool_] = np.diff(self.word, prepend=-1) != 0
        return first


@dataclass(frozen=True, slots=True)
class _Said:
    """A few words by one voice; a phone's edges are in frames, `word` counts in the text."""

    powers: Powers
    names: tuple[str, ...]
    word: tuple[int, ...]
    starts: Floats
    ends: Floats


def expectation(
    words: Sequence[str], channel: Channel, *, voice: str, parameters: Parameters
) -> Expectation:
    """
    Have `words` (none empty) said by every variant of `voice`; raises `UnknownVoice`.

    A word for which espeak-ng says nothing has no state.
    """
    chunks = list(chunked(enumerate(words), _WORDS_AT_ONCE))
    voices = [voice + variant for variant in parameters.voices]
    begun = [[_said(chunk, name, parameters) for name in voices] for chunk in chunks[:_BEGINNING]]
    colours = [
        colour(np.concatenate([one.powers for one in said])) for said in zip(*begun, strict=True)
    ]
    said_names: list[str] = []
    said_words: list[int] = []
    described: list[tuple[Floats, Floats, Floats]] = []
    for number, chunk in enumerate(chunks):
        said = (
            begun[number]
            if number < len(begun)
            else [_said(chunk, name, parameters) for name in voices]
        )
        if not said[0].names:
            continue
        said_names += said[0].names
        said_words += said[0].word
        described.append(
            _described(
                [
                    (features(channel.heard(one.powers, own)), one)
                    for one, own in zip(said, colours, strict=True)
                    if one.names == said[0].names
                ]
            )
        )
    if not described:
        raise NothingToAlign("text")
    means, variances, frames = (np.concatenate(part) for part in zip(*described, strict=True))
    _, kinds = np.unique(said_names, return_inverse=True)
    return Expectation(
        means,
        variances,
        frames,
        np.repeat(np.array(said_words), PARTS),
        np.repeat(kinds, PARTS),
    )


def _said(chunk: list[tuple[int, str]], voice: str, parameters: Parameters) -> _Said:
    starts, text = [], ""
    for _, said in chunk:
        starts.append(len(text))
        text += _JOINER + said + " "
    spoken = speak(text, voice=voice, words_per_minute=parameters.words_per_minute)
    samples = soxr.resample(spoken.samples, spoken.rate_hz, SAMPLE_RATE_HZ, quality="HQ")
    phones = [
        phone
        for phone in spoken.phones
        if phone.name and phone.end_s - phone.start_s > _SHORTEST_S
    ]
    begun = np.array([second for _, second in spoken.words])
    offsets = [offset for offset, _ in spoken.words]
    event = np.searchsorted(begun, [p.start_s + _SHORTEST_S for p in phones], side="right") - 1
    word = np.searchsorted(starts, [offsets[max(at, 0)] for at in event], side="right") - 1
    return _Said(
        powers(samples),
        tuple(phone.name.strip("',") for phone in phones),
        tuple(chunk[at][0] for at in word),
        np.array([phone.start_s for phone in phones]) * _FRAMES_A_SECOND,
        np.array([phone.end_s for phone in phones]) * _FRAMES_A_SECOND,
    )


def _described(heard: list[tuple[Features, _Said]]) -> tuple[Floats, Floats, Floats]:
    """Means, variances and lengths in frames of all parts of all phones, over the voices."""
    share = np.arange(PARTS + 1) / PARTS
    total, squares, count, length = (np.zeros(1) for _ in range(4))
    for cepstra, one in heard:
        lasting = one.ends - one.starts
        edges = np.rint(one.starts[:, None] + lasting[:, None] * share).astype(np.int64)
        first = np.minimum(edges[:, :-1].ravel(), len(cepstra) - 1)
        last = np.maximum(np.minimum(edges[:, 1:].ravel(), len(cepstra)), first + 1)
        total = total + _between(cepstra, first, last)
        squares = squares + _between(np.square(cepstra, dtype=np.float64), first, last)
        count = count + (last - first)[:, None]
        length = length + np.repeat(lasting, PARTS) / PARTS
    means = total / count
    return means, np.maximum(squares / count - means**2, 0), length / len(heard)


def _between(
    values: NDArray[np.floating], first: NDArray[np.int64], last: NDArray[np.int64]
) -> Floats:
    """Sums of rows first..last for each pair."""
    sums = np.vstack([np.zeros(values.shape[1]), np.cumsum(values, axis=0, dtype=np.float64)])
    between: Floats = sums[last] - sums[first]
    return between
