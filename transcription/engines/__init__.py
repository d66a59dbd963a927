"""
Speech engines behind one protocol, chosen by name.

    load("whisper:exercise")      our small model: demonstrations and tests, not casework
    load("whisper:small")         openai-whisper with weights that are on this machine
    load("whisper:small+beam5")   the same under other settings (transcription.engines.whisper)
    load("whisper:/path/to.pt")   the same with a checkpoint file
    load("faster-whisper:/folder")  the same weights, converted for CTranslate2: an extra to install
    load("pocketsphinx")          a draft of English, with no weights to fetch
    load("scripted:/path.json")   a written transcript, read aloud to nobody

Importing this package loads none of them. `available` answers cheaply whether one could be
loaded; nothing is ever downloaded.
"""

from collections.abc import Callable
from pathlib import Path

from more_itertools import chunked

from transcription.activity.sound import Samples
from transcription.engines.engine import Engine, Forcing, Parameters, Task
from transcription.engines.window import Window
from transcription.errors import EngineUnavailable
from transcription.flags import flagged
from transcription.transcript import Segment, Transcript

__all__ = [
    "Engine",
    "Forcing",
    "Parameters",
    "Samples",
    "Task",
    "Window",
    "available",
    "load",
    "transcribe",
]

_KINDS = (
    "whisper:<model or file>, whisper:exercise, faster-whisper:<folder>, pocketsphinx, "
    "scripted:<file>"
)


def available(name: str, *, models_dir: Path | None = None) -> None:
    """
    Return if `load(name)` would find what it needs; raise `EngineUnavailable` if not.

    `models_dir` is where Whisper's weights lie, if not in openai-whisper's own cache. Loads no engine
    and imports no torch.
    """
    kind, _, rest = name.partition(":")
    if kind == "whisper" and rest:
        from transcription.engines import whisper

        whisper.available(rest, models_dir=models_dir)
    elif kind == "faster-whisper" and rest:
        from transcription.engines import faster

        faster.available(Path(rest))
    elif name == "pocketsphinx":
        from transcription.engines import pocketsphinx

        pocketsphinx.available()
    elif kind == "scripted" and rest:
        from transcription.engines import scripted

        scripted.available(Path(rest))
    else:
        raise EngineUnavailable(
            name, reason="there is no engine of that name", remedy=f"Choose one of: {_KINDS}."
        )


def load(name: str, *, models_dir: Path | None = None) -> Engine:
    """Load an engine by name; raises `EngineUnavailable` as `available` does."""
    available(name, models_dir=models_dir)
    kind, _, rest = name.partition(":")
    if kind == "whisper":
        from transcription.engines import whisper

        return whisper.load(rest, models_dir=models_dir)
    if kind == "faster-whisper":
        from transcription.engines.faster import FasterWhisper

        return FasterWhisper(Path(rest))
    if kind == "pocketsphinx":
        from transcription.engines.pocketsphinx import Pocketsphinx

        return Pocketsphinx()
    from transcription.engines.scripted import Scripted

    return Scripted(Path(rest))


def transcribe(
    engine: Engine,
    samples: Samples,
    *,
    language: str | None = None,
    task: Task = Task.TRANSCRIBE,
    progress: Callable[[int, int], None] | None = None,
) -> Transcript:
    """
    Transcribe a whole recording, some windows at a time.

    `language` `None` means: detected in the first window, and kept. `progress` is called with
    milliseconds done and in all after each group of windows. A translation's language is English; a
    recording in which nothing is said has no segments, and the language `und` if none was given.
    Segments carry the warnings of `transcription.flags`.
    """
    segments: list[Segment] = []
    # Of no window at all: what the engine cannot do is refused even where there is nothing to hear.
    engine.transcribe_windows(samples, (), language=language or min(engine.languages), task=task)
    found = engine.windows(samples)
    for group in chunked(found, engine.batch):
        language = language or engine.detect_language(samples, group[0])
        for own in engine.transcribe_windows(samples, group, language=language, task=task):
            segments += own
        if progress:
            progress(group[-1].span.end_ms, found[-1].span.end_ms)
    written = "en" if task is Task.TRANSLATE else language or "und"
    return flagged(Transcript(written, tuple(segments)), samples)
