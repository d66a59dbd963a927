"""The model of sentences that the operator chose, loaded once; or why it is not here."""

from functools import lru_cache
from pathlib import Path

from app.core.settings import Settings
from app.quotes.nearness import Scorer
from transcription.errors import EngineUnavailable


def scorer(settings: Settings) -> Scorer:
    """What is to be asked beside each comparison; `None` where nothing was chosen."""
    return _loaded(settings.sentence_model) if settings.sentence_model else None


@lru_cache(maxsize=1)
def _loaded(folder: Path) -> Scorer:
    from transcription.sentences.local import load

    try:
        return load(folder)
    except EngineUnavailable as error:
        return error
