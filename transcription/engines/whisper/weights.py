"""
Where Whisper's weights lie on this machine. Nothing is ever downloaded from here.

openai-whisper keeps them as `<name>.pt` in `$XDG_CACHE_HOME/whisper` (`~/.cache/whisper`), and so do
we, so that weights fetched by its own command are found.
"""

import os
from pathlib import Path

from transcription.errors import EngineUnavailable

_FILES = {"large": "large-v3", "turbo": "large-v3-turbo"}
_NAMES = frozenset(
    "tiny.en tiny base.en base small.en small medium.en medium large-v1 large-v2 large-v3 large "
    "large-v3-turbo turbo".split()
)


def cache_dir() -> Path:
    """The user's cache directory, as the XDG specification has it."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def official(model: str) -> bool:
    """Whether `model` is a name of openai-whisper's own list."""
    return model in _NAMES


def located(model: str, *, models_dir: Path | None) -> Path:
    """The file of `model` (an official name or a path), or `EngineUnavailable` with the remedy."""
    engine = f"whisper:{model}"
    if not official(model):
        path = Path(model)
        if path.is_file():
            return path
        raise EngineUnavailable(
            engine,
            reason="there is no such file, and no model of that name",
            remedy=f"Name a checkpoint file, or one of: {', '.join(sorted(_NAMES))}.",
        )
    folder = models_dir or cache_dir() / "whisper"
    path = folder / f"{_FILES.get(model, model)}.pt"
    if path.is_file():
        return path
    raise EngineUnavailable(
        engine,
        reason="its weights are not on this machine",
        remedy=f"Put {path.name} of openai-whisper into {folder}; nothing is downloaded unasked.",
    )
