"""
How well a known text is placed without weights: against word boundaries that others measured.

The two recordings with word boundaries (from the tests of Montreal Forced Aligner) and the other
recordings lie in `../shared/audio`; without them there is no figure. "Radio" is 300 to 3000 Hz, white
noise, and soft clipping. A word without a time counts as a wrong one. A wrong text is that of
another recording in the same language.
"""

import re
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from bench.figure import Bound, Figure, rounded
from transcription import audio
from transcription.placing.placement import place
from transcription.transcript import Word

SHARED = Path(__file__).resolve().parents[2] / "shared" / "audio"
CORPORA = ("en_tests_data_wav_acoustic_corpus", "en_tests_data_wav_cold_corpus")
SNR_DB = 5
_INTERVAL = re.compile(r'^([\d.]+)\n([\d.]+)\n"(.*)"$', re.MULTILINE)

Samples = NDArray[np.float32]


def figures() -> list[Figure]:
    """Medians, shares and the share of wrong texts that were placed; nothing without recordings."""
    if not SHARED.is_dir():
        return []
    corpora = [_corpus(name) for name in CORPORA]
    found, spent, heard = [], 0.0, 0.0
    for name, noisy, median_bar, share_bar in (
        ("clear speech", False, 35, 80),
        (f"{SNR_DB} dB radio", True, None, 75),
    ):
        errors = []
        for samples, words, starts in corpora:
            before = time.process_time()
            placed = place(_over_radio(samples) if noisy else samples, words, language="en")
            spent += time.process_time() - before
            heard += len(samples) / audio.SAMPLE_RATE_HZ
            errors.append(_errors(placed, starts))
        found += _of(name, errors, median_bar, share_bar)
    wrong = _wrong(corpora)
    return [
        *found,
        Figure(
            name="words of wrong texts placed",
            value=100 * float(np.mean(wrong)),
            unit="%",
            bound=Bound.AT_MOST,
            bar=15,
            facts={"share of each text": rounded(wrong)},
        ),
        Figure(
            name="recording placed in a second of CPU time",
            value=heard / spent,
            unit="s",
            facts={"recordings": 4, "with compiling": "once"},
        ),
    ]


def _of(
    name: str, errors: Sequence[NDArray[np.float64]], median_bar: float | None, share_bar: float
) -> list[Figure]:
    together = np.concatenate(errors)
    each = [float(np.median(one)) for one in errors]
    return [
        Figure(
            name=f"start of words, {name}: median error",
            value=float(np.median(together)),
            unit="ms",
            bound=Bound.AT_MOST,
            bar=median_bar,
            facts={"of each recording": rounded(each), "words": len(together)},
        ),
        Figure(
            name=f"start of words, {name}: within 100 ms",
            value=100 * float(np.mean(together <= 100)),
            unit="%",
            bar=share_bar,
            facts={
                "of each recording": rounded([float(np.mean(one <= 100)) for one in errors]),
                "within 50 ms": round(float(np.mean(together <= 50)), 3),
                "without a time": int(np.isinf(together).sum()),
            },
        ),
    ]


def _wrong(corpora: Sequence[tuple[Samples, list[str], list[float]]]) -> list[float]:
    (first, one, _), (second, other, _) = corpora
    shares = []
    for samples, words in ((first, other), (second, one)):
        for heard in (samples, _over_radio(samples)):
            placed = place(heard, words, language="en")
            shares.append(float(np.mean([word.start_ms is not None for word in placed])))
    return shares


def _errors(placed: Sequence[Word], starts: list[float]) -> NDArray[np.float64]:
    return np.array(
        [
            np.inf if word.start_ms is None else abs(word.start_ms - 1000 * start)
            for word, start in zip(placed, starts, strict=True)
        ]
    )


def _corpus(name: str) -> tuple[Samples, list[str], list[float]]:
    """Samples, words, and when each begins (s)."""
    tier = (SHARED / f"{name}.TextGrid").read_text().split('"IntervalTier"')[1]
    said = [(word, float(start)) for start, _, word in _INTERVAL.findall(tier) if word]
    with (SHARED / f"{name}.wav").open("rb") as file:
        samples = audio.samples(file)
    return samples, [word for word, _ in said], [start for _, start in said]


def _over_radio(samples: Samples) -> Samples:
    band = signal.butter(4, [300, 3000], "band", fs=audio.SAMPLE_RATE_HZ, output="sos")
    narrow = signal.sosfilt(band, samples)
    level = np.sqrt(np.mean(narrow**2) * 10 ** (-SNR_DB / 10))
    noisy = narrow + np.random.default_rng(0).standard_normal(len(narrow)) * level
    return (np.tanh(noisy / (3 * np.std(noisy))) / 2).astype(np.float32)
