"""
How near a quote is to what was spoken, as a model of sentences says: a figure, never a verdict.

It stands among an alignment's features with the name and digest of the model, where a worker
compared and an operator chose such a model. What could not be asked is said there, too.
"""

from app.core.canonical import Json
from transcription.errors import EngineUnavailable
from transcription.sentences import SentenceScorer

Scorer = SentenceScorer | EngineUnavailable | None
"""A model, why the one that was chosen is not here, or none chosen."""


def features(found: dict[str, Json], *, quote: str, scorer: Scorer) -> dict[str, Json]:
    """What a model of sentences says of the place that the verdict is about; nothing without one."""
    if scorer is None:
        return {}
    if isinstance(scorer, EngineUnavailable):
        return {"sentence_not_scored": str(scorer)}
    spoken = _spoken(found)
    if spoken is None:
        return {}
    return {
        "sentence_scorer": scorer.name,
        "sentence_model_sha256": scorer.model_digest,
        "sentence_permille": scorer.alike(quote, spoken),
        "sentence_against": spoken,
    }


def _spoken(found: dict[str, Json]) -> str | None:
    """The words spoken at the best place, else those compared with; `None` where none was found."""
    places = found["occurrences"]
    assert isinstance(places, list)
    alike = [
        place
        for place in places
        if isinstance(place, dict) and place["verdict"] == found["verdict"]
    ]
    if not alike:
        return None
    best = max(alike, key=lambda place: int(str(place["score_permille"])))
    layers = best.get("layers")
    if isinstance(layers, dict) and layers["source"]:
        words = _texts(layers["source"], "text")
    else:
        words = _texts(best["operations"], "spoken")
    return " ".join(words) or None


def _texts(items: Json, name: str) -> list[str]:
    assert isinstance(items, list)
    return [str(item[name]) for item in items if isinstance(item, dict) and item[name]]
