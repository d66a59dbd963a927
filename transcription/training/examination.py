"""
What the exercise model can do on phrases and voices that it never met in training.

By openai-whisper's own `transcribe`, so that nothing of ours flatters it: greedy, one
temperature, the language detected, each phrase alone in a window with a second of noise behind it.
Word error rate is insertions, deletions and substitutions over the words said, letters folded,
punctuation left out. Word times are compared with espeak-ng's for words that came out right.
"""

import re
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from transcription.training.learner import ALIGNMENT_HEADS
from transcription.training.radio import FAIR_DB, ROUGH_DB, transmitted
from transcription.training.voices import RATE_HZ, Utterance, foreign, utterances

SEED = 77
_EDGE = RATE_HZ // 4
_WITHIN_MS = 100


def examine(checkpoint: Path, *, phrases: int, seed: int = SEED) -> dict[str, Any]:
    """
    What comes out over a fair radio (speech 30 to 40 dB above the noise) and a rough one (6 to 45).

    For each: word error rates per language and task, language detection, word times; and how
    often something is written where nothing that the model knows is said. `seed` decides which of
    the phrases kept out are said, by which voices: another one is an examination never sat before.
    """
    import torch
    import whisper

    model = whisper.load_model(str(checkpoint), device="cpu")
    heads = torch.zeros(model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool)
    for layer, head in ALIGNMENT_HEADS:
        heads[layer, head] = True
    model.register_buffer("alignment_heads", heads.to_sparse(), persistent=False)
    return {
        "fair radio": _examined(model, FAIR_DB, phrases, seed),
        "rough radio": _examined(model, ROUGH_DB, phrases, seed),
        "written where nothing known is said": _invented(model, phrases // 3, seed),
    }


def _examined(
    model: Any, ratio_db: tuple[float, float], phrases: int, seed: int
) -> dict[str, Any]:
    noise = np.random.default_rng(seed)
    count: Counter[str] = Counter()
    late: list[float] = []
    for said in utterances(seed, phrases, held_out=True):
        samples = transmitted(noise, _window(said), ratio_db=ratio_db)
        tasks = ("transcribe",) if said.language == "en" else ("transcribe", "translate")
        for task in tasks:
            heard = _heard(model, samples, task)
            _count(count, said, task, heard)
            if task == "transcribe":
                late += _errors_ms(said, heard)
    pairs = sorted({key.rsplit(" ", 1)[0] for key in count})
    return {
        "word error rate": {
            pair: round(count[f"{pair} wrong"] / count[f"{pair} words"], 4) for pair in pairs
        },
        "phrases": {pair: count[f"{pair} phrases"] for pair in pairs},
        "language right": {pair: count[f"{pair} language"] for pair in pairs},
        "word start error in ms": {
            "median": round(median(late)),
            "share within 100": round(sum(e <= _WITHIN_MS for e in late) / len(late), 3),
        },
    }


def _window(said: Utterance) -> NDArray[np.float32]:
    clean = np.zeros(len(said.samples) + _EDGE + RATE_HZ, np.float32)
    clean[_EDGE : _EDGE + len(said.samples)] = said.samples
    return clean


def _heard(model: Any, samples: Any, task: str) -> dict[str, Any]:
    import whisper

    heard: dict[str, Any] = whisper.transcribe(
        model,
        samples,
        task=task,
        temperature=0.0,
        condition_on_previous_text=False,
        fp16=False,
        suppress_tokens=[],
        word_timestamps=task == "transcribe",
    )
    return heard


def _count(count: Counter[str], said: Utterance, task: str, heard: dict[str, Any]) -> None:
    assert said.phrase is not None
    target = "en" if task == "translate" else said.language
    truth, written = _words(said.phrase.lines[target].text), _words(heard["text"])
    pair = f"{said.language} {task}"
    count[f"{pair} wrong"] += Levenshtein.distance(truth, written)
    count[f"{pair} words"] += len(truth)
    count[f"{pair} phrases"] += 1
    count[f"{pair} language"] += heard["language"] == said.language


def _errors_ms(said: Utterance, heard: dict[str, Any]) -> list[float]:
    """How far the start of each word is off, if all words are right; else nothing."""
    assert said.phrase is not None
    words = [word for segment in heard["segments"] for word in segment["words"]]
    truth = _words(said.phrase.lines[said.language].text)
    if [part for word in words for part in _words(word["word"])] != truth:
        return []
    return [
        abs(word["start"] - start - _EDGE / RATE_HZ) * 1000
        for word, (start, _) in zip(words, said.words, strict=False)
    ]


def _invented(model: Any, windows: int, seed: int) -> dict[str, str]:
    """In how many windows of noise, and of speech that is no phrase, words were written."""
    noise = np.random.default_rng(seed)
    kinds = {
        "noise": [np.zeros(RATE_HZ * 6, np.float32)] * windows,
        "foreign speech": [_window(said) for said in foreign(seed, windows)],
    }
    written = {}
    for name, kind in kinds.items():
        texts = [_heard(model, transmitted(noise, clean), "transcribe")["text"] for clean in kind]
        written[name] = f"{sum(bool(text.strip()) for text in texts)} of {windows}"
    return written


def _words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())
