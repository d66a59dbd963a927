"""
Whether a confidence of 900 per mille is right nine times in ten: on seeds that taught nothing.

Quotes of many lengths are looked for in transcripts of many, a third of them never spoken there
(`garbled.mixed`). The places told are put into bins by their confidence; the expected calibration
error is how far the share of right ones lies from it, over all places.
"""

import itertools
from collections.abc import Iterable
from pathlib import Path

from bench.figure import Bound, Figure
from bench.garbled import mixed
from bench.spoken import Spoken, spoken
from bench.tally import Tally, found
from transcription.alignment.confidence import confidence_in

EACH = 24
_BINS = (0, 500, 700, 800, 900, 950, 980, 1001)


def figures(*, text: Path | None, seed: int) -> list[Figure]:
    """The calibration error in each language that is calibrated, with the table of reliability."""
    bases = [
        spoken("en", folder=text),
        spoken("ru", real=False),
        spoken("uk", real=False),
    ]
    return [_figure(base, list(_sure(base, seed=seed))) for base in bases]


def _sure(base: Spoken, *, seed: int) -> Iterable[tuple[int, bool]]:
    """The confidence of each place that is told and has one, and whether it is right."""
    for case in mixed(base, seed=seed, each=EACH):
        told = found(case, base.language)
        right = Tally().add(case.places, [place.words for place in told])
        for number, place in enumerate(told):
            given = confidence_in(
                place.score,
                place.permille,
                language=base.language,
                quote=place.quote,
                speech=place.speech,
            )
            if given.permille is not None:
                yield given.permille, number in right


def _figure(base: Spoken, sure: list[tuple[int, bool]]) -> Figure:
    error, table = 0.0, {}
    for low, high in itertools.pairwise(_BINS):
        inside = [(given, right) for given, right in sure if low <= given < high]
        if not inside:
            continue
        given = sum(given for given, _ in inside) / len(inside)
        right = 1000 * sum(right for _, right in inside) / len(inside)
        error += abs(given - right) * len(inside) / len(sure) / 1000
        table[f"{low} to {high - 1}"] = (
            f"{round(given)} given, {round(right)} right of {len(inside)}"
        )
    return Figure(
        name=f"confidence in a place, {base.language}: calibration error",
        value=error,
        unit="",
        bound=Bound.AT_MOST,
        bar=0.05,
        facts={"text": base.source, "places": len(sure), **table},
    )
