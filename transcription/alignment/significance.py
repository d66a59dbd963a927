"""
How good a place must be before chance is out of the question.

The score of a place is a log-likelihood ratio, if a rough one (`scoring`), and the best score that
a quote reaches by chance in a transcript follows an extreme value distribution (Karlin and
Altschul): the number of places at least as good that are expected by chance is
E = K · n · exp(-lambda · score). K and lambda are fitted on shuffled speech
(`bench.fitting`).
"""

import math

from transcription.alignment.calibration import calibration
from transcription.alignment.scoring import UNIT_NATS

MOST_BY_CHANCE = 0.006
"""So many places are expected by chance in all of a transcript before one is told."""
_PART, _LONG_PART = 180, 10_000
"""A part of a quote is told from so many thousandths of it on, or from about ten words."""
_COMPLETE = 900
_SHORTEST = 3_000
"""Shuffling a few words teaches little of how speech repeats itself: no transcript counts for less."""


def beyond_chance(speech: int) -> int:
    """The score that no more than `MOST_BY_CHANCE` places reach by chance in so many tokens."""
    fitted = calibration()["chance"]
    ln_k, rate = float(fitted["ln_k"]), float(fitted["lambda"])
    nats = (ln_k + math.log(max(_SHORTEST, speech)) - math.log(MOST_BY_CHANCE)) / rate
    return round(1000 * nats / UNIT_NATS)


def least(possible: int, *, speech: int) -> int:
    """
    The least score at which a place of a quote is told, in a transcript of so many tokens.

    A short quote may not reach what chance demands however exactly it is spoken: then nearly all
    of it must be. Of a long one a few words may be said anywhere, as words are: a greeting is
    no part of a speech.
    """
    enough = max(beyond_chance(speech), min(possible * _PART // 1000, _LONG_PART))
    return min(enough, possible * _COMPLETE // 1000)
