"""
Where Whisper's weights lie on this machine. Nothing is ever downloaded from here.

openai-whisper keeps them as `<name>.pt` in `$XDG_CACHE_HOME/whisper` (`~/.cache/whisper`), and so do
we, so that weights fetched by its own command are found. The SHA-256 of each is part of its address
in the package's own list; a file under an official name that has another is not loaded.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from transcription.errors import EngineUnavailable

PUBLISHER = "openai-whisper"
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
        remedy=(
            f"Put {path.name} of {PUBLISHER} into {folder}, or run `earwitness models fetch {model}`; "
            "nothing is downloaded unasked."
        ),
    )


@dataclass(frozen=True, slots=True)
class Known:
    """An official model: its address, the digest that it must have, and where it lies or would have to."""

    name: str
    address: str
    digest: str
    path: Path


def known(models_dir: Path | None) -> tuple[Known, ...]:
    """The official models, smallest first; `large` and `turbo` are names for two of them."""
    import whisper

    folder = models_dir or cache_dir() / "whisper"
    return tuple(
        Known(name, address, f"sha256:{address.split('/')[-2]}", folder / f"{name}.pt")
        for name, address in whisper._MODELS.items()  # noqa: SLF001 - the only list there is
        if name not in _FILES
    )


def named(model: str, *, models_dir: Path | None) -> Known | None:
    """The official model of this name, if it is one."""
    name = _FILES.get(model, model)
    return next((one for one in known(models_dir) if one.name == name), None)


def damaged(engine: str, path: Path, reason: str) -> EngineUnavailable:
    """The refusal of a file that cannot be used."""
    return EngineUnavailable(
        engine,
        reason=reason,
        remedy=f"Replace {path} by the file that {PUBLISHER} published: earwitness models fetch.",
    )
