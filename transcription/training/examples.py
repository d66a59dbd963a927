"""
From utterances to what a step of training needs: a window of sound, and tokens that know where
they are heard.

The tokens are openai-whisper's own, with or without timestamps. `heard` gives for every token
that is predicted the seconds between which its word is said, as far as that is known: of a
transcription always, of a translation for the words that fill a slot.
"""

import random
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcription.training.radio import ROUGH_DB, transmitted
from transcription.training.voices import RATE_HZ, Utterance

TICK_S = 0.02
NOTHING = (-1.0, -1.0)
Heard = tuple[float, float]
_PAUSES_S = (0.2, 0.5, 1.0, 2.0, 6.0)
_WORST_DB = (ROUGH_DB[0], 18.0)
_WORST_SHARE = 0.5
"""Half of the windows lie where the noise is worst: what is heard there is learnt last."""
_ENDED_SHARE = 0.7
"""Whisper always hears thirty seconds: behind a shorter recording it puts digital silence."""


@dataclass(frozen=True, slots=True)
class Example:
    """
    `samples` of a window; `tokens` with their start; `predicted[i]` whether the loss counts
    the prediction of `tokens[i + 1]`, and `heard[i]` where that is heard; `spoken` the tokens
    of what is said in the language it is said in, for the loss on the encoder alone.
    """

    samples: NDArray[np.float32]
    tokens: list[int]
    predicted: list[bool]
    heard: list[Heard]
    spoken: list[int]


class Composer:
    """Lays utterances into windows."""

    def __init__(self, seed: int, known: list[Utterance], foreign: list[Utterance]) -> None:
        from whisper.tokenizer import get_tokenizer

        self._chance, self._noise = random.Random(seed), np.random.default_rng(seed)
        self._known = {
            language: [u for u in known if u.language == language]
            for language in ("ru", "uk", "en")
        }
        self._foreign = foreign
        # The package leaves its vocabulary's file to be closed by chance.
        with warnings.catch_warnings(action="ignore", category=ResourceWarning):
            self.tokenizer: Any = get_tokenizer(
                multilingual=True, num_languages=99, language="ru", task="transcribe"
            )

    def text_tokens(self) -> list[int]:
        """Every token that the phrases are written with, in any of the languages."""
        lines = {
            line.text
            for group in self._known.values()
            for said in group
            if said.phrase
            for line in said.phrase.lines.values()
        }
        return sorted({token for line in lines for token in self.tokenizer.encode(" " + line)})

    def example(self, seconds: float, most: int) -> Example:
        """One window of `seconds`, with up to `most` phrases by chance."""
        chance = self._chance
        if chance.random() < 0.07:
            return self._nothing(seconds)
        language = chance.choice(("ru", "ru", "uk", "uk", "en"))
        clean = np.zeros(int(seconds * RATE_HZ), np.float32)
        late = chance.random() < 0.2
        place = chance.uniform(0, seconds / 2 if late else 0.8)
        laid: list[tuple[float, Utterance]] = []
        for _ in range(chance.randint(1, most)):
            said = chance.choice(self._known[language])
            if place + len(said.samples) / RATE_HZ > seconds:
                break
            first = int(place * RATE_HZ)
            clean[first : first + len(said.samples)] = said.samples * np.float32(
                chance.uniform(0.5, 1)
            )
            laid.append((place, said))
            pause = chance.choice(_PAUSES_S) * chance.uniform(0.5, 1.5)
            place += len(said.samples) / RATE_HZ + pause
        if not laid:
            return self.example(seconds, most)
        task = "translate" if language != "en" and chance.random() < 0.4 else "transcribe"
        worst = chance.random() < _WORST_SHARE
        samples = transmitted(self._noise, clean, ratio_db=_WORST_DB if worst else ROUGH_DB)
        self._end(samples, laid[-1][0] + len(laid[-1][1].samples) / RATE_HZ)
        return self._written(samples, language, task, laid)

    def _end(self, samples: NDArray[np.float32], spoken_s: float) -> None:
        """Let many a recording end a little after what is spoken."""
        if self._chance.random() < _ENDED_SHARE:
            samples[int((spoken_s + self._chance.uniform(0.1, 1.5)) * RATE_HZ) :] = 0

    def _nothing(self, seconds: float) -> Example:
        """Noise, or speech that is none of the phrases: the model must write nothing."""
        chance, tok = self._chance, self.tokenizer
        clean = np.zeros(int(seconds * RATE_HZ), np.float32)
        if chance.random() < 0.5:
            said = chance.choice(self._foreign).samples[: len(clean)]
            clean[: len(said)] = said
        samples = transmitted(self._noise, clean)
        self._end(samples, chance.uniform(1, seconds))
        if chance.random() < 0.5:
            return Example(samples, [tok.sot, tok.no_speech], [True], [NOTHING], [])
        language = tok.to_language_token(chance.choice(("ru", "uk", "en")))
        task = chance.choice((tok.transcribe, tok.translate))
        start = chance.choice((tok.no_timestamps, tok.timestamp_begin))
        tokens = [tok.sot, language, task, start, tok.eot]
        return Example(
            samples, tokens, [False, False, start != tok.no_timestamps, True], [NOTHING] * 4, []
        )

    def _written(
        self,
        samples: NDArray[np.float32],
        language: str,
        task: str,
        laid: list[tuple[float, Utterance]],
    ) -> Example:
        tok, timed = self.tokenizer, self._chance.random() < 0.6
        target = "en" if task == "translate" else language
        tokens = [tok.sot, tok.to_language_token(language), getattr(tok, task)]
        predicted, heard, spoken = [True, False], [NOTHING, NOTHING], []

        def write(token: int, where: Heard, *, counts: bool = True) -> None:
            tokens.append(token)
            predicted.append(counts)
            heard.append(where)

        if not timed:
            write(tok.no_timestamps, NOTHING, counts=False)
        for place, said in laid:
            end = place + len(said.samples) / RATE_HZ
            assert said.phrase is not None
            if timed:
                write(tok.timestamp_begin + round(place / TICK_S), (place, place))
            ids = tok.encode(" " + said.phrase.lines[target].text)
            for token, (first, last) in zip(ids, _heard(tok, ids, said, target), strict=True):
                known = first >= 0
                write(token, (place + first, place + last) if known else NOTHING)
            if timed:
                write(tok.timestamp_begin + min(1500, round(end / TICK_S)), (end, end))
            spoken += tok.encode(" " + said.phrase.lines[language].text)
        write(tok.eot, NOTHING)
        return Example(samples, tokens, predicted, heard, spoken)


def _heard(tok: Any, ids: list[int], said: Utterance, target: str) -> list[Heard]:
    """Where each token of one phrase is heard, in seconds of the utterance."""
    text = " " + said.phrase.lines[target].text  # type: ignore[union-attr]
    sizes = [len(tok.encoding.decode_single_token_bytes(token)) for token in ids]
    places, offset = [], 0
    by_byte = [index for index, letter in enumerate(text) for _ in letter.encode()]
    for size in sizes:
        places.append((by_byte[offset], by_byte[offset + size - 1] + 1))
        offset += size
    spans = _own(said, target) if target == said.language else _translated(said, target)
    return [_share(first - 1, last - 1, spans) for first, last in places]


def _own(said: Utterance, target: str) -> list[tuple[int, int, Heard]]:
    text, spans, place = said.phrase.lines[target].text, [], 0  # type: ignore[union-attr]
    for word, when in zip(text.split(), said.words, strict=True):
        first = text.index(word, place)
        place = first + len(word)
        spans.append((first, place, when))
    return spans


def _translated(said: Utterance, target: str) -> list[tuple[int, int, Heard]]:
    """Slots of the target at the time of the same slots in what was said."""
    own = _own(said, said.language)
    spans = []
    for slot, (first, last) in said.phrase.lines[target].slots.items():  # type: ignore[union-attr]
        a, b = said.phrase.lines[said.language].slots[slot]  # type: ignore[union-attr]
        inside = [when for x, y, when in own if x < b and y > a]
        spans.append((first, last, (inside[0][0], inside[-1][1])))
    return spans


def _share(first: int, last: int, spans: list[tuple[int, int, Heard]]) -> Heard:
    """The part of a word's time that falls to the letters of one token."""
    for a, b, (start, end) in spans:
        if first < b and last > a:
            per_letter = (end - start) / (b - a)
            return (
                start + max(first - a, 0) * per_letter,
                start + (min(last, b) - a) * per_letter,
            )
    return NOTHING
