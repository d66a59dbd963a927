"""
The different words of a transcript, ready to be compared with those of any quote.

A transcript has far fewer different words than words, and asks for many quotes: what depends on
its words alone is done once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from transcription.alignment import names
from transcription.alignment.lexicon import Lexicon
from transcription.alignment.likeness import Unit
from transcription.numerals import ordinal, split
from transcription.text import Kind

SHORTEST_GARBLED = 4
"""Words of fewer letters are too often spelled alike by chance."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`units[columns[t]]` is what of token `t` is compared; `counts` is how often each occurs."""

    units: tuple[Unit, ...]
    columns: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    lexicon: Lexicon | None
    spelled: npt.NDArray[np.int64]
    """Columns of words long enough that one spelled nearly so may be the same, garbled."""
    keys: tuple[str, ...]
    """Those words, in step."""
    numbers: npt.NDArray[np.bool_]
    unheard: npt.NDArray[np.bool_]
    named: dict[tuple[str, str], tuple[int, ...]]
    """Columns by key, by stem and by set."""
    _order: npt.NDArray[np.int64]
    """The tokens, sorted by column."""
    _ends: npt.NDArray[np.int64]
    """Where those of each column end among them."""

    def near(self, unit: Unit) -> set[int]:
        """Columns that could be more than merely spelled alike."""
        known = list(_names(unit, self.lexicon))
        if self.lexicon and unit.concept:
            for pair in self.lexicon.opposites:
                if unit.concept in pair:
                    known += [("set", other) for other in pair - {unit.concept}]
        return {column for name in known for column in self.named.get(name, ())}

    def tokens(self, chosen: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        """The tokens that have one of the chosen columns, in order."""
        columns = np.flatnonzero(chosen)
        parts = [
            self._order[end - count : end]
            for end, count in zip(self._ends[columns], self.counts[columns], strict=True)
        ]
        return np.sort(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)


def collect(spoken: Sequence[Unit], lexicon: Lexicon | None) -> Vocabulary:
    """The vocabulary of a run of spoken units, in the order in which they first occur."""
    at: dict[Unit, int] = {}
    columns = np.array([at.setdefault(unit, len(at)) for unit in spoken], dtype=np.int64)
    units = tuple(at)
    named: dict[tuple[str, str], list[int]] = {}
    for column, unit in enumerate(units):
        if unit.kind is not Kind.WILD:
            for name in _names(unit, lexicon):
                named.setdefault(name, []).append(column)
    long = [
        column
        for column, unit in enumerate(units)
        if len(unit.key) >= SHORTEST_GARBLED and unit.kind not in {Kind.NUMBER, Kind.WILD}
    ]
    counts = np.bincount(columns, minlength=len(units)).astype(np.int64)
    return Vocabulary(
        units=units,
        columns=columns,
        counts=counts,
        lexicon=lexicon,
        spelled=np.array(long, dtype=np.int64),
        keys=tuple(units[column].key for column in long),
        numbers=np.array([u.kind is Kind.NUMBER for u in units], dtype=bool),
        unheard=np.array([u.kind is Kind.WILD for u in units], dtype=bool),
        named={name: tuple(found) for name, found in named.items()},
        _order=np.argsort(columns, kind="stable"),
        _ends=np.cumsum(counts),
    )


@lru_cache(maxsize=65_536)
def _names(unit: Unit, lexicon: Lexicon | None) -> tuple[tuple[str, str], ...]:
    """By what a unit could be more than spelled like another."""
    found = [("key", unit.key), *names.marks(unit.key)]
    if unit.concept:
        found.append(("set", unit.concept))
    if lexicon is None:
        return tuple(found)
    if unit.kind is not Kind.NUMBER:
        found += [("stem", stem) for stem in lexicon.stems(unit.key)]
    number = unit.key if unit.kind is Kind.NUMBER else ordinal(unit.key, language=lexicon.language)
    return (*found, ("number", str(split(number)[0]))) if number else tuple(found)
