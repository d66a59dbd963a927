"""
Which words of two languages go together, learned from transcripts and their translations.

The first model of Brown, Della Pietra, Della Pietra and Mercer (1993, "The Mathematics of
Statistical Machine Translation"), estimated in both directions by expectation maximisation;
of the two estimates the smaller one counts, so that only words that choose one another
remain. Nothing is given to it but stretches of what is compared anyway; a pair seen in
fewer than `LEAST_SEEN` stretches is chance and is dropped. The result is a table of whole per
mille, the same on every machine for the same stretches in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from transcription.alignment import lexicon
from transcription.alignment.lexicon.english import english_stems

ROUNDS = 6
LEAST_SEEN = 2
LEAST_PERMILLE = 300
MAX_CELLS = 2_000_000
"""Quoted times spoken words of all stretches together; later stretches are left out past it."""
_SHORTEST_STEM = 3

Stretch = tuple[Sequence[str], Sequence[str]]
"""Stems of what was spoken, stems of its translation."""
_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimates:
    """How surely a stem is translated by another, per mille; from how many stretches."""

    table: dict[tuple[str, str], int] = field(default_factory=dict)
    stretches: int = 0

    def of(self, source: str, target: str) -> int:
        """The estimate for a pair of stems; 0 where there is none."""
        return self.table.get((source, target), 0)


def stem(key: str, language: str) -> str:
    """What of a folded word is counted: without a listed ending, so that its forms count together."""
    if language == "en":
        return min(english_stems(key), key=lambda form: (len(form), form))
    if language not in lexicon.LANGUAGES:
        return key
    endings = lexicon.load(language).endings
    for cut in range(_SHORTEST_STEM, len(key)):
        if key[cut:] in endings:
            return key[:cut]
    return key


def learn(stretches: Sequence[Stretch]) -> Estimates:
    """Estimate from stretches of stems; nothing is learned from fewer than two."""
    kept, cells = [], 0
    for one, other in stretches:
        cells += len(one) * len(other)
        if cells > MAX_CELLS:
            break
        if one and other:
            kept.append((one, other))
    if len(kept) < LEAST_SEEN:
        return Estimates(stretches=len(kept))
    sources = {s: i for i, s in enumerate(sorted({s for one, _ in kept for s in one}))}
    targets = {t: i for i, t in enumerate(sorted({t for _, other in kept for t in other}))}
    at, source, target = _cells(kept, sources, targets)
    width = len(targets)
    pairs, pair = np.unique(source * width + target, return_inverse=True)
    forward = _estimate(at, target, pair, pairs // width, width)
    backward = _estimate(at, source, pair, pairs % width, len(sources))
    seen = np.bincount(np.unique(at * len(pairs) + pair) % len(pairs), minlength=len(pairs))
    both = np.minimum(forward, backward)
    names, others = list(sources), list(targets)
    return Estimates(
        table={
            (names[code // width], others[code % width]): permille
            for code, share, often in zip(
                pairs.tolist(), both.tolist(), seen.tolist(), strict=True
            )
            if often >= LEAST_SEEN and (permille := round(1000 * share)) >= LEAST_PERMILLE
        },
        stretches=len(kept),
    )


def _cells(
    kept: Sequence[Stretch], sources: dict[str, int], targets: dict[str, int]
) -> tuple[_Ints, _Ints, _Ints]:
    """Every pairing of a spoken and a translated word of one stretch: stretch, source, target."""
    at = [np.full(len(one) * len(other), number) for number, (one, other) in enumerate(kept)]
    source = [np.repeat([sources[s] for s in one], len(other)) for one, other in kept]
    target = [np.tile([targets[t] for t in other], len(one)) for one, other in kept]
    return np.concatenate(at), np.concatenate(source), np.concatenate(target)


def _estimate(at: _Ints, chosen: _Ints, pair: _Ints, giver: _Ints, width: int) -> _Floats:
    """
    How surely each pair's giver is translated by what it is paired with.

    `chosen` is the word that has to be explained in each cell, `giver` the explaining word of
    each different pair. One round shares each occurrence of a chosen word among the words
    of its stretch, and counts.
    """
    place = at * width + chosen
    _, place = np.unique(place, return_inverse=True)
    share = np.ones(len(giver))
    for _ in range(ROUNDS):
        weight = share[pair]
        total = np.bincount(place, weights=weight)
        counted = np.bincount(pair, weights=weight / total[place], minlength=len(giver))
        share = counted / np.bincount(giver, weights=counted)[giver]
    return share
