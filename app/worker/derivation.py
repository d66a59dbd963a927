"""
What pins a machine's transcript: everything that bears on its words, as data.

Law 9: whoever has the same bytes and the same model can run it again, and where it then
comes out otherwise, two of these values say what was different. Whole numbers and text
only, for it is hashed with the transcript's row.
"""

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.canonical import Json
from transcription import audio
from transcription.span import Span

if TYPE_CHECKING:
    from transcription.engines import Engine, Task, Window

_CPUS = Path("/proc/cpuinfo")
_LIBRARIES = ("earwitness", "av", "numpy", "soxr")


def derivation(
    engine: "Engine",
    *,
    task: "Task",
    language: str,
    detected: bool,
    channel: int | None,
    windows: "Sequence[Window]",
    decoded: dict[str, Json],
    parent: dict[str, Json] | None,
) -> dict[str, Json]:
    """
    Describe one hearing; `decoded` is what the decoder said of the samples (`listening`).

    `language` is the one that is spoken, `detected` whether the engine named it itself;
    `windows` are kept as spans with the islands that were heard, in ms of the original;
    `parent` names the transcript that this one translates or hears again.
    """
    spans: list[Json] = [
        {"span": _ends(window.span), "islands": [_ends(island) for island in window.islands]}
        for window in windows
    ]
    return {
        "engine": engine.name,
        "version": engine.version,
        "model_sha256": engine.model_digest,
        "parameters": dict(engine.parameters),
        "task": task.value,
        "language": language,
        "language_detected": detected,
        "windows": spans,
        "input": {
            **decoded,
            "channel": channel,
            "resampler": audio.RESAMPLER,
            "sample_rate": audio.SAMPLE_RATE_HZ,
        },
        "environment": environment(),
        "parent": parent,
        "notice": engine.notice,
    }


def windows_of(pins: Mapping[str, Any]) -> "tuple[Window, ...]":
    """The windows that a derivation names, in order; none where it is older than that."""
    from transcription.engines import Window

    return tuple(
        Window(Span(*window["span"]), tuple(Span(*island) for island in window["islands"]))
        for window in pins.get("windows") or ()
    )


def _ends(span: Span) -> Json:
    return [span.start_ms, span.end_ms]


def environment() -> dict[str, Json]:
    """The software and the machine of this process."""
    return {
        **{name: version(name) for name in _LIBRARIES},
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cpu": _cpu(),
    }


def _cpu() -> str:
    """What the kernel calls the processor: kernels of matrix products are chosen by it."""
    try:
        lines = _CPUS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "")


def pcm_of(pins: Mapping[str, Any]) -> str:
    """The digest of the decoded samples that were heard."""
    return str(pins["input"]["pcm_sha256"])
