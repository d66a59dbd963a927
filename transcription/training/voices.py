"""
Who says the phrases: espeak-ng's voices and variants, some of them kept for the examination.

A variant changes the formants, the pitch range and the voicing of a language's voice. Variants
that whisper, croak or sound like machines are left out.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from transcription.synthesis import Spoken, speak
from transcription.training.grammar import Phrase, phrase

RATE_HZ = 16_000
ACCENTS = {
    "ru": ("ru",),
    "uk": ("uk",),
    "en": ("en", "en-us", "en-gb-x-rp", "en-gb-scotland"),
}
TRAINING = tuple(
    (
        "+m1 +m2 +m3 +m4 +m6 +m7 +m8 +f1 +f2 +f4 +f5 +Andy +Annie +Denis +Hugo +Jacky +Lee "
        "+Mario +Michael +adam +anika +belinda +boris +david +ed +ian +max +pablo +rob +steph"
    ).split()
)
HELD_OUT = ("+m5", "+f3", "+Alex", "+linda", "+edward")
_OTHERS = ("de", "fr", "pl", "it", "es", "tr", "ru", "uk", "en-us")
_SOFT = 0.01


@dataclass(frozen=True, slots=True)
class Utterance:
    """
    One phrase as somebody says it.

    `samples`: 16 kHz, peak 1, no silence around. `words`: for every word between blanks the
    seconds at which it begins and ends, pauses left out. `phrase` is `None` for speech that
    means nothing to the model.
    """

    samples: NDArray[np.float16]
    language: str
    phrase: Phrase | None
    words: tuple[tuple[float, float], ...]


def utterances(
    seed: int, count: int, *, held_out: bool = False, variants: Sequence[str] = ()
) -> Iterator[Utterance]:
    """
    `count` phrases by chance, in Russian and Ukrainian twice as often as in English.

    Held out means both: phrases and voices that training never meets; `variants` narrows the voices.
    """
    chance = random.Random(seed)
    variants = variants or (HELD_OUT if held_out else TRAINING)
    while count:
        said = phrase(chance)
        if said.held_out is not held_out:
            continue
        language = chance.choice(("ru", "ru", "uk", "uk", "en"))
        voice = chance.choice(ACCENTS[language]) + chance.choice(variants)
        count -= 1
        yield _said(chance, said.lines[language].text, voice, language, said)


def foreign(seed: int, count: int) -> Iterator[Utterance]:
    """Speech of which the model must make nothing: its own phrases with their letters mixed."""
    chance = random.Random(seed)
    for _ in range(count):
        voice = chance.choice(_OTHERS)
        language = voice if voice in ACCENTS else "en"
        words = phrase(chance).lines[language].text.strip(".?").split()
        mixed = " ".join("".join(chance.sample(word, len(word))) for word in words)
        yield _said(chance, mixed, voice + chance.choice(TRAINING), language, None)


def _said(
    chance: random.Random, text: str, voice: str, language: str, said: Phrase | None
) -> Utterance:
    spoken = speak(
        text, voice=voice, words_per_minute=chance.randint(125, 190), pitch=chance.randint(25, 75)
    )
    samples = soxr.resample(spoken.samples, spoken.rate_hz, RATE_HZ)
    samples = samples / max(float(np.abs(samples).max()), 1e-6)
    loud = np.flatnonzero(np.abs(samples) > _SOFT)
    first, last = max(int(loud[0]) - 160, 0), int(loud[-1]) + 160
    words = tuple(
        (max(start - first / RATE_HZ, 0.0), max(end - first / RATE_HZ, 0.0))
        for start, end in _word_times(text, spoken, last / RATE_HZ)
    )
    return Utterance(samples[first:last].astype(np.float16), language, said, words)


def _word_times(text: str, spoken: Spoken, end: float) -> list[tuple[float, float]]:
    """From espeak-ng's words to those between blanks; what it merged is shared by letters."""
    offsets, place = [], 0
    for word in text.split():
        offsets.append(text.index(word, place))
        place = offsets[-1] + len(word)
    heard = dict(reversed([(offset, start) for offset, start in spoken.words]))
    known = [(0, 0.0)] + [(o, heard[o]) for o in offsets[1:] if o in heard] + [(len(text), end)]
    starts = [float(np.interp(o, [o for o, _ in known], [s for _, s in known])) for o in offsets]
    return [
        (start, _voiced_until(spoken, start, following))
        for start, following in zip(starts, [*starts[1:], end], strict=True)
    ]


def _voiced_until(spoken: Spoken, start: float, end: float) -> float:
    """The end of the last phone that is not a pause."""
    inside = [p.end_s for p in spoken.phones if p.name and start < p.end_s <= end + 0.01]
    return min(max(inside, default=end), end)
