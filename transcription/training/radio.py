"""What a radio does to a voice: band, noise, hum, overload. Chance decides how much of each."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from transcription.training.voices import RATE_HZ

Samples = NDArray[np.float32]
ROUGH_DB = (6.0, 45.0)
FAIR_DB = (30.0, 40.0)


def transmitted(
    chance: np.random.Generator, clean: Samples, *, ratio_db: tuple[float, float] = ROUGH_DB
) -> Samples:
    """
    `clean` speech, peak 1 or silence, as it might come out of a receiver; the same length.

    `ratio_db` are the least and the most decibels by which the speech is above the noise.
    """
    band = _band(chance)
    heard = sosfilt(band, clean) if chance.random() < 0.6 else clean
    if chance.random() < 0.2:
        heard = np.tanh(heard * chance.uniform(1, 4))
    heard = heard * chance.uniform(0.1, 1.0) / (np.abs(heard).max() + 1e-6)
    noise = chance.standard_normal(len(clean), dtype=np.float32)
    if chance.random() < 0.6:
        noise = sosfilt(band, noise)
    if chance.random() < 0.15:
        hum = np.sin(
            2 * np.pi * chance.choice([50, 60, 400, 1000]) * np.arange(len(clean)) / RATE_HZ
        )
        noise = noise + hum * chance.uniform(0.1, 1.0)
    loud = heard[np.abs(heard) > 0.02]
    power = float(np.mean(loud**2)) if len(loud) else 10 ** chance.uniform(-6, -2)
    ratio = 10 ** (chance.uniform(*ratio_db) / 10)
    scale = np.sqrt(power / ratio / (np.mean(noise**2) + 1e-12))
    received: Samples = np.clip(heard + noise * scale, -1, 1).astype(np.float32)
    return received


def _band(chance: np.random.Generator) -> NDArray[np.float64]:
    edges = [chance.uniform(150, 400), chance.uniform(2800, 3900)]
    band: NDArray[np.float64] = butter(4, edges, btype="band", fs=RATE_HZ, output="sos")
    return band
