"""
`python -m bench.fitting`: make `transcription/alignment/calibration.json` anew.

Two things are fitted, on invented speech of three languages, so that anybody can make it again: how
good a place chance makes (`significance`), from the best scores of quotes in shuffled speech; and
how often a place that is told is right (`confidence`), from quotes that were spoken, misheard
and misquoted a known number of times, none included. The seeds are none of those that figures
are told of.
"""

import json
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import optimize

from bench.garbled import Case, cases, mixed
from bench.spoken import Spoken, spoken
from bench.tally import Tally, found
from transcription.alignment import calibration, locate, sweep
from transcription.alignment.confidence import features
from transcription.alignment.scoring import UNIT_NATS
from transcription.alignment.speech import hear
from transcription.text import tokens
from transcription.transcript import Segment, Transcript

TARGET = Path(calibration.__file__).with_suffix(".json")
NAME = "garbled speech 1"
LANGUAGES = ("en", "ru", "uk")
SEED = 1
EACH = 20
QUOTES = 32
QUOTE_WORDS, SPEECH_WORDS = (4, 70), (60, 32_000)
SHUFFLED = (1_000, 4_000, 16_000)
_STRENGTH = 0.02

Values = npt.NDArray[np.float64]


def main() -> None:
    """Fit, print and write."""
    said = {language: spoken(language, real=False) for language in LANGUAGES}
    best = [one for base in said.values() for one in _by_chance(base)]
    ln_k, rate = _gumbel(np.array([b for _, b in best]), np.array([n for n, _ in best]))
    fitted = {
        "name": NAME,
        "made_by": "python -m bench.fitting",
        "chance": {"ln_k": round(ln_k, 3), "lambda": round(rate, 4), "quotes": len(best)},
        "words": {"quote": QUOTE_WORDS, "transcript": SPEECH_WORDS},
        "confidence": {language: _rule(base) for language, base in said.items()},
    }
    text = json.dumps(fitted, indent=1, ensure_ascii=False)
    TARGET.write_text(f"{text}\n", encoding="utf-8")
    print(text)


def _rule(base: Spoken) -> dict[str, object]:
    seen = [one for case in mixed(base, seed=SEED, each=EACH) for one in _told(case, base)]
    looked_at = np.array([[1.0, *seen_in] for seen_in, _ in seen])
    right = np.array([is_right for _, is_right in seen], dtype=float)

    def loss(rule: Values) -> float:
        odds = looked_at @ rule
        return float(np.sum(np.logaddexp(0, odds) - right * odds) + _STRENGTH * rule @ rule)

    constant, above, share = optimize.minimize(loss, np.zeros(3)).x
    wrong = int(len(right) - right.sum())
    return {
        "constant": round(float(constant), 4),
        "above": round(float(above), 4),
        "share": round(float(share), 4),
        "text": f"{base.source}, {len(seen)} places told, {wrong} of them wrong",
    }


def _told(case: Case, base: Spoken) -> list[tuple[tuple[float, float], bool]]:
    """What the rule looks at in each place that is told, and whether it is right."""
    told = found(case, base.language)
    right = Tally().add(case.places, [place.words for place in told])
    return [
        (features(place.score, place.permille, speech=place.speech), number in right)
        for number, place in enumerate(told)
    ]


def _by_chance(base: Spoken) -> Iterator[tuple[int, float]]:
    """The best score (nats) of quotes in shuffled speech of several lengths."""
    chance = random.Random(SEED)
    for words in SHUFFLED:
        said = list(base.words[:words])
        chance.shuffle(said)
        speech = hear(Transcript(base.language, (Segment(" ".join(said)),)))
        for case in cases(base, seed=SEED + words, count=QUOTES, times=0, words=10):
            quote = tokens(case.quote, language=base.language, quoted=True)
            made = locate.prepare(quote, speech)
            scores, _ = sweep.ends(made.pattern, made.columns)
            yield len(speech.tokens), float(scores.max()) * UNIT_NATS / 1000


def _gumbel(best: Values, speech: Values) -> tuple[float, float]:
    """Ln K and lambda, by maximum likelihood."""

    def loss(rule: Sequence[float]) -> float:
        rate = math.exp(rule[1])
        expected = rule[0] + np.log(speech) - rate * best
        return float(-np.sum(math.log(rate) + expected - np.exp(expected)))

    fitted = optimize.minimize(loss, [-9.0, math.log(0.6)], method="Nelder-Mead").x
    return float(fitted[0]), math.exp(fitted[1])


if __name__ == "__main__":
    main()
