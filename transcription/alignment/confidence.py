"""
How surely a place is one where the quote was spoken, calibrated on quotes known to be spoken there.

The score alone says how unlikely chance is, not how often such a place is right: speech says
things twice, and half a quote may be another sentence's half. So places that were found in a
corpus with known answers (`bench.fitting`) taught a logistic rule over two things: how far the
score lies above chance in a transcript of that length, and what share of the quote was found. The
rule holds for what it was taught on; of anything else no number is given.

It is about the place. Whether the quote is true to what was said there is the verdict's matter.
"""

import math
from dataclasses import dataclass

from transcription.alignment.calibration import calibration
from transcription.alignment.scoring import UNIT_NATS

NOT_CALIBRATED = "not calibrated"
_SURE = 995
"""No more is claimed than a corpus of some thousand places can show."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """Per mille, and on what that was calibrated; None, and why there is no number."""

    permille: int | None
    basis: str


def features(score: int, permille: int, *, speech: int) -> tuple[float, float]:
    """What the rule looks at: nats above the length of the speech, and the share found."""
    return score * UNIT_NATS / 1000 - math.log(max(1, speech)), permille / 1000


def confidence_in(
    score: int, permille: int, *, language: str, quote: int, speech: int
) -> Confidence:
    """
    The confidence in a place with this score and share, of a quote and in speech of so many
    tokens.
    """
    known = calibration()
    rule = known["confidence"].get(language)
    if rule is None:
        return Confidence(None, f"{NOT_CALIBRATED}: for this language")
    for what, size in (("quote", quote), ("transcript", speech)):
        least, most = known["words"][what]
        if not least <= size <= most:
            bound = f"fewer than {least}" if size < least else f"more than {most}"
            return Confidence(None, f"{NOT_CALIBRATED}: for a {what} of {bound} words")
    above, share = features(score, permille, speech=speech)
    odds = rule["constant"] + rule["above"] * above + rule["share"] * share
    found = round(1000 / (1 + math.exp(-odds)))
    return Confidence(min(found, _SURE), f"{known['name']}: {rule['text']}")
