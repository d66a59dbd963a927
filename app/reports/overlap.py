"""
Whether two texts have more in common than reports of one war have by chance.

Compared are runs of words, numbers and names (`features`). Each is a binomial test: of the things that the
shorter text has, how many does the longer one share, where two reports of the same war that have nothing
to do with one another share so many per mille (`RATES`). These were measured on 21 real reports of the killing
of prisoners in English, Russian and Ukrainian, four of them whole and the others their first paragraphs: 138
pairs of different events. The three are combined after Fisher (1932). The answer is a rarity: among how
many unrelated pairs so much in common would be expected once. Whether that is enough depends on
how many pairs were looked at (`Overlap.is_expected_among`), so that no one number decides for all cases.

On the same reports, as one case, 9 of the 58 pairs of one event were told from chance (beginnings of articles hold
few names and numbers; of the whole ones all 3) and none of the 138 others. The rates come from these very
pairs, so that other reports may do worse.

What is said of it is about texts: that they share words or facts, and how it looks (copied, reworded,
translated). Who took it from whom only dates can tell, and that both took it from a third, nothing here.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from app.reports.features import RUN, Features

RATES = {"runs": 15, "numbers": 45, "names": 125}
"""How many of a shorter text's runs, numbers and names an unrelated report shares, per mille."""
ERROR_PER_MILLE = 10
"""How many proposals among a thousand looked-through cases may rest on chance alone."""
_REPRINT_PER_MILLE = 500
"""A reprint is a text of which at least so much stands in the other, word for word."""
_RAREST = 10**18


class Likeness(StrEnum):
    """How what two texts have in common looks."""

    REPRINT = "reprint"
    PARAPHRASE = "paraphrase"
    TRANSLATION = "translation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """How many things of one sort the texts share, of how many there are in the shorter one."""

    what: str
    shared: int
    of: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two texts have in common; `once_in` is among how many unrelated pairs that is expected."""

    once_in: int
    likeness: Likeness
    copied_per_mille: int
    shared: tuple[Shared, ...]

    def is_expected_among(self, pairs: int) -> bool:
        """Whether chance alone would be believed to do as much among so many pairs."""
        return self.once_in * ERROR_PER_MILLE < 1000 * max(1, pairs)


def overlap(one: Features, other: Features) -> Overlap:
    """What two texts have in common, whichever comes first."""
    same_language = one.language == other.language
    shared = [
        _shared("numbers", one.numbers, other.numbers),
        _shared("names", one.names, other.names),
    ]
    copied = 0
    if same_language:
        runs = _shared("runs", one.runs, other.runs)
        copied = 1000 * runs.shared // max(1, runs.of)
        # Runs overlap: a stretch of seven words has four of them, and is one thing in common.
        shared.insert(0, Shared(what="runs", shared=-(-runs.shared // RUN), of=-(-runs.of // RUN)))
    likeness = Likeness.PARAPHRASE if same_language else Likeness.TRANSLATION
    if copied >= _REPRINT_PER_MILLE:
        likeness = Likeness.REPRINT
    return Overlap(
        once_in=_once_in(shared), likeness=likeness, copied_per_mille=copied, shared=tuple(shared)
    )


def _shared(what: str, one: frozenset[str], other: frozenset[str]) -> Shared:
    common = one & other
    examples = () if what == "runs" else tuple(sorted(common))
    return Shared(what=what, shared=len(common), of=min(len(one), len(other)), examples=examples)


def _once_in(shared: list[Shared]) -> int:
    """Fisher's combination of the tests, as a rarity; `_RAREST` at most."""
    tests = [each for each in shared if each.of]
    surprise = -sum(math.log(_at_least(each, RATES[each.what] / 1000)) for each in tests)
    terms = (surprise**n / math.factorial(n) for n in range(len(tests)))
    log_chance = math.log(sum(terms)) - surprise if tests else 0.0
    return min(_RAREST, int(math.exp(min(-log_chance, 41.0))))


def _at_least(each: Shared, rate: float) -> float:
    """The chance that an unrelated text shares at least as many: the upper tail of the binomial."""
    chance = math.fsum(
        math.comb(each.of, n) * rate**n * (1 - rate) ** (each.of - n)
        for n in range(each.shared, each.of + 1)
    )
    return min(1.0, max(chance, 1e-300))
