"""
A model of sentences from a folder, run by the library sentence-transformers on the processor.

    pip install earwitness[embeddings]
    load(Path("/models/labse"))     a folder that sentence-transformers wrote

Nothing is downloaded and no code of a model's folder is run.
"""

import importlib.util
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

from transcription.engines.folder import digest_of_folder
from transcription.errors import EngineUnavailable
from transcription.sentences import SentenceScorer

KIND = "sentence-transformers"
_INSTALL = "Install it: pip install earwitness[embeddings]."


class SentenceTransformer:
    """A folder of a model, run by sentence-transformers on the processor."""

    def __init__(self, folder: Path) -> None:
        # Read when the library is imported: it must never look for anything on a network.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import sentence_transformers

        self.name = f"{KIND}:{folder.name} ({version(KIND)})"
        self.model_digest = digest_of_folder(folder)
        try:
            self._model: Any = sentence_transformers.SentenceTransformer(
                str(folder), device="cpu", local_files_only=True, trust_remote_code=False
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise EngineUnavailable(
                f"{KIND}:{folder.name}",
                reason=f"its model cannot be read ({type(error).__name__})",
                remedy="Name a folder that sentence-transformers wrote.",
            ) from error

    def alike(self, one: str, other: str) -> int:
        """How near two sentences are, per mille of the cosine: -1000 to 1000."""
        first, second = self._model.encode(
            [one, other], normalize_embeddings=True, show_progress_bar=False
        )
        return max(-1000, min(1000, round(1000 * float(first @ second))))


def load(folder: Path) -> SentenceScorer:
    """Load the model in a folder; `EngineUnavailable` says what is missing."""
    name = f"{KIND}:{folder.name}"
    if importlib.util.find_spec("sentence_transformers") is None:
        raise EngineUnavailable(name, reason="the library is not installed", remedy=_INSTALL)
    if not (folder / "modules.json").is_file():
        raise EngineUnavailable(
            name,
            reason=f"there is no modules.json in {folder}",
            remedy="Name the folder of a model that sentence-transformers wrote.",
        )
    return SentenceTransformer(folder)
