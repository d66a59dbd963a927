"""
How much memory and time decoding a long recording takes, in a process of its own.

`python -m bench.decoding FILE FOLDER` probes the file and makes its derivatives in `FOLDER`, and
prints as JSON by how much its own memory grew in each (`VmHWM` less `VmRSS` before), the most
that a decoding child held in all, and the processor time of both.
"""

import json
import os
import resource
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from bench import memory
from bench.figure import Bound, Figure

RATE_HZ = 8_000
GROWTH_BYTES = 32 << 20
DECODER_BYTES = 128 << 20
HOURS = 3
MIB = 1 << 20
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Grown:
    """What was measured: lengths of what came out, bytes of memory, milliseconds of processor."""

    duration_ms: int
    columns: int
    probing: int
    deriving: int
    decoder: int
    probing_cpu_ms: int
    deriving_cpu_ms: int
    playback_bytes: int
    spectrogram_bytes: int

    @classmethod
    def of(cls, said: bytes) -> "Grown":
        """Read what a measuring process printed."""
        return cls(**json.loads(said))


def write_recording(path: Path, *, seconds: int) -> None:
    """Two channels of noise that comes and goes, as FLAC, a minute at a time; no silence."""
    import numpy as np
    import soundfile

    chance = np.random.default_rng(1)
    with soundfile.SoundFile(path, "w", RATE_HZ, 2, format="FLAC", subtype="PCM_16") as out:
        for start in range(0, seconds, 60):
            count = min(60, seconds - start) * RATE_HZ
            out.write(chance.integers(-900, 900, (count, 2)).astype(np.int16))


def figures(folder: Path) -> list[Figure]:
    """Three hours, probed and derived in a process of its own."""
    recording = folder / "three-hours.flac"
    write_recording(recording, seconds=HOURS * 3600)
    said = subprocess.run(
        [sys.executable, "-m", "bench.decoding", str(recording), str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    grown = Grown.of(said)
    facts: dict[str, object] = asdict(grown)
    held = (
        ("probing grows by", grown.probing, GROWTH_BYTES),
        ("making derivatives grows by", grown.deriving, GROWTH_BYTES),
        ("the confined decoder is at most", grown.decoder, DECODER_BYTES),
    )
    return [
        Figure(
            name=f"Three hours: memory of {what}",
            value=value / MIB,
            unit="MiB",
            bound=Bound.LESS_THAN,
            bar=bar / MIB,
        )
        for what, value, bar in held
    ] + [
        Figure(
            name=f"Three hours: recording time per processor time, {name}",
            value=grown.duration_ms / max(1, spent),
            facts=facts,
        )
        for name, spent in (
            ("probing", grown.probing_cpu_ms),
            ("deriving", grown.deriving_cpu_ms),
        )
    ]


def measure(recording: Path, folder: Path) -> Grown:
    """Probe and derive in this process, watching it and the decoder's child."""
    from transcription import audio
    from transcription.sandbox import zygotes

    warm = folder / "warm.flac"
    write_recording(warm, seconds=2)
    heard, seen = folder / "playback", folder / "spectrogram"

    def derive(source: Path) -> audio.Made:
        with source.open("rb") as file, heard.open("w+b") as copy, seen.open("w+b") as picture:
            return audio.derivatives(file, playback=copy, spectrogram=picture)

    with warm.open("rb") as file:
        audio.probe(file)
    derive(warm)
    watch = _Watch(zygotes.running().pid)
    with recording.open("rb") as file:
        memory.forget_peak(os.getpid())
        before, spent = memory.resident(os.getpid()), _cpu_ms()
        found = audio.probe(file)
        probing, probing_cpu = memory.peak(os.getpid()) - before, _cpu_ms() - spent
    memory.forget_peak(os.getpid())
    before, spent = memory.resident(os.getpid()), _cpu_ms()
    made = derive(recording)
    deriving, deriving_cpu = memory.peak(os.getpid()) - before, _cpu_ms() - spent
    return Grown(
        duration_ms=found.duration_ms,
        columns=int(made.spectrogram["columns"]),
        probing=probing,
        deriving=deriving,
        decoder=watch.end(),
        probing_cpu_ms=probing_cpu,
        deriving_cpu_ms=deriving_cpu,
        playback_bytes=heard.stat().st_size,
        spectrogram_bytes=seen.stat().st_size,
    )


def _cpu_ms() -> int:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return int((used.ru_utime + used.ru_stime) * 1000)


class _Watch(threading.Thread):
    """Looks four times a second at the most that any child of the zygote has held."""

    def __init__(self, zygote: int) -> None:
        super().__init__(daemon=True)
        self._zygote, self._most, self._over = zygote, 0, threading.Event()
        self.start()

    def run(self) -> None:
        children = Path(f"/proc/{self._zygote}/task/{self._zygote}/children")
        while not self._over.wait(0.25):
            for child in children.read_text().split():
                try:
                    self._most = max(self._most, memory.peak(int(child)))
                except (OSError, StopIteration):  # it has just ended
                    continue

    def end(self) -> int:
        """The most that was seen, in bytes."""
        self._over.set()
        self.join()
        return self._most


if __name__ == "__main__":
    print(json.dumps(asdict(measure(Path(sys.argv[1]), Path(sys.argv[2])))))
