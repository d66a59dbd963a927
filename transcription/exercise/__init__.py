"""
The exercise checkpoint: a small Whisper of our own for demonstrations and tests; see README.

It lies here as openai-whisper's own `load_model` reads it, and its digest is checked each time it
is about to be used. `transcription.training` made it.
"""

import hashlib
from pathlib import Path

from transcription.errors import EngineUnavailable

CHECKPOINT = Path(__file__).with_name("exercise.pt")
DIGEST = "sha256:b23fbcab9004f78776ec1f7f6969a2392d5337aa3c48c9d48795b78d24a3ba4c"
LANGUAGES = frozenset({"ru", "uk", "en"})
ALIGNMENT_HEADS = ((1, 0), (1, 1))  # (decoder layer, head): trained to look where a word is said
WINDOW_MS = 10_000  # it hears a few phrases at a time best
LOGPROB_FLOOR_PERMILLE = -550  # a token; below it is not from its vocabulary; see README
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
