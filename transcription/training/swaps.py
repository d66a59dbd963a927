"""
Phrases of which the published wording is wrong in one word, to measure how well that is noticed.

Everything is held out of training: phrases and voices. Half of that, by the phrase's digest and by
the voice, is for finding thresholds, the other half for examining them, so that no phrase and no
voice is in both.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from transcription.span import Span
from transcription.training.grammar import Line, choices
from transcription.training.radio import ROUGH_DB, transmitted
from transcription.training.voices import HELD_OUT, RATE_HZ, Utterance, utterances
from transcription.transcript import Word

_EDGE_S = 1.2
_PAUSES_S = (0.3, 0.8)
_SLOTS = ("CALL", "OBJ", "REST", "PLACE", "DEST", "TIME", "TRUCKS", "DAYS")


class Part(StrEnum):
    """What a phrase is for."""

    CALIBRATION = "calibration"
    EXAMINATION = "examination"

    @property
    def voices(self) -> tuple[str, ...]:
        """Variants of espeak-ng's voices."""
        return HELD_OUT[:3] if self is Part.CALIBRATION else HELD_OUT[3:]

    def holds(self, text: str) -> bool:
        """Whether a phrase belongs to it."""
        even = hashlib.sha256(text.encode()).digest()[2] % 2 == 0
        return even is (self is Part.CALIBRATION)


@dataclass(frozen=True, slots=True, eq=False)
class Swapped:
    """
    A phrase in a recording, and three wordings of it that are wrong in the word with the number `at`.

    `exchanged` has another word there, `added` one too many, and `lacking` one too few: what was said is
    `truth`. `samples` at 16 kHz; `context` is what is said before.
    """

    samples: NDArray[np.float32]
    span: Span
    context: tuple[Word, ...]
    language: str
    truth: str
    exchanged: tuple[int, str]
    added: tuple[int, str]
    lacking: tuple[int, str]


def swapped(seed: int, count: int, part: Part) -> Iterator[Swapped]:
    """`count` phrases by chance, each over a rough radio, half of them after another one."""
    chance, noise = random.Random(seed), np.random.default_rng(seed)
    before: Utterance | None = None
    for said in utterances(seed, 400 * count, held_out=True, variants=part.voices):
        assert said.phrase is not None
        line = said.phrase.lines[said.language]
        if not count:
            return
        if not part.holds(said.phrase.lines["ru"].text):
            continue
        exchanges = _exchanges(line, said.language)
        if not exchanges:
            continue
        count -= 1
        same = before if before and before.language == said.language else None
        first = same if chance.random() < 0.5 else None
        samples, span, context = _recorded(chance, noise, first, said)
        yield Swapped(
            samples,
            span,
            context,
            said.language,
            line.text,
            chance.choice(exchanges),
            _added(chance, line, said.language),
            _lacking(chance, line),
        )
        before = said


def _recorded(
    chance: random.Random, noise: np.random.Generator, first: Utterance | None, said: Utterance
) -> tuple[NDArray[np.float32], Span, tuple[Word, ...]]:
    edge = np.zeros(round(_EDGE_S * RATE_HZ), np.float32)
    parts, context, begins = [edge], [], len(edge)
    if first:
        assert first.phrase is not None
        text = first.phrase.lines[first.language].text
        for word, (start, end) in zip(text.split(), first.words, strict=True):
            at = begins / RATE_HZ
            context.append(Word(word, round(1000 * (at + start)), round(1000 * (at + end))))
        pause = np.zeros(round(chance.uniform(*_PAUSES_S) * RATE_HZ), np.float32)
        parts += [first.samples.astype(np.float32), pause]
        begins += len(first.samples) + len(pause)
    samples = transmitted(
        noise,
        np.concatenate([*parts, said.samples.astype(np.float32), edge]),
        ratio_db=ROUGH_DB,
    )
    ends = begins + len(said.samples)
    return samples, Span(begins * 1000 // RATE_HZ, ends * 1000 // RATE_HZ), tuple(context)


def _exchanges(line: Line, language: str) -> list[tuple[int, str]]:
    """Every wording in which another choice for a slot changes one word and no more."""
    found = []
    own = line.text.split()
    for slot, (first, last) in line.slots.items():
        for choice in choices(slot.rstrip("2"), language):
            new = line.text[:first] + choice + line.text[last:]
            new = new[0].upper() + new[1:]
            changed = _changed(own, new.split())
            if len(changed) == 1:
                found.append((changed[0], new))
    return found


def _changed(own: list[str], new: list[str]) -> list[int]:
    """Where two texts of as many words differ; nowhere, if they have not as many."""
    if len(own) != len(new):
        return []
    return [at for at, (one, other) in enumerate(zip(own, new, strict=True)) if one != other]


def _added(chance: random.Random, line: Line, language: str) -> tuple[int, str]:
    """A word of the vocabulary put in somewhere after the first."""
    words = line.text.split()
    at = chance.randint(1, len(words) - 1)
    new = chance.choice([w for slot in _SLOTS for c in choices(slot, language) for w in c.split()])
    return at, " ".join([*words[:at], new, *words[at:]])


def _lacking(chance: random.Random, line: Line) -> tuple[int, str]:
    """The phrase without one of the words between its first and its last."""
    words = line.text.split()
    at = chance.randint(1, len(words) - 2)
    return at, " ".join([*words[:at], *words[at + 1 :]])
