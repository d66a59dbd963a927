"""
Makes the two recordings of the demonstration: `python -m app.demo.audio.make_audio`.

Invented radio traffic about lorries and doctors, spoken by espeak-ng in two voices per exchange,
band-passed to 300-3400 Hz like a radio, with noise and pauses. The phrases are of the kind that the
exercise model knows. The same espeak-ng gives the same files; `truth.json` holds what is
said, by whom, when, and what it means in English.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from transcription.synthesis import speak

FOLDER = Path(__file__).parent
RATE_HZ = 16_000
PAUSE_SECONDS = 1.1
EDGE_SECONDS = 0.5
NOISE = 0.003
SPEECH_PEAK = 0.5
COARSENESS = 16  # twelve bits, as a radio's converter has; FLAC is half the size for it

Span = tuple[int, int]


@dataclass(frozen=True)
class Voice:
    """One speaker: an espeak-ng voice, words a minute, pitch."""

    speaker: str
    espeak: str
    speed: int
    pitch: int


@dataclass(frozen=True)
class Line:
    """One transmission, and what it means in English."""

    voice: Voice
    text: str
    english: str


BEACON = Voice("Маяк", "ru+m7", 160, 52)
EAGLE = Voice("Беркут", "ru+f1", 145, 61)
VOLGA = Voice("Volga", "en+m1", 150, 45)
GRANITE = Voice("Granite", "en-us+m7", 150, 40)

_ORDER = Line(
    BEACON,
    "Приказ такой: командира оставить, остальных вывезти в тыл.",
    "The order is: keep the commander, take the rest to the rear.",
)
RUSSIAN = (
    Line(BEACON, "Беркут, как слышно, приём.", "Eagle, how do you read, over."),
    Line(EAGLE, "Маяк, я Беркут, вас понял.", "Beacon, this is Eagle, I understood you."),
    _ORDER,
    Line(
        EAGLE,
        "Повтори, не понял, кого оставить у моста?",
        "Say again, I did not understand, who stays at the bridge?",
    ),
    _ORDER,
    Line(EAGLE, "Я нашёл только водителя у моста.", "I found only the driver at the bridge."),
    Line(
        BEACON,
        "Ждите у моста до утра, конец связи.",
        "Wait at the bridge until morning, out.",
    ),
)
_KEEP = "The order is: keep the commander, take the wounded to the hospital."
ENGLISH = tuple(
    Line(voice, text, text)
    for voice, text in (
        (VOLGA, "Granite, how do you read, over."),
        (GRANITE, "Volga, this is Granite, I understood you."),
        (VOLGA, _KEEP),
        (GRANITE, "Say again, I did not understand, who stays at the bridge?"),
        (VOLGA, _KEEP),
        (GRANITE, "We need four trucks by the river."),
        (VOLGA, "Wait at the bridge until morning, out."),
    )
)


def spoken(line: Line) -> NDArray[np.float32]:
    """One line as 16 kHz samples without the silence around it."""
    voice = line.voice
    said = speak(line.text, voice=voice.espeak, words_per_minute=voice.speed, pitch=voice.pitch)
    samples: NDArray[np.float32] = soxr.resample(said.samples, said.rate_hz, RATE_HZ)
    loud = np.flatnonzero(np.abs(samples) > 0.01)  # noqa: PLR2004 - a fiftieth of the peak
    trimmed: NDArray[np.float32] = samples[loud[0] : loud[-1]]
    return trimmed * np.float32(SPEECH_PEAK / float(np.abs(samples).max()))


def exchange(lines: tuple[Line, ...], *, seed: int) -> tuple[NDArray[np.int16], list[Span]]:
    """All lines one after another as the radio would give them, and when each is said, in ms."""
    parts, spans = [np.zeros(round(EDGE_SECONDS * RATE_HZ), np.float32)], []
    for line in lines:
        start = sum(map(len, parts))
        parts.append(spoken(line))
        spans.append((start * 1000 // RATE_HZ, sum(map(len, parts)) * 1000 // RATE_HZ))
        parts.append(np.zeros(round(PAUSE_SECONDS * RATE_HZ), np.float32))
    clean = np.concatenate(parts)
    noise = np.random.default_rng(seed).standard_normal(len(clean)) * NOISE
    radio = butter(4, [300, 3400], btype="band", fs=RATE_HZ, output="sos")
    heard = sosfilt(radio, clean + noise)
    coarse = np.rint(heard * 32768 / COARSENESS) * COARSENESS
    return np.clip(coarse, -32768, 32767).astype(np.int16), spans


def main() -> None:
    """Write both recordings and what is said in them."""
    truth = {}
    for name, language, lines, seed in (
        ("exchange_ru.flac", "ru", RUSSIAN, 1),
        ("exchange_en.flac", "en", ENGLISH, 1),
    ):
        pcm, spans = exchange(lines, seed=seed)
        soundfile.write(FOLDER / name, pcm, RATE_HZ, format="FLAC", subtype="PCM_16")
        truth[name] = {
            "language": language,
            "duration_ms": len(pcm) * 1000 // RATE_HZ,
            "lines": [
                {
                    "speaker": line.voice.speaker,
                    "start_ms": start,
                    "end_ms": end,
                    "text": line.text,
                    "english": line.english,
                }
                for line, (start, end) in zip(lines, spans, strict=True)
            ],
        }
    text = json.dumps(truth, ensure_ascii=False, indent=1)
    (FOLDER / "truth.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
