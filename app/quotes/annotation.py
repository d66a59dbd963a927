"""
Alignments as W3C Web Annotations: the published words are the target, the places in the
audio are the bodies.

A place with known times is a SpecificResource of the media with a FragmentSelector that
conforms to Media Fragments (`t=12.5,17`); one without times points at words of the
transcript instead, and never at a guessed moment. What the vocabulary of the
recommendation has no word for (verdict, state, words) stands under the prefix `earwitness:`.
"""

from dataclasses import dataclass

from app.core import clock
from app.core.canonical import Json
from app.quotes.models import Alignment, Quote
from app.quotes.review import State
from transcription.span import Span

CONTEXT: list[Json] = ["http://www.w3.org/ns/anno.jsonld", {"earwitness": "urn:earwitness:"}]
MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
_FRAGMENTS = "http://www.w3.org/TR/media-frags/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the parts of an annotation are found; `media` is `None` when no bytes are named."""

    alignment: str
    snapshot: str
    transcript: str
    media: str | None
    spoken: str | None = None
    """The transcript of the words behind a translation, where it was linked to one."""


def annotation(
    alignment: Alignment, quote: Quote, *, state: State, supports: bool, at: Addresses
) -> dict[str, Json]:
    """One alignment as an Annotation, without its `@context`, which the page around it has."""
    return {
        "id": at.alignment,
        "type": "Annotation",
        "motivation": "linking",
        "created": clock.spell(alignment.aligned_at),
        "generator": {"type": "Software", "name": f"{alignment.method}/{alignment.version}"},
        "target": {
            "type": "SpecificResource",
            "source": at.snapshot,
            "selector": quote.anchor.selectors(),
        },
        "body": [_place(occurrence, at) for occurrence in alignment.occurrences],
        "earwitness:verdict": str(alignment.verdict),
        "earwitness:state": str(state),
        "earwitness:supports": supports,
        "earwitness:restsOn": str(alignment.rests_on),
        "earwitness:spokenTranscript": at.spoken,
        "earwitness:reasons": list(alignment.reasons),
    }


def page(address: str, annotations: list[Json]) -> dict[str, Json]:
    """An AnnotationPage with everything that was found for one quote."""
    return {"@context": CONTEXT, "id": address, "type": "AnnotationPage", "items": annotations}


def fragment(occurrence: dict[str, Json]) -> str | None:
    """The Media Fragment of an occurrence, or `None` where its times are not known."""
    start_ms, end_ms = occurrence["start_ms"], occurrence["end_ms"]
    if not isinstance(start_ms, int) or not isinstance(end_ms, int):
        return None
    return Span(start_ms, end_ms).fragment()


def _place(occurrence: dict[str, Json], at: Addresses) -> dict[str, Json]:
    timed = fragment(occurrence)
    words: dict[str, Json] = {
        "earwitness:transcript": at.transcript,
        "earwitness:firstWord": occurrence["first_word"],
        "earwitness:lastWord": occurrence["last_word"],
        "earwitness:verdict": occurrence["verdict"],
    }
    if timed is None or at.media is None:
        return {"type": "SpecificResource", "source": at.transcript, **words}
    return {
        "type": "SpecificResource",
        "source": at.media,
        "selector": {"type": "FragmentSelector", "conformsTo": _FRAGMENTS, "value": timed},
        **words,
    }
