"""
A loaded checkpoint: the model with everything that is known about it by its digest.

One model is held per process: loading a large one takes a minute, and two would not fit. The same
weights under other settings share it, except that whole-number layers make a model of their own.
"""

import threading
import warnings
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from transcription import exercise
from transcription.engines.whisper import weights
from transcription.exercise import digest_of

_UNTRANSLATING = ("turbo", ".en")
_SMOOTHED_FRAMES = 7  # as openai-whisper has it for the heads that it lists
inference = threading.Lock()


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """
    `known_as` is the official name of these weights, if they have one, whatever the file is called.

    `heads` are the pairs (decoder layer, head) whose cross-attention is known to follow the audio; none
    for weights that nobody has looked at.
    """

    model: Any
    digest: str
    known_as: str | None
    heads: tuple[tuple[int, int], ...]

    @property
    def is_exercise(self) -> bool:
        """Whether it is our own small model."""
        return self.digest == exercise.DIGEST

    @property
    def smoothed_frames(self) -> int:
        """Over how many frames of 20 ms, an odd number, the median of what `heads` see is taken."""
        return exercise.SMOOTHED_FRAMES if self.is_exercise else _SMOOTHED_FRAMES

    @property
    def translates(self) -> bool:
        """Whether it was trained to translate into English."""
        return bool(self.model.is_multilingual) and not (self.known_as or "").endswith(
            _UNTRANSLATING
        )

    @property
    def languages(self) -> frozenset[str]:
        """Whisper's hundred; English alone for `.en` models; three for the exercise model."""
        import whisper

        if self.is_exercise:
            return exercise.LANGUAGES
        if not self.model.is_multilingual:
            return frozenset({"en"})
        return frozenset(list(whisper.tokenizer.LANGUAGES)[: self.model.num_languages])

    def tokenizer(self, language: str, task: str) -> Any:
        """The package's tokenizer for one language and task."""
        import whisper

        with warnings.catch_warnings(action="ignore", category=ResourceWarning):
            # The package leaves the vocabulary's file to be closed by chance.
            return whisper.tokenizer.get_tokenizer(
                self.model.is_multilingual,
                num_languages=self.model.num_languages,
                language=language,
                task=task,
            )


@cache
def threads_here() -> int:
    """How many threads torch would use in this process, had nobody told it otherwise."""
    import torch

    return int(torch.get_num_threads())


def loaded(name: str, path: Path, *, quantised: bool, expected: str | None = None) -> Checkpoint:
    """
    The checkpoint of a file, from memory if it is the one that is held.

    `EngineUnavailable` under `name`, if the file has not the digest that is `expected` of it or is no
    checkpoint of openai-whisper.
    """
    digest = digest_of(path)
    if expected and digest != expected:
        raise weights.damaged(name, path, f"its file has {digest} instead of {expected}")
    try:
        return _loaded(path, digest, quantised)
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        RuntimeError,
        UnpicklingError,
    ) as error:
        reason = f"its file is no checkpoint of openai-whisper ({type(error).__name__})"
        raise weights.damaged(name, path, reason) from error


@lru_cache(maxsize=1)
def _loaded(path: Path, digest: str, quantised: bool) -> Checkpoint:
    import whisper

    model = whisper.load_model(str(path), device="cpu").eval()
    known_as = _official_name(digest)
    if known_as:
        model.set_alignment_heads(whisper._ALIGNMENT_HEADS[known_as])  # noqa: SLF001 - the only list
    if quantised:
        from transcription.engines.whisper import quantised as layers

        layers.quantise(model)
    return Checkpoint(model, digest, known_as, _heads(model, digest, known_as))


def _heads(model: Any, digest: str, known_as: str | None) -> tuple[tuple[int, int], ...]:
    if digest == exercise.DIGEST:
        return exercise.ALIGNMENT_HEADS
    if known_as is None:
        return ()
    return tuple((int(layer), int(head)) for layer, head in model.alignment_heads.indices().T)


def _official_name(digest: str) -> str | None:
    """The official model with these weights: its address carries their SHA-256."""
    import whisper

    for name, address in whisper._MODELS.items():  # noqa: SLF001 - the only list there is
        if digest.removeprefix("sha256:") in address:
            return str(name)
    return None
