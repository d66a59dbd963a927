"""
How fast speech is transcribed, against `whisper.transcribe()` of the same release with the same weights.

Two models. One with the dimensions of `base` and weights drawn by chance: it writes nonsense, so that its
length has to be fixed, and is: as many tokens in all for both (end of text suppressed, no timestamps).
And the exercise model, which writes words: there both decode until they are done, and their words are
compared. Two recordings of ten minutes: the demonstration's speech over and over with four tenths of
silence between, and without any. Both sides time words and know the language. Turn and turn about in
this process, on one thread each, in seconds of processor: threads that wait for one another on a busy
machine would say more about the machine than about either.
"""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.figure import Figure, median_ratio, rounded
from transcription.activity import SAMPLE_RATE_HZ, Samples
from transcription.engines import load, transcribe
from transcription.engines.whisper.checkpoint import Checkpoint
from transcription.engines.whisper.engine import Whisper
from transcription.engines.whisper.settings import Settings

SILENCE_BAR = 2.0
CONTINUOUS_BAR = 1.3
TOKENS_PER_SPOKEN_SECOND = 4
WINDOW_S = 30
AUDIO = Path(__file__).parents[1] / "app/demo/audio/exchange_ru.flac"
BASE = {
    "n_mels": 80,
    "n_audio_ctx": 1500,
    "n_audio_state": 512,
    "n_audio_head": 8,
    "n_audio_layer": 6,
    "n_vocab": 51865,
    "n_text_ctx": 448,
    "n_text_state": 512,
    "n_text_head": 8,
    "n_text_layer": 6,
}


def figures(*, seconds: int, turns: int) -> list[Figure]:
    """Four ratios of speed, and of the exercise model's words how many are the same."""
    import torch

    torch.set_num_threads(1)
    spoken, sparse = _recordings(seconds)
    base = _base()
    found = []
    for name, samples, share, bar in (
        ("40 % silence", sparse, 0.6, SILENCE_BAR),
        ("continuous speech", spoken, 1.0, CONTINUOUS_BAR),
    ):
        found.append(_base_figure(base, name, samples, share=share, bar=bar, turns=turns))
        found.append(_exercise_figure(name, samples, bar=bar, turns=turns))
    return found


def _recordings(seconds: int) -> tuple[Samples, Samples]:
    """Speech without a break, and the same with silence of 4 to 16 s so that it makes four tenths."""
    from transcription.audio import samples

    with AUDIO.open("rb") as file:
        exchange = np.array(samples(file))
    noise = exchange[: SAMPLE_RATE_HZ // 5]
    wanted = seconds * SAMPLE_RATE_HZ
    spoken = np.tile(exchange, wanted // len(exchange) + 1)
    chance = np.random.default_rng(1)
    parts: list[Samples] = []
    heard = 0
    while sum(map(len, parts)) < wanted:
        length = round(chance.uniform(6, 24) * SAMPLE_RATE_HZ)
        pause = np.tile(noise, round(length / SAMPLE_RATE_HZ * 0.4 / 0.6 * 5))
        parts += [spoken[heard : heard + length], pause]
        heard = (heard + length) % (len(spoken) - 24 * SAMPLE_RATE_HZ)
    return spoken[:wanted], np.concatenate(parts)[:wanted]


def _base() -> Checkpoint:
    import torch
    import whisper

    torch.manual_seed(0)
    model: Any = whisper.model.Whisper(whisper.model.ModelDimensions(**BASE)).eval()
    heads = tuple((layer, head) for layer in (3, 4, 5) for head in (1, 5))
    mask = torch.zeros(BASE["n_text_layer"], BASE["n_text_head"], dtype=torch.bool)
    for layer, head in heads:
        mask[layer, head] = True
    model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)
    return Checkpoint(model, "sha256:none", None, heads)


def _base_figure(
    base: Checkpoint, name: str, samples: Samples, *, share: float, bar: float, turns: int
) -> Figure:
    """Both sides write the same number of tokens, spread evenly over their windows."""
    tokenizer = base.tokenizer("ru", "transcribe")
    engine = Whisper("whisper:base", base, Settings(timestamps=False))
    windows = len(engine.windows(samples))
    theirs = -(-len(samples) // (WINDOW_S * SAMPLE_RATE_HZ))
    each = round(TOKENS_PER_SPOKEN_SECOND * WINDOW_S * share)
    ours = round(each * theirs / windows)
    # Never a special token: neither the end of the text nor a timestamp.
    never = [-1, *range(tokenizer.eot, BASE["n_vocab"])]
    engine = Whisper(
        "whisper:base",
        base,
        Settings(timestamps=False, token_limit=ours, suppressed=tuple(never)),
    )
    first = samples[: 5 * SAMPLE_RATE_HZ]
    _theirs(base.model, first, sample_len=4, suppress_tokens=never)  # compiles what it compiles
    ratio, facts = _ratio(
        lambda: transcribe(engine, samples, language="ru"),
        lambda: _theirs(
            base.model, samples, sample_len=each, suppress_tokens=never, without_timestamps=True
        ),
        turns,
    )
    facts["tokens"] = f"{windows} x {ours} against {theirs} x {each}"
    return Figure(name=f"Speed, base, {name}", value=ratio, bar=bar, facts=facts)


def _exercise_figure(name: str, samples: Samples, *, bar: float, turns: int) -> Figure:
    engine = load("whisper:exercise")
    assert isinstance(engine, Whisper)
    said: dict[str, str] = {}
    # This model hears ten seconds at a time best: whisper.transcribe is told to begin anew where we do.
    edges = [
        edge / 1000
        for window in engine.windows(samples)
        for edge in (window.span.start_ms, window.span.end_ms)
    ]

    def ours() -> None:
        said["ours"] = transcribe(engine, samples, language="ru").text

    def theirs() -> None:
        found = _theirs(
            engine.checkpoint.model, samples, suppress_tokens=[], clip_timestamps=edges
        )
        said["theirs"] = str(found["text"])

    ratio, facts = _ratio(ours, theirs, turns)
    facts["same words, per mille"] = _same(said["ours"], said["theirs"])
    return Figure(name=f"Speed, exercise model, {name}", value=ratio, bar=bar, facts=facts)


def _same(ours: str, theirs: str) -> int:
    """Per mille of the words of both that stand in both, in the same order."""
    from difflib import SequenceMatcher

    one, two = (re.findall(r"\w+", text.casefold()) for text in (ours, theirs))
    return round(1000 * SequenceMatcher(None, one, two, autojunk=False).ratio())


def _theirs(model: Any, samples: Samples, **options: Any) -> dict[str, Any]:
    import whisper

    found: dict[str, Any] = whisper.transcribe(
        model,
        np.array(samples),
        language="ru",
        temperature=0.0,
        condition_on_previous_text=False,
        word_timestamps=True,
        fp16=False,
        verbose=None,
        **options,
    )
    return found


def _ratio(
    ours: Callable[[], object], theirs: Callable[[], object], turns: int
) -> tuple[float, dict[str, object]]:
    """How many times as fast we are, and the seconds of each turn."""
    seconds: dict[str, list[float]] = {"ours": [], "theirs": []}
    for _ in range(turns):
        for name, work in (("ours", ours), ("theirs", theirs)):
            began = time.process_time()
            work()
            seconds[name].append(time.process_time() - began)
    facts: dict[str, object] = {f"{name} s": rounded(own) for name, own in seconds.items()}
    return median_ratio(seconds["theirs"], seconds["ours"]), facts
