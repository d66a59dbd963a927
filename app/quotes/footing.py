"""
What a comparison stands on: the words that were spoken, or somebody's translation of them.

A quote in another language than was spoken can only be compared with a translation. That
finds the place and the differences, but the translator's words were never spoken: such a
comparison is never called verbatim, says what it stands on, and is a proposal like any
other, which supports nothing until an independent reviewer confirms it.
"""

from enum import StrEnum

from app.core.canonical import Json
from transcription import alignment as aligner
from transcription import linking
from transcription.alignment import Verdict

_DIGITS = 16
"""Of a digest, in a version; the whole one stands among the features."""


class Footing(StrEnum):
    """Whose words a quote was compared with."""

    SPOKEN = "spoken_words"
    TRANSLATION = "translation"  # a person wrote or corrected it
    MACHINE_TRANSLATION = "machine_translation"

    @property
    def method(self) -> str:
        """The name of the comparison."""
        return aligner.METHOD if self is Footing.SPOKEN else f"{aligner.METHOD}-translated"

    def version(self, spoken_sha256: str | None) -> str:
        """
        The version of the comparison.

        Where a translation is linked to the words that were spoken, their digest is a part of it:
        once those are corrected, the comparison is another.
        """
        if spoken_sha256 is None:
            return aligner.VERSION
        beginning = spoken_sha256.removeprefix("sha256:")[:_DIGITS]
        return f"{aligner.VERSION}+links.{linking.VERSION}.{beginning}"

    @property
    def reason(self) -> str:
        """What a reader must know first; empty where the spoken words were compared."""
        match self:
            case Footing.SPOKEN:
                return ""
            case Footing.TRANSLATION:
                return (
                    "compared with a translation, not with the words that were spoken: where it "
                    "says heard below, the translation has it"
                )
            case Footing.MACHINE_TRANSLATION:
                return (
                    "compared with a machine translation, not with the words that were spoken: "
                    "where it says heard below, the translation has it, and only somebody who "
                    "understands the spoken words can confirm it"
                )


_AGREES = {Verdict.VERBATIM.value, Verdict.NORMALISED.value}


def weighed(found: dict[str, Json], on: Footing) -> dict[str, Json]:
    """An alignment's data (`transcription.alignment`), with what it stands on taken into account."""
    features, reasons, places = found["features"], found["reasons"], found["occurrences"]
    assert isinstance(features, dict)
    assert isinstance(reasons, list)
    assert isinstance(places, list)
    features = {**features, "rests_on": on.value}
    if on is Footing.SPOKEN:
        return {**found, "features": features}
    return {
        **found,
        "features": features,
        "verdict": _capped(found["verdict"]),
        "reasons": [on.reason, *reasons],
        "occurrences": [
            {**place, "verdict": _capped(place["verdict"])}
            for place in places
            if isinstance(place, dict)
        ],
    }


def _capped(verdict: Json) -> Json:
    """Same words as a translator's are at best another wording of what was spoken."""
    return Verdict.VARIANT_WORDING.value if verdict in _AGREES else verdict
