"""
Everything that stands on a report's passages as W3C Web Annotations.

A report is an AnnotationCollection, cut into AnnotationPages of at most `PAGE` items (Web
Annotation Data Model, 5): the collection carries its first page whole, so that most reports need one
request. The target of each annotation is the passage in its frozen text, by quote and by
position; its body is one line for people. What the vocabulary has no word for stands under
`earwitness:`, and so does how many of the anchors were looked up again and stand.
"""

from collections.abc import Sequence

from app.core import clock
from app.core.canonical import Json
from app.core.errors import NotFound
from app.quotes.annotation import CONTEXT
from app.reports.anchoring import AnchoredKind, Anchoring, Rechecked

PAGE = 500
"""Annotations in one page."""

_MOTIVATIONS = {
    AnchoredKind.QUOTE: "highlighting",
    AnchoredKind.CITATION: "linking",
    AnchoredKind.MENTION: "identifying",
    AnchoredKind.LINK: "linking",
    AnchoredKind.CLAIM: "describing",
    AnchoredKind.ASSESSMENT: "assessing",
    AnchoredKind.RESTATEMENT: "assessing",
    AnchoredKind.MATERIAL: "identifying",
}


def collection(
    address: str, anchorings: Sequence[Anchoring], rechecked: Rechecked
) -> dict[str, Json]:
    """The whole as an AnnotationCollection, its first page inside it."""
    last = _pages(anchorings) - 1
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "AnnotationCollection",
        "total": len(anchorings),
        "first": _page(address, anchorings, 0),
        "last": _address(address, last),
        "earwitness:rechecked": {
            "anchors": rechecked.anchors,
            "standing": rechecked.standing,
            "perMille": rechecked.per_mille,
            "fallen": list(rechecked.fallen),
        },
    }


def page(address: str, anchorings: Sequence[Anchoring], number: int) -> dict[str, Json]:
    """One page by itself, counted from 0; `NotFound` past the last."""
    if not 0 <= number < _pages(anchorings):
        raise NotFound("no such page of annotations")
    return {"@context": CONTEXT, **_page(address, anchorings, number), "partOf": address}


def annotation(item: Anchoring) -> dict[str, Json]:
    """One anchoring as an Annotation, without its `@context`."""
    return {
        "id": f"urn:uuid:{item.id}",
        "type": "Annotation",
        "motivation": _MOTIVATIONS[item.kind],
        "created": clock.spell(item.made_at),
        "target": {
            "type": "SpecificResource",
            "source": f"/api/v1/snapshots/{item.snapshot_id}",
            "selector": item.anchor.selectors(),
        },
        "body": {"type": "TextualBody", "value": item.said, "format": "text/plain"},
        "earwitness:kind": str(item.kind),
        "earwitness:address": item.address,
        "earwitness:about": item.about,
    }


def _page(address: str, anchorings: Sequence[Anchoring], number: int) -> dict[str, Json]:
    start = number * PAGE
    shaped: dict[str, Json] = {
        "id": _address(address, number),
        "type": "AnnotationPage",
        "startIndex": start,
        "items": [annotation(item) for item in anchorings[start : start + PAGE]],
    }
    if number:
        shaped["prev"] = _address(address, number - 1)
    if number + 1 < _pages(anchorings):
        shaped["next"] = _address(address, number + 1)
    return shaped


def _pages(anchorings: Sequence[Anchoring]) -> int:
    return max(1, -(-len(anchorings) // PAGE))


def _address(address: str, number: int) -> str:
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}page={number}"
