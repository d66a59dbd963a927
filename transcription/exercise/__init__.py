"""
The exercise checkpoint: a small Whisper of our own for demonstrations and tests; see README.

It lies here as openai-whisper's own `load_model` reads it, and its digest is checked each time it
is about to be used. `transcription.training` made it.
"""

import hashlib
from pathlib import Path

from transcription.errors import EngineUnavailable

CHECKPOINT = Path(__file__).with_name("exercise.pt")
DIGEST = "sha256:63165f3ad4cb132fe20faf73aa64c0f64542e2e49a65cbb850b68785226537a4"
LANGUAGES = frozenset({"ru", "uk", "en"})
ALIGNMENT_HEADS = ((1, 0), (1, 1))  # (decoder layer, head): trained to look where a word is said
SMOOTHED_FRAMES = 3  # those heads are sharp: seven frames would swallow words of 60 ms
WINDOW_MS = 10_000  # it hears a few phrases at a time best
LOGPROB_FLOOR_PERMILLE = -400  # a token; below it is not from its vocabulary; see README
NOTICE = "Exercise model: it knows a few hundred words of made-up radio traffic. Not for casework."


def checkpoint() -> Path:
    """Path of the checkpoint; `EngineUnavailable` if the file of this installation is not it."""
    if not CHECKPOINT.is_file() or digest_of(CHECKPOINT) != DIGEST:
        raise EngineUnavailable(
            "whisper:exercise",
            reason="its checkpoint in this installation is damaged",
            remedy="Install Earwitness again.",
        )
    return CHECKPOINT


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, as a digest value."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
