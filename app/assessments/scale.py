"""
Scales on which assessors state a conclusion, kept as (scale, version, value).

A value is kept with the scale and the edition it was stated on and is never converted
into another scale, for the editions differ and the scales measure different things. The
list is closed so that a slip is refused; an assessor's own scale goes under `own`, with
its version and value in their words.
"""

from dataclasses import dataclass

from app.core.errors import Invalid
from app.core.plaintext import line

OWN = "own"

KNOWN: dict[tuple[str, str], tuple[str, ...]] = {
    # Strength of findings under two stated propositions (ENFSI guideline, edition of 2015).
    ("enfsi_evaluative", "2015"): (
        "no_support",
        "weak_support",
        "moderate_support",
        "moderately_strong_support",
        "strong_support",
        "very_strong_support",
        "extremely_strong_support",
    ),
    # Reliability of a source and credibility of what it says, judged apart (NATO AJP-2.1).
    ("admiralty_source", "AJP-2.1"): ("A", "B", "C", "D", "E", "F"),
    ("admiralty_information", "AJP-2.1"): ("1", "2", "3", "4", "5", "6"),
    # How sure an inquiry is of a fact; about incidents, not about files.
    ("standard_of_proof", "1"): (
        "reasonable_suspicion",
        "reasonable_grounds_to_believe",
        "balance_of_probabilities",
        "clear_and_convincing",
        "beyond_reasonable_doubt",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalePoint:
    """A conclusion as stated: which scale, which edition of it, which point on it."""

    scale: str
    version: str
    value: str


def stated(point: ScalePoint) -> ScalePoint:
    """The point itself if its scale and edition have it; `Invalid` naming the part at fault."""
    if point.scale == OWN:
        return ScalePoint(
            scale=OWN,
            version=line(point.version, field="scale.version"),
            value=line(point.value, field="scale.value"),
        )
    versions = sorted(version for scale, version in KNOWN if scale == point.scale)
    if not versions:
        names = sorted({scale for scale, _ in KNOWN} | {OWN})
        raise Invalid(f"no such scale; known: {', '.join(names)}", field="scale.scale")
    values = KNOWN.get((point.scale, point.version))
    if values is None:
        raise Invalid(f"no such edition; known: {', '.join(versions)}", field="scale.version")
    if point.value not in values:
        raise Invalid(f"not on this scale; it has: {', '.join(values)}", field="scale.value")
    return point
