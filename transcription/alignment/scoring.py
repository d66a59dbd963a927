"""
What each quoted word scores against each different spoken one, in whole numbers.

A thousand is what hearing an ordinary word of content tells: `UNIT_NATS` natural logarithms of how
unlikely it is to stand at a given place by chance. How unlikely that is follows from how often
the word is spoken in this transcript, together with what is expected of small words and of common
ones, which counts as much as `PRIOR` words of speech. So an hour in which "Houston" is said in
every sentence is not found by "Houston", and in a transcript of ten words "the" is still no
evidence. A word that differs costs something, and one garbled in spelling is worth a part.

Opposites and different numbers score a little above nothing on purpose: they should be laid
side by side and reported, not be stepped around. So should a word that the quote has elsewhere.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from transcription.alignment.lexicon import Lexicon
from transcription.alignment.likeness import Likeness, Unit, likeness
from transcription.alignment.vocabulary import SHORTEST_GARBLED, Vocabulary
from transcription.text import Kind

Scores = npt.NDArray[np.int32]

SAME, INFLECTED, VARIANT, OPPOSITE, NUMBERS, UNHEARD, DIFFERENT = 1000, 850, 700, 100, 0, 0, -400
MOVED = -100
GARBLED_FROM = 60
"""In a hundred: words less alike than this in spelling are different ones."""
_GARBLED_STEP = 20
UNIT_NATS = 6.0
PRIOR = 500
_EXPECTED_LIGHT, _EXPECTED_COMMON, _EXPECTED = 0.04, 0.01, 0.0015
_LEAST_WEIGHT, _MOST_WEIGHT = 250, 1_400
_OPTIONAL_WEIGHT = 500
_SCORES = {
    Likeness.SAME: SAME,
    Likeness.INFLECTED: INFLECTED,
    Likeness.VARIANT: VARIANT,
    Likeness.OPPOSITE: OPPOSITE,
}


def table(quoted: Sequence[Unit], spoken: Vocabulary) -> Scores:
    """
    Scores of quoted units (rows) against a vocabulary (columns), unweighted; one more column
    stands for no word at all.
    """
    scores = np.full((len(quoted), len(spoken.units) + 1), DIFFERENT, dtype=np.int32)
    _spelled(scores, quoted, spoken)
    for row, unit in enumerate(quoted):
        if unit.kind is Kind.NUMBER:
            scores[row, :-1][spoken.numbers] = NUMBERS
        scores[row, :-1][spoken.unheard] = UNHEARD
        for column in spoken.near(unit):
            known = likeness(unit, spoken.units[column], spoken.lexicon)
            if known is not Likeness.DIFFERENT:
                scores[row, column] = _SCORES[known]
    return scores


def _spelled(scores: Scores, quoted: Sequence[Unit], spoken: Vocabulary) -> None:
    """Fill in what words spelled nearly alike score: an engine may have garbled one of them."""
    rows = [
        row
        for row, unit in enumerate(quoted)
        if len(unit.key) >= SHORTEST_GARBLED and unit.kind is not Kind.NUMBER
    ]
    if not rows or not len(spoken.spelled):
        return
    ratios = process.cdist(
        [quoted[row].key for row in rows],
        spoken.keys,
        scorer=fuzz.ratio,
        score_cutoff=GARBLED_FROM,
        dtype=np.uint8,
    )
    like, columns = np.nonzero(ratios)
    scores[np.array(rows)[like], spoken.spelled[columns]] = _GARBLED_STEP * (
        ratios[like, columns].astype(np.int32) - GARBLED_FROM
    )


def weights(quoted: Sequence[Unit], scores: Scores, spoken: Vocabulary) -> tuple[int, ...]:
    """How much each unit tells, in thousandths of an ordinary word of content."""
    total = int(spoken.counts.sum())
    rows, columns = np.nonzero(scores[:, :-1] >= VARIANT)
    heard = np.zeros(len(quoted), dtype=np.int64)
    np.add.at(heard, rows, spoken.counts[columns])
    found = []
    for unit, times in zip(quoted, heard.tolist(), strict=True):
        chance = (times + PRIOR * _expected(unit, spoken.lexicon)) / (total + PRIOR)
        told = round(-1000 * math.log(chance) / UNIT_NATS)
        weight = max(_LEAST_WEIGHT, min(_MOST_WEIGHT, told))
        found.append(
            weight if unit.kind is not Kind.OPTIONAL else weight * _OPTIONAL_WEIGHT // 1000
        )
    return tuple(found)


def weighted(
    quoted: Sequence[Unit], scores: Scores, told: Sequence[int], lexicon: Lexicon | None
) -> Scores:
    """The scores as they count: by weight, and nothing lost where words have changed places."""
    weight = np.array(told, dtype=np.int32)
    loss = np.minimum(weight, 1000)
    rows, columns = np.nonzero(scores != DIFFERENT)  # a few of very many
    known = scores[rows, columns]
    found = np.repeat((DIFFERENT * loss // 1000)[:, None], scores.shape[1], axis=1)
    content = np.array([is_content(unit, lexicon) for unit in quoted], dtype=bool)
    moved = np.unique(columns[content[rows] & (known >= VARIANT)])
    found[np.ix_(content, moved)] = MOVED
    found[rows, columns] = known * np.where(known > 0, weight[rows], loss[rows]) // 1000
    return found


def is_content(unit: Unit, lexicon: Lexicon | None) -> bool:
    """Whether a unit is a word of content: listed in a set, or one that not any sentence has."""
    if unit.kind not in {Kind.WORD, Kind.NUMBER}:
        return False
    if lexicon is None or unit.concept:
        return True
    return unit.key not in lexicon.grammar


def _expected(unit: Unit, lexicon: Lexicon | None) -> float:
    if is_content(unit, lexicon) or lexicon is None:
        return _EXPECTED
    return _EXPECTED_LIGHT if unit.key in lexicon.light else _EXPECTED_COMMON
