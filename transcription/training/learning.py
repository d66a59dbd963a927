"""How the exercise model learns: on two processor cores, in less than two hours."""

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from whisper.audio import log_mel_spectrogram

from transcription.training.examples import Composer, Example
from transcription.training.learner import Learner
from transcription.training.voices import RATE_HZ, Utterance, foreign, utterances

PEAK_RATE = 2e-3
LATER_RATE = 1e-3
PHRASES = 30_000
_WARM_UP_STEPS = 200
_TOLD_EVERY = 50
_SAVED_EVERY = 500

Batch = tuple[torch.Tensor, list[Example]]


def learn(minutes: float, weights: Path, *, start: Path | None = None, seed: int = 1) -> None:
    """
    Train for so many minutes and leave the weights in the file `weights`.

    From nothing, or on from the weights in `start`: then with windows of every length from the
    beginning and at half the rate. `seed` decides which phrases are said by whom. Tells the losses
    as it goes. The learning rate rises for 200 steps, stays, and falls in a line over the last
    55 % of the time.
    """
    known, other = _spoken(PHRASES, seed)
    hours = sum(len(said.samples) for said in known) / RATE_HZ / 3600
    composer = Composer(seed + 1, known, other)
    learner = Learner(composer.tokenizer, composer.text_tokens())
    if start:
        learner.resume(start)
    count = sum(part.numel() for part in learner.parameters)
    print(f"{len(known)} phrases, {hours:.1f} h, {count} parameters", flush=True)
    began = time.monotonic()

    def done() -> float:
        return (time.monotonic() - began) / 60 / minutes

    batches = _batches(composer, lambda: 1.0 if start else done())
    rate = LATER_RATE if start else PEAK_RATE
    for step, told in enumerate(_steps(learner, batches, done, rate), start=1):
        if step % _TOLD_EVERY == 0:
            print(json.dumps({"step": step, "done": round(done(), 3), **told}), flush=True)
        if step % _SAVED_EVERY == 0:
            learner.save(weights)
    learner.save(weights)


def _spoken(count: int, seed: int) -> tuple[list[Utterance], list[Utterance]]:
    """`count` phrases, and a twentieth as much foreign speech, spoken by two processes."""
    with ProcessPoolExecutor(2) as pool:
        parts = [pool.submit(_part, part, count // 2) for part in (seed, seed + 1)]
        spoken = [part.result() for part in parts]
    return [u for known, _ in spoken for u in known], [u for _, other in spoken for u in other]


def _part(seed: int, count: int) -> tuple[list[Utterance], list[Utterance]]:
    return list(utterances(seed, count)), list(foreign(seed + 1000, count // 20))


def _batches(composer: Composer, done: Callable[[], float]) -> Iterator[Batch]:
    """
    Single phrases in 5 s, then up to three in 8 s, then longer windows among them.

    Of those of 30 s, which is what the model is always given, most hold a few phrases and then nothing.
    """
    chance = np.random.default_rng(3)
    while True:
        draw = chance.random()
        if done() < 0.25:
            size, seconds, most = 24, 5.0, 1
        elif done() < 0.6 or draw < 0.4:
            size, seconds, most = 16, 8.0, 3
        elif draw < 0.5:
            size, seconds, most = 8, 15.0, 5
        elif draw < 0.8:
            size, seconds, most = 5, 30.0, 3
        else:
            size, seconds, most = 5, 30.0, 9
        examples = [composer.example(seconds, most) for _ in range(size)]
        mel = [log_mel_spectrogram(torch.from_numpy(one.samples)) for one in examples]
        yield torch.stack(mel), examples


def _steps(
    learner: Learner, batches: Iterator[Batch], done: Callable[[], float], peak: float
) -> Iterator[dict[str, float]]:
    """Make one step after another, yielding the mean of each loss over the last fifty."""
    optimiser = torch.optim.AdamW(
        learner.parameters, lr=peak, betas=(0.9, 0.98), weight_decay=0.01
    )
    told: list[dict[str, float]] = []
    with ThreadPoolExecutor(1) as ahead:
        coming = ahead.submit(next, batches)
        while done() < 1:
            mel, examples = coming.result()
            coming = ahead.submit(next, batches)
            rise = min(1.0, (len(told) + 1) / _WARM_UP_STEPS)
            for group in optimiser.param_groups:
                group["lr"] = peak * rise * min(1.0, max(0.01, (1 - done()) / 0.55))
            loss, losses = learner.loss(mel, examples)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(learner.parameters, 1.0)
            optimiser.step()
            optimiser.zero_grad()
            told.append(losses)
            lately = told[-_TOLD_EVERY:]
            yield {name: round(sum(t[name] for t in lately) / len(lately), 3) for name in losses}
