"""
openai-whisper behind the engines' protocol: `whisper:small`, `whisper:/path/to.pt`, `whisper:small+int8`.

The decoding loop is our own, over the package's stable surface (`embed_audio`, `decode`, the decoder
and the tokenizer): what may be speech is packed into windows, several windows are decoded at once, and
each is encoded once for language, decoding and word times together. One temperature, no conditioning on
earlier text, full precision, a seed. Inferences are made one at a time: the package keeps state on
its model.

Word times come from cross-attention of heads that are known to follow the audio: for the official
weights (recognised by digest, under whatever name) as their authors chose them, for the exercise model as
it was trained. For any other checkpoint nobody has chosen heads; there, segments are trimmed to what
is loud in them, and their words spread over that and marked `interpolated`.

    settings     variants by name          checkpoint   one model, and what its digest says of it
    weights      where the files lie       decoding     batches, rests, timestamps
    attention    word times                segments     back to the recording's clock
    forcing      given texts               quantised    linear layers in 8 bits

Robust Speech Recognition via Large-Scale Weak Supervision, Radford et al., 2022.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from transcription import exercise
from transcription.engines.whisper import settings, weights

if TYPE_CHECKING:
    from transcription.engines.whisper.engine import Whisper

EXERCISE = "exercise"


def available(asked: str, *, models_dir: Path | None) -> None:
    """Raise `EngineUnavailable` if what was asked for could not be loaded for want of its file."""
    model, _ = settings.parted(asked)
    if model != EXERCISE:
        weights.located(model, models_dir=models_dir)


def load(asked: str, *, models_dir: Path | None) -> "Whisper":
    """Load a checkpoint by name or path, or the bundled one by the name `exercise`, with variants."""
    from transcription.engines.whisper import checkpoint
    from transcription.engines.whisper.engine import Whisper

    model, variants = settings.parted(asked)
    usual = settings.Settings()
    if model == EXERCISE:
        path = exercise.checkpoint()
        # It was trained on text with colons, which Whisper itself never writes.
        usual = settings.Settings(window_ms=exercise.WINDOW_MS, suppressed=())
    else:
        path = weights.located(model, models_dir=models_dir)
    chosen = settings.applied(usual, variants)
    name = "+".join((f"whisper:{Path(model).name}", *variants))
    official = weights.named(model, models_dir=models_dir)
    held = checkpoint.loaded(
        name, path, quantised=chosen.quantised, expected=official.digest if official else None
    )
    return Whisper(name, held, chosen)
